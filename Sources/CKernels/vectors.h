#pragma once
// What the kernels share. Private to this target.

// For loops that the compiler turns into vectors by itself.
#if defined(__x86_64__)
#define VECTORIZED __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#else
#define VECTORIZED
#endif

#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>

/// Sixteen numbers at a time; every processor with `bf16` products has these instructions.
#define WITH_VECTORS __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#define INLINE_VECTORS WITH_VECTORS __attribute__((always_inline)) static inline

enum { vectorLanes = 16 };

/// The lanes below `count`.
INLINE_VECTORS __mmask16 firstLanes(int64_t count) {
  return count >= vectorLanes ? 0xffff : count <= 0 ? 0 : (__mmask16)((1u << count) - 1);
}

/// e to the power of each number; what is below -104 counts as -104, and what is none stays none.
///
/// A power of two, and a Taylor polynomial of degree seven for what is left, which is at most ln(2) / 2: wrong by a few
/// units in the last place.
INLINE_VECTORS __m512 exponential(__m512 number) {
  number = _mm512_max_ps(_mm512_set1_ps(-104), number);
  __m512 power = _mm512_roundscale_ps(_mm512_mul_ps(number, _mm512_set1_ps(1.44269504f)), 0);
  // ln(2) in two parts, of which the first has few enough digits to be multiplied exactly.
  __m512 rest = _mm512_fnmadd_ps(power, _mm512_set1_ps(0.693359375f), number);
  rest = _mm512_fnmadd_ps(power, _mm512_set1_ps(-2.12194440e-4f), rest);
  static const float coefficients[] = {1.f / 720, 1.f / 120, 1.f / 24, 1.f / 6, 0.5f, 1, 1};
  __m512 sum = _mm512_set1_ps(1.f / 5040);
  for (int degree = 0; degree < 7; degree++)
    sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(coefficients[degree]));
  return _mm512_scalef_ps(sum, power);
}

#endif
