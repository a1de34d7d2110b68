#pragma once
// Products over `bf16` operands: how features are cut into groups, numbers joined into pairs, and the innermost loop of
// every sum over pairs. Private to this target.

#if defined(__x86_64__)
#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>

#define WITH_BF16 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16")))

enum { window = 9, side = 3, lanes = 16, widestVectors = 3, widestOutputs = widestVectors * lanes, tilePixels = 8 };

/// Outputs are worked on by groups as wide as registers hold.
static inline int64_t groupCount(int64_t outputs) { return (outputs + widestOutputs - 1) / widestOutputs; }

/// Vectors in a group; the last may be narrower.
static inline int64_t groupVectors(int64_t outputs, int64_t group) {
  int64_t left = outputs - group * widestOutputs;
  return (left < widestOutputs ? left : widestOutputs) / lanes;
}

/// Two rows of sixteen numbers become sixteen pairs.
WITH_BF16 static inline __m512i paired(__m512 even, __m512 odd) {
  __m512i low = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(even));
  __m512i high = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(odd));
  return _mm512_or_si512(low, _mm512_slli_epi32(high, 16));
}

/// Pairs along rows, turned around: sixteen rows of eight pairs become eight rows of sixteen.
WITH_BF16 static inline void turnPairs(const float *rows, int64_t step, uint32_t *target, int64_t targetStep) {
  // Rows 0 to 7 are turned in the lower halves of the vectors, rows 8 to 15 in the upper ones.
  __m512i pairs[8], ones[8], twos[8];
  for (int row = 0; row < 8; row++) {
    __m256i low = (__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(rows + row * step));
    __m256i high = (__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(rows + (row + 8) * step));
    pairs[row] = _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
  }
  for (int row = 0; row < 8; row += 2) {
    ones[row] = _mm512_unpacklo_epi32(pairs[row], pairs[row + 1]);
    ones[row + 1] = _mm512_unpackhi_epi32(pairs[row], pairs[row + 1]);
  }
  for (int row = 0; row < 8; row += 4)
    for (int side = 0; side < 2; side++) {
      twos[row + 2 * side] = _mm512_unpacklo_epi64(ones[row + side], ones[row + side + 2]);
      twos[row + 2 * side + 1] = _mm512_unpackhi_epi64(ones[row + side], ones[row + side + 2]);
    }
  __m512i lower = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13), upper = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
  for (int pair = 0; pair < 4; pair++) {
    _mm512_storeu_si512(target + pair * targetStep, _mm512_permutex2var_epi64(twos[pair], lower, twos[pair + 4]));
    _mm512_storeu_si512(target + (pair + 4) * targetStep, _mm512_permutex2var_epi64(twos[pair], upper, twos[pair + 4]));
  }
}

/// Eight inputs against `vectors` · 16 outputs, added to what is there, over some pictures.
#define GRADIENT_TILE(vectors)                                                                                         \
  WITH_BF16 static inline void gradientTile##vectors(const int32_t *input, int64_t rowStep, int64_t pictureStep,       \
                                              int64_t features, const uint32_t *cotangent, int64_t pictures,           \
                                              int64_t rows, int64_t pairs, float *gradient, int64_t outputs,           \
                                              bool isFirst) {                                                          \
    __m512 sums[tilePixels][vectors];                                                                                  \
    for (int feature = 0; feature < tilePixels; feature++)                                                             \
      for (int vector = 0; vector < vectors; vector++)                                                                 \
        sums[feature][vector] =                                                                                        \
            isFirst ? _mm512_setzero_ps() : _mm512_loadu_ps(gradient + feature * outputs + vector * lanes);            \
    for (int64_t picture = 0; picture < pictures; picture++)                                                           \
      for (int64_t row = 0; row < rows; row++) {                                                                       \
        const int32_t *pixels = input + picture * pictureStep + row * rowStep;                                         \
        for (int64_t pair = 0; pair < pairs; pair++, pixels += features, cotangent += vectors * lanes) {               \
          __m512bh change[vectors];                                                                                    \
          for (int vector = 0; vector < vectors; vector++)                                                             \
            change[vector] = (__m512bh)_mm512_loadu_si512(cotangent + vector * lanes);                                 \
          for (int feature = 0; feature < tilePixels; feature++) {                                                     \
            __m512bh seen = (__m512bh)_mm512_set1_epi32(pixels[feature]);                                              \
            for (int vector = 0; vector < vectors; vector++)                                                           \
              sums[feature][vector] = _mm512_dpbf16_ps(sums[feature][vector], change[vector], seen);                   \
          }                                                                                                            \
        }                                                                                                              \
      }                                                                                                                \
    for (int feature = 0; feature < tilePixels; feature++)                                                             \
      for (int vector = 0; vector < vectors; vector++)                                                                 \
        _mm512_storeu_ps(gradient + feature * outputs + vector * lanes, sums[feature][vector]);                        \
  }
GRADIENT_TILE(1)
GRADIENT_TILE(2)
GRADIENT_TILE(3)

#endif
