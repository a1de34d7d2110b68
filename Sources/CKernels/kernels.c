#include "CKernels.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>

#include "products.h"

bool CKHasBrainFloatProducts(void) {
  unsigned a, b, c, d;
  if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("avx512vl") ||
      !__builtin_cpu_supports("avx512dq"))
    return false;
  return __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & (1u << 5));
}

// MARK: packing

int64_t CKOutputGroupCount(const CKConvolution *convolution) { return groupCount(convolution->outputs); }

/// Pairs of numbers, each pair one 32-bit element.
static int64_t groupStart(const CKConvolution *convolution, int64_t group) {
  return group * widestOutputs * window * (convolution->inputs / 2);
}

size_t CKPackedWeightsSize(const CKConvolution *convolution) {
  return (size_t)(convolution->outputs * window * (convolution->inputs / 2)) * 4;
}

WITH_BF16 void CKPackWeights(const CKConvolution *convolution, const float *weights, bool swapped, bool reversed,
                             int64_t group, int64_t place, void *packed) {
  int64_t inputs = convolution->inputs, outputs = convolution->outputs, vectors = groupVectors(convolution->outputs, group);
  uint32_t *target =
      (uint32_t *)packed + groupStart(convolution, group) + place * (inputs / 2) * vectors * lanes;
  const float *matrix = weights + (reversed ? window - 1 - place : place) * inputs * outputs;
  for (int64_t vector = 0; vector < vectors; vector++) {
    int64_t output = group * widestOutputs + vector * lanes;
    uint32_t *column = target + vector * lanes;
    if (swapped) {
      for (int64_t input = 0; input < inputs; input += lanes)
        turnPairs(matrix + output * inputs + input, inputs, column + input / 2 * vectors * lanes, vectors * lanes);
    } else {
      for (int64_t input = 0; input < inputs; input += 2, column += vectors * lanes) {
        const float *row = matrix + input * outputs + output;
        _mm512_storeu_si512(column, paired(_mm512_loadu_ps(row), _mm512_loadu_ps(row + outputs)));
      }
    }
  }
}

// MARK: convolving

size_t CKPaddedSize(const CKConvolution *convolution, int64_t pictures) {
  return (size_t)(pictures * (convolution->height + 2) * (convolution->width + 2) * convolution->inputs) * 2;
}

/// Rounds pictures and puts a border of zeros around each.
WITH_BF16 static void pad(const CKConvolution *convolution, const float *input, int64_t pictures, uint16_t *padded) {
  int64_t height = convolution->height, width = convolution->width, features = convolution->inputs;
  for (int64_t picture = 0; picture < pictures; picture++) {
    for (int64_t row = 0; row < height + 2; row++) {
      uint16_t *target = padded + (picture * (height + 2) + row) * (width + 2) * features;
      if (row == 0 || row == height + 1) {
        memset(target, 0, (size_t)((width + 2) * features) * 2);
        continue;
      }
      memset(target, 0, (size_t)features * 2);
      memset(target + (width + 1) * features, 0, (size_t)features * 2);
      const float *source = input + (picture * height + row - 1) * width * features;
      for (int64_t index = 0; index < width * features; index += lanes) {
        __m256bh narrow = _mm512_cvtneps_pbh(_mm512_loadu_ps(source + index));
        _mm256_storeu_si256((__m256i *)(target + features + index), (__m256i)narrow);
      }
    }
  }
}

/// Eight pixels under all places of the window: `vectors` · 16 outputs each.
#define TILE(vectors)                                                                                              \
  WITH_BF16 static void tile##vectors(const int32_t *const pixels[tilePixels], const int64_t places[window],       \
                                      int64_t pairs, const uint32_t *weights, float *const results[tilePixels]) {  \
    __m512 sums[tilePixels][vectors];                                                                              \
    for (int pixel = 0; pixel < tilePixels; pixel++)                                                               \
      for (int vector = 0; vector < vectors; vector++) sums[pixel][vector] = _mm512_setzero_ps();                  \
    for (int place = 0; place < window; place++) {                                                                 \
      int64_t start = places[place];                                                                               \
      for (int64_t index = start; index < start + pairs; index++, weights += vectors * lanes) {                    \
        __m512bh weight[vectors];                                                                                  \
        for (int vector = 0; vector < vectors; vector++)                                                           \
          weight[vector] = (__m512bh)_mm512_loadu_si512(weights + vector * lanes);                                 \
        for (int pixel = 0; pixel < tilePixels; pixel++) {                                                         \
          __m512bh pair = (__m512bh)_mm512_set1_epi32(pixels[pixel][index]);                                       \
          for (int vector = 0; vector < vectors; vector++)                                                         \
            sums[pixel][vector] = _mm512_dpbf16_ps(sums[pixel][vector], weight[vector], pair);                     \
        }                                                                                                          \
      }                                                                                                            \
    }                                                                                                              \
    for (int pixel = 0; pixel < tilePixels; pixel++)                                                               \
      for (int vector = 0; vector < vectors; vector++)                                                             \
        _mm512_storeu_ps(results[pixel] + vector * lanes, sums[pixel][vector]);                                    \
  }
