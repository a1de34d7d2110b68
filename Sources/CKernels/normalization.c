#include "CKernels.h"

#if defined(__x86_64__)
#include "vectors.h"

// One picture at a time: it is read three times, and stays in the second-level cache meanwhile. Sums are taken channel by
// channel first, along memory, then over the channels of a group.

/// What belongs to one picture, each `[channels]`.
typedef struct {
  float *mean, *deviation, *first, *second;
} Channels;

size_t CKGroupNormScratchSize(const CKGroupNorm *norm) { return (size_t)(4 * norm->channels) * sizeof(float); }

size_t CKGroupNormGradientScratchSize(const CKGroupNorm *norm) {
  return CKGroupNormScratchSize(norm) + (size_t)(norm->pixels * norm->channels) * sizeof(float);
}

static Channels channelsIn(const CKGroupNorm *norm, float *scratch) {
  int64_t count = norm->channels;
  return (Channels){scratch, scratch + count, scratch + 2 * count, scratch + 3 * count};
}

/// Every channel's sum becomes `factor` times the sum over its group.
static void spreadOverGroups(const CKGroupNorm *norm, float *sums, float factor) {
  int64_t perGroup = norm->channels / norm->groups;
  for (int64_t start = 0; start < norm->channels; start += perGroup) {
    float sum = 0;
    for (int64_t channel = start; channel < start + perGroup; channel++) sum += sums[channel];
    for (int64_t channel = start; channel < start + perGroup; channel++) sums[channel] = sum * factor;
  }
}

/// The mean of a picture's groups, and 1 / their standard deviation, by channel.
WITH_VECTORS static void measure(const CKGroupNorm *norm, const float *input, Channels channels) {
  int64_t count = norm->channels, pixels = norm->pixels;
  float factor = 1 / (float)(pixels * (count / norm->groups));
  for (int64_t channel = 0; channel < count; channel += vectorLanes) {
    __m512 sum = _mm512_setzero_ps();
    for (int64_t pixel = 0; pixel < pixels; pixel++)
      sum = _mm512_add_ps(sum, _mm512_loadu_ps(input + pixel * count + channel));
    _mm512_storeu_ps(channels.mean + channel, sum);
  }
  spreadOverGroups(norm, channels.mean, factor);
  for (int64_t channel = 0; channel < count; channel += vectorLanes) {
    __m512 mean = _mm512_loadu_ps(channels.mean + channel), sum = _mm512_setzero_ps();
    for (int64_t pixel = 0; pixel < pixels; pixel++) {
      __m512 centered = _mm512_sub_ps(_mm512_loadu_ps(input + pixel * count + channel), mean);
      sum = _mm512_fmadd_ps(centered, centered, sum);
    }
    _mm512_storeu_ps(channels.deviation + channel, sum);
  }
  spreadOverGroups(norm, channels.deviation, factor);
  for (int64_t channel = 0; channel < count; channel += vectorLanes) {
    __m512 variance = _mm512_add_ps(_mm512_loadu_ps(channels.deviation + channel), _mm512_set1_ps(norm->epsilon));
    _mm512_storeu_ps(channels.deviation + channel, _mm512_div_ps(_mm512_set1_ps(1), _mm512_sqrt_ps(variance)));
  }
}

INLINE_VECTORS __m512 logistic(__m512 number) {
  __m512 one = _mm512_set1_ps(1);
  return _mm512_div_ps(one, _mm512_add_ps(one, exponential(_mm512_sub_ps(_mm512_setzero_ps(), number))));
}

WITH_VECTORS void CKNormalize(const CKGroupNorm *norm, const float *input, const float *weight, const float *bias,
                              float *output, int64_t picture, void *scratch) {
  int64_t count = norm->channels, start = picture * norm->pixels * count;
  Channels channels = channelsIn(norm, scratch);
  measure(norm, input + start, channels);
  for (int64_t channel = 0; channel < count; channel += vectorLanes) {
    __m512 mean = _mm512_loadu_ps(channels.mean + channel), shift = _mm512_loadu_ps(bias + channel);
    __m512 factor = _mm512_mul_ps(_mm512_loadu_ps(channels.deviation + channel), _mm512_loadu_ps(weight + channel));
    for (int64_t place = start + channel; place < start + norm->pixels * count; place += count) {
      __m512 number = _mm512_fmadd_ps(_mm512_sub_ps(_mm512_loadu_ps(input + place), mean), factor, shift);
      if (norm->activates) number = _mm512_mul_ps(number, logistic(number));
      _mm512_storeu_ps(output + place, number);
    }
  }
}

