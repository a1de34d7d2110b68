#include "CKernels.h"
#include "vectors.h"

// Memory's speed is the limit here.

VECTORIZED void CKSumRows(const float *numbers, int64_t rows, int64_t columns, int64_t from, int64_t to, float *sums) {
  // Eight rows at a time: the sums are read and written once for eight numbers.
  enum { together = 8 };
  for (int64_t column = from; column < to; column++) sums[column] = 0;
  int64_t row = 0;
  for (; row + together <= rows; row += together) {
    const float *start = numbers + row * columns;
    for (int64_t column = from; column < to; column++) {
      float sum = 0;
      for (int64_t next = 0; next < together; next++) sum += start[next * columns + column];
      sums[column] += sum;
    }
  }
  for (; row < rows; row++)
    for (int64_t column = from; column < to; column++) sums[column] += numbers[row * columns + column];
}

VECTORIZED double CKSumOfSquares(const float *numbers, int64_t count) {
  // As many sums as keep the processor busy; a few thousand squares each, so that little is lost.
  enum { lanes = 64, block = 64 * 4096 };
  double total = 0;
  for (int64_t start = 0; start < count; start += block) {
    int64_t end = count - start < block ? count : start + block;
    float sums[lanes] = {0};
    int64_t index = start;
    for (; index + lanes <= end; index += lanes)
      for (int lane = 0; lane < lanes; lane++) sums[lane] += numbers[index + lane] * numbers[index + lane];
    for (int lane = 0; lane < lanes; lane++) total += sums[lane];
    for (; index < end; index++) total += (double)numbers[index] * numbers[index];
  }
  return total;
}