TILE(1)
TILE(2)
TILE(3)

void CKConvolve(const CKConvolution *convolution, const float *input, const void *packed, float *output, int64_t first,
                int64_t last, void *scratch) {
  int64_t height = convolution->height, width = convolution->width, outputs = convolution->outputs;
  int64_t pairs = convolution->inputs / 2, area = height * width, pixelCount = (last - first) * area;
  pad(convolution, input + first * area * convolution->inputs, last - first, scratch);

  int64_t places[window];
  for (int place = 0; place < window; place++)
    places[place] = (place / side * (width + 2) + place % side) * pairs;
  for (int64_t group = 0; group < CKOutputGroupCount(convolution); group++) {
    const uint32_t *weights = (const uint32_t *)packed + groupStart(convolution, group);
    float *start = output + first * area * outputs + group * widestOutputs;
    for (int64_t pixel = 0; pixel < pixelCount; pixel += tilePixels) {
      const int32_t *pixels[tilePixels];
      float *results[tilePixels];
      for (int64_t index = 0; index < tilePixels; index++) {
        // A tile that reaches beyond the end works on the last pixel again.
        int64_t number = pixel + index < pixelCount ? pixel + index : pixelCount - 1;
        int64_t picture = number / area, row = number % area / width, column = number % width;
        pixels[index] =
            (const int32_t *)scratch + ((picture * (height + 2) + row) * (width + 2) + column) * pairs;
        results[index] = start + number * outputs;
      }
      switch (groupVectors(convolution->outputs, group)) {
        case 1: tile1(pixels, places, pairs, weights, results); break;
        case 2: tile2(pixels, places, pairs, weights, results); break;
        default: tile3(pixels, places, pairs, weights, results);
      }
    }
  }
}

// MARK: the weights' gradient
//
// Sums run over pixels, so pairs are neighbours in a row. The window's middle column begins at odd pixels of the padded
// row, the other two at even ones: the input is paired both ways.

static int64_t evenPairs(const CKConvolution *convolution) { return convolution->width / 2 + 1; }

/// 32-bit elements of one way of pairing one picture.
static int64_t pairedPicture(const CKConvolution *convolution) {
  return (convolution->height + 2) * evenPairs(convolution) * convolution->inputs;
}

size_t CKPairedInputSize(const CKConvolution *convolution) {
  return (size_t)(2 * convolution->pictures * pairedPicture(convolution)) * 4;
}

size_t CKPairedCotangentSize(const CKConvolution *convolution) {
  return (size_t)(convolution->pictures * convolution->height * (convolution->width / 2) * convolution->outputs) * 4;
}

WITH_BF16 void CKPairInput(const CKConvolution *convolution, const float *input, int64_t picture, void *paired_) {
  int64_t height = convolution->height, width = convolution->width, features = convolution->inputs;
  int64_t pairs = evenPairs(convolution), size = pairedPicture(convolution);
  for (int64_t parity = 0; parity < 2; parity++) {
    uint32_t *target = (uint32_t *)paired_ + (parity * convolution->pictures + picture) * size;
    for (int64_t row = -1; row <= height; row++) {
      for (int64_t pair = 0; pair < pairs; pair++, target += features) {
        // Column 0 of the padded row is column -1 of the picture.
        int64_t left = 2 * pair + parity - 1, right = left + 1;
        bool isRow = row >= 0 && row < height;
        const float *pixels = input + ((picture * height + row) * width + left) * features;
        for (int64_t feature = 0; feature < features; feature += lanes) {
          __m512 even = isRow && left >= 0 && left < width ? _mm512_loadu_ps(pixels + feature) : _mm512_setzero_ps();
          __m512 odd = isRow && right < width ? _mm512_loadu_ps(pixels + features + feature) : _mm512_setzero_ps();
          _mm512_storeu_si512(target + feature, paired(even, odd));
        }
      }
    }
  }
}