WITH_VECTORS void CKNormalizeGradient(const CKGroupNorm *norm, const float *input, const float *weight, const float *bias,
                                      const float *cotangent, float *inputGradient, float *channelSums, int64_t picture,
                                      void *scratch) {
  int64_t count = norm->channels, pixels = norm->pixels, start = picture * pixels * count;
  Channels channels = channelsIn(norm, scratch);
  float *changes = (float *)scratch + 4 * count;
  float *weightSums = channelSums + picture * 2 * count, *biasSums = weightSums + count;
  input += start, cotangent += start, inputGradient += start;
  measure(norm, input, channels);

  __m512 one = _mm512_set1_ps(1);
  for (int64_t channel = 0; channel < count; channel += vectorLanes) {
    __m512 mean = _mm512_loadu_ps(channels.mean + channel), deviation = _mm512_loadu_ps(channels.deviation + channel);
    __m512 factor = _mm512_loadu_ps(weight + channel), shift = _mm512_loadu_ps(bias + channel);
    __m512 weightSum = _mm512_setzero_ps(), biasSum = _mm512_setzero_ps();
    for (int64_t place = channel; place < pixels * count; place += count) {
      __m512 change = _mm512_loadu_ps(cotangent + place);
      __m512 normal = _mm512_mul_ps(_mm512_sub_ps(_mm512_loadu_ps(input + place), mean), deviation);
      if (norm->activates) {
        // The derivative of x · s(x) is s(x) · (1 + x · (1 - s(x))).
        __m512 number = _mm512_fmadd_ps(normal, factor, shift), gate = logistic(number);
        __m512 slope = _mm512_fmadd_ps(number, _mm512_sub_ps(one, gate), one);
        change = _mm512_mul_ps(change, _mm512_mul_ps(gate, slope));
      }
      weightSum = _mm512_fmadd_ps(change, normal, weightSum);
      biasSum = _mm512_add_ps(biasSum, change);
      _mm512_storeu_ps(changes + place, change);
    }
    _mm512_storeu_ps(weightSums + channel, weightSum);
    _mm512_storeu_ps(biasSums + channel, biasSum);
    _mm512_storeu_ps(channels.first + channel, _mm512_mul_ps(factor, biasSum));
    _mm512_storeu_ps(channels.second + channel, _mm512_mul_ps(factor, weightSum));
  }

  // A number also changes its group's mean and deviation, and by them all others.
  float part = 1 / (float)(pixels * (count / norm->groups));
  spreadOverGroups(norm, channels.first, part);
  spreadOverGroups(norm, channels.second, part);
  for (int64_t channel = 0; channel < count; channel += vectorLanes) {
    __m512 mean = _mm512_loadu_ps(channels.mean + channel), deviation = _mm512_loadu_ps(channels.deviation + channel);
    __m512 first = _mm512_loadu_ps(channels.first + channel), second = _mm512_loadu_ps(channels.second + channel);
    __m512 factor = _mm512_loadu_ps(weight + channel);
    for (int64_t place = channel; place < pixels * count; place += count) {
      __m512 normal = _mm512_mul_ps(_mm512_sub_ps(_mm512_loadu_ps(input + place), mean), deviation);
      __m512 change = _mm512_fmsub_ps(_mm512_loadu_ps(changes + place), factor, first);
      change = _mm512_fnmadd_ps(normal, second, change);
      _mm512_storeu_ps(inputGradient + place, _mm512_mul_ps(change, deviation));
    }
  }
}

#else

size_t CKGroupNormScratchSize(const CKGroupNorm *norm) { return 0; }
size_t CKGroupNormGradientScratchSize(const CKGroupNorm *norm) { return 0; }
void CKNormalize(const CKGroupNorm *norm, const float *input, const float *weight, const float *bias, float *output,
                 int64_t picture, void *scratch) {}
void CKNormalizeGradient(const CKGroupNorm *norm, const float *input, const float *weight, const float *bias,
                         const float *cotangent, float *inputGradient, float *channelSums, int64_t picture,
                         void *scratch) {}

#endif
