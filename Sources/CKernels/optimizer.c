#include "CKernels.h"
#include "vectors.h"

// Memory's speed is the limit here.

VECTORIZED void CKAdamWStep(const CKAdamW *step, const float *restrict gradient, float *restrict parameter,
                            float *restrict first, float *restrict second, float *restrict average, int64_t from,
                            int64_t to) {
  const CKAdamW numbers = *step;
  for (int64_t index = from; index < to; index++) {
    float change = gradient[index] * numbers.gradientFactor;
    float mean = first[index] * numbers.firstDecay + change * (1 - numbers.firstDecay);
    float square = second[index] * numbers.secondDecay + change * change * (1 - numbers.secondDecay);
    float size = __builtin_elementwise_sqrt(square * numbers.secondCorrection) + numbers.epsilon;
    float direction = mean * numbers.firstCorrection / size + parameter[index] * numbers.weightDecay;
    float moved = parameter[index] - numbers.learningRate * direction;
    first[index] = mean;
    second[index] = square;
    parameter[index] = moved;
    average[index] = moved + (average[index] - moved) * numbers.averageDecay;
  }
}