WITH_BF16 void CKPairCotangent(const CKConvolution *convolution, const float *cotangent, int64_t picture, void *paired_) {
  int64_t outputs = convolution->outputs, pairs = convolution->height * (convolution->width / 2);
  int64_t allPairs = convolution->pictures * pairs;
  for (int64_t group = 0; group < CKOutputGroupCount(convolution); group++) {
    int64_t vectors = groupVectors(convolution->outputs, group);
    uint32_t *target = (uint32_t *)paired_ + group * widestOutputs * allPairs + picture * pairs * vectors * lanes;
    const float *source = cotangent + picture * pairs * 2 * outputs + group * widestOutputs;
    for (int64_t pair = 0; pair < pairs; pair++, source += 2 * outputs)
      for (int64_t vector = 0; vector < vectors; vector++, target += lanes) {
        const float *row = source + vector * lanes;
        _mm512_storeu_si512(target, paired(_mm512_loadu_ps(row), _mm512_loadu_ps(row + outputs)));
      }
  }
}

void CKKernelGradient(const CKConvolution *convolution, const void *pairedInput, const void *pairedCotangent, int64_t place,
                      int64_t from, int64_t to, float *gradient) {
  int64_t features = convolution->inputs, outputs = convolution->outputs, height = convolution->height;
  int64_t pairs = convolution->width / 2, rowStep = evenPairs(convolution) * features;
  int64_t pictureStep = pairedPicture(convolution), allPairs = convolution->pictures * height * pairs;
  int64_t column = place % side, parity = column & 1;
  const int32_t *input = (const int32_t *)pairedInput + parity * convolution->pictures * pictureStep +
                         place / side * rowStep + column / 2 * features;
  // As many pictures at a time as stay in the second-level cache together.
  int64_t atOnce = 96 * 1024 / (height * pairs * (features + widestOutputs));
  if (atOnce < 1) atOnce = 1;
  for (int64_t first = 0; first < convolution->pictures; first += atOnce) {
    int64_t left = convolution->pictures - first, pictures = left < atOnce ? left : atOnce;
    for (int64_t group = 0; group < CKOutputGroupCount(convolution); group++) {
      int64_t vectors = groupVectors(convolution->outputs, group);
      const uint32_t *cotangent = (const uint32_t *)pairedCotangent + group * widestOutputs * allPairs +
                                  first * height * pairs * vectors * lanes;
      for (int64_t feature = from; feature < to; feature += tilePixels) {
        const int32_t *pixels = input + first * pictureStep + feature;
        float *target = gradient + (place * features + feature) * outputs + group * widestOutputs;
        switch (vectors) {
          case 1:
            gradientTile1(pixels, rowStep, pictureStep, features, cotangent, pictures, height, pairs, target, outputs,
                          first == 0);
            break;
          case 2:
            gradientTile2(pixels, rowStep, pictureStep, features, cotangent, pictures, height, pairs, target, outputs,
                          first == 0);
            break;
          default:
            gradientTile3(pixels, rowStep, pictureStep, features, cotangent, pictures, height, pairs, target, outputs,
                          first == 0);
        }
      }
    }
  }
}

// MARK: products of a transposed matrix

int64_t CKColumnGroupCount(const CKTransposedProduct *product) { return groupCount(product->columns); }

size_t CKPairedLeftSize(const CKTransposedProduct *product) { return (size_t)(product->summed / 2 * product->rows) * 4; }

size_t CKPairedRightSize(const CKTransposedProduct *product) {
  return (size_t)(product->summed / 2 * product->columns) * 4;
}

/// Sixteen pairs out of two rows of `bf16` bits.
WITH_BF16 static __m512i joined(const uint16_t *even, const uint16_t *odd) {
  __m512i low = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)even));
  __m512i high = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)odd));
  return _mm512_or_si512(low, _mm512_slli_epi32(high, 16));
}

WITH_BF16 void CKPairLeft(const CKTransposedProduct *product, const uint16_t *left, int64_t first, int64_t last,
                          void *paired_) {
  uint32_t *target = (uint32_t *)paired_ + first * product->rows;
  left += first * 2 * product->rows;
  for (int64_t pair = first; pair < last; pair++, left += 2 * product->rows)
    for (int64_t row = 0; row < product->rows; row += lanes, target += lanes)
      _mm512_storeu_si512(target, joined(left + row, left + product->rows + row));
}

WITH_BF16 void CKPairRight(const CKTransposedProduct *product, const uint16_t *right, int64_t group, void *paired_) {
  int64_t pairs = product->summed / 2, vectors = groupVectors(product->columns, group);
  uint32_t *target = (uint32_t *)paired_ + group * widestOutputs * pairs;
  right += group * widestOutputs;
  for (int64_t pair = 0; pair < pairs; pair++, right += 2 * product->columns)
    for (int64_t vector = 0; vector < vectors; vector++, target += lanes)
      _mm512_storeu_si512(target, joined(right + vector * lanes, right + product->columns + vector * lanes));
}

void CKMultiply(const CKTransposedProduct *product, const void *pairedLeft, const void *pairedRight, int64_t group,
                int64_t from, int64_t to, float *result) {
  int64_t rows = product->rows, columns = product->columns, pairs = product->summed / 2;
  int64_t vectors = groupVectors(product->columns, group);
  // As many pairs at a time as stay in the second-level cache together.
  int64_t atOnce = 96 * 1024 / (rows + widestOutputs);
  if (atOnce < 1) atOnce = 1;
  for (int64_t first = 0; first < pairs; first += atOnce) {
    int64_t count = pairs - first < atOnce ? pairs - first : atOnce;
    const uint32_t *right =
        (const uint32_t *)pairedRight + group * widestOutputs * pairs + first * vectors * lanes;
    for (int64_t row = from; row < to; row += tilePixels) {
      const int32_t *left = (const int32_t *)pairedLeft + first * rows + row;
      float *target = result + row * columns + group * widestOutputs;
      switch (vectors) {
        case 1: gradientTile1(left, 0, 0, rows, right, 1, 1, count, target, columns, first == 0); break;
        case 2: gradientTile2(left, 0, 0, rows, right, 1, 1, count, target, columns, first == 0); break;
        default: gradientTile3(left, 0, 0, rows, right, 1, 1, count, target, columns, first == 0);
      }
    }
  }
}

#else

bool CKHasBrainFloatProducts(void) { return false; }
size_t CKPackedWeightsSize(const CKConvolution *convolution) { return 0; }
void CKPackWeights(const CKConvolution *convolution, const float *weights, bool swapped, bool reversed, int64_t group,
                   int64_t place, void *packed) {}
int64_t CKOutputGroupCount(const CKConvolution *convolution) { return 0; }
size_t CKPaddedSize(const CKConvolution *convolution, int64_t pictures) { return 0; }
void CKConvolve(const CKConvolution *convolution, const float *input, const void *packed, float *output, int64_t first,
                int64_t last, void *scratch) {}
size_t CKPairedInputSize(const CKConvolution *convolution) { return 0; }
size_t CKPairedCotangentSize(const CKConvolution *convolution) { return 0; }
void CKPairInput(const CKConvolution *convolution, const float *input, int64_t picture, void *paired) {}
void CKPairCotangent(const CKConvolution *convolution, const float *cotangent, int64_t picture, void *paired) {}
void CKKernelGradient(const CKConvolution *convolution, const void *pairedInput, const void *pairedCotangent, int64_t place,
                      int64_t from, int64_t to, float *gradient) {}
size_t CKPairedLeftSize(const CKTransposedProduct *product) { return 0; }
size_t CKPairedRightSize(const CKTransposedProduct *product) { return 0; }
void CKPairLeft(const CKTransposedProduct *product, const uint16_t *left, int64_t first, int64_t last, void *paired) {}
void CKPairRight(const CKTransposedProduct *product, const uint16_t *right, int64_t group, void *paired) {}
int64_t CKColumnGroupCount(const CKTransposedProduct *product) { return 0; }
void CKMultiply(const CKTransposedProduct *product, const void *pairedLeft, const void *pairedRight, int64_t group,
                int64_t from, int64_t to, float *result) {}

#endif
