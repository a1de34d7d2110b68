#include "CKernels.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#include "vectors.h"

// One head of one row of the batch at a time, `tileQueries` queries at a time: their scores stay in the cache. Products
// have both operands where they lie, except that keys (and values, for the gradient) are turned around once a head.

enum { tileRows = 8, tileQueries = 64 };

static int64_t rounded(int64_t count) { return (count + vectorLanes - 1) / vectorLanes * vectorLanes; }
static int64_t tile(const CKAttention *attention) {
  return attention->queries < tileQueries ? attention->queries : tileQueries;
}

size_t CKAttentionScratchSize(const CKAttention *attention) {
  return (size_t)(rounded(attention->keys) * (attention->depth + tile(attention))) * sizeof(float);
}

size_t CKAttentionGradientScratchSize(const CKAttention *attention) {
  return 2 * CKAttentionScratchSize(attention);
}

/// A matrix by its first element and how far rows, and elements of a row, lie apart.
typedef struct {
  const float *start;
  int64_t rowStep, step;
} Matrix;

/// Up to eight rows of the left matrix with `vectors` · 16 columns of the right one, whose rows lie `rightStep` apart.
#define PRODUCT_TILE(vectors)                                                                                       \
  WITH_VECTORS static void productTile##vectors(const float *const left[tileRows], int64_t leftStep,                \
                                                const float *right, int64_t rightStep, int64_t count,               \
                                                float *const results[tileRows], bool adds) {                        \
    __m512 sums[tileRows][vectors];                                                                                 \
    for (int row = 0; row < tileRows; row++)                                                                        \
      for (int vector = 0; vector < vectors; vector++)                                                              \
        sums[row][vector] = adds ? _mm512_loadu_ps(results[row] + vector * vectorLanes) : _mm512_setzero_ps();      \
    for (int64_t index = 0; index < count; index++, right += rightStep) {                                           \
      __m512 columns[vectors];                                                                                      \
      for (int vector = 0; vector < vectors; vector++) columns[vector] = _mm512_loadu_ps(right + vector * vectorLanes); \
      for (int row = 0; row < tileRows; row++) {                                                                    \
        __m512 number = _mm512_set1_ps(left[row][index * leftStep]);                                                \
        for (int vector = 0; vector < vectors; vector++)                                                            \
          sums[row][vector] = _mm512_fmadd_ps(number, columns[vector], sums[row][vector]);                          \
      }                                                                                                             \
    }                                                                                                               \
    for (int row = 0; row < tileRows; row++)                                                                        \
      for (int vector = 0; vector < vectors; vector++)                                                              \
        _mm512_storeu_ps(results[row] + vector * vectorLanes, sums[row][vector]);                                   \
  }
PRODUCT_TILE(1)
PRODUCT_TILE(2)
PRODUCT_TILE(3)

/// `left [rows, count]` with `right [count, columns]` makes `result [rows, columns]`, or is added to it. `columns` is a
/// multiple of 16; rows of `right` and `result` are contiguous.
static void multiply(Matrix left, Matrix right, int64_t rows, int64_t count, int64_t columns, float *result,
                     int64_t resultStep, bool adds) {
  for (int64_t column = 0; column < columns;) {
    int64_t rest = (columns - column) / vectorLanes, vectors = rest == 4 ? 2 : rest < 3 ? rest : 3;
    for (int64_t row = 0; row < rows; row += tileRows) {
      const float *lefts[tileRows];
      float *results[tileRows];
      for (int64_t index = 0; index < tileRows; index++) {
        // A tile that reaches beyond the end works on the last row again.
        int64_t number = row + index < rows ? row + index : rows - 1;
        lefts[index] = left.start + number * left.rowStep;
        results[index] = result + number * resultStep + column;
      }
      const float *start = right.start + column;
      switch (vectors) {
        case 1: productTile1(lefts, left.step, start, right.rowStep, count, results, adds); break;
        case 2: productTile2(lefts, left.step, start, right.rowStep, count, results, adds); break;
        default: productTile3(lefts, left.step, start, right.rowStep, count, results, adds);
      }
    }
    column += vectors * vectorLanes;
  }
}

/// `[rows, depth]` becomes `[depth, rows]`, with zeros up to a multiple of 16 rows.
static void turn(const float *source, int64_t step, int64_t rows, int64_t depth, float *target) {
  int64_t width = rounded(rows);
  for (int64_t feature = 0; feature < depth; feature++, target += width) {
    for (int64_t row = 0; row < rows; row++) target[row] = source[row * step + feature];
    for (int64_t row = rows; row < width; row++) target[row] = 0;
  }
}

/// A row of scores becomes weights whose sum is 1: e to the power of `scale` · score. Keys from `visible` on get 0.
WITH_VECTORS static void weigh(float *scores, int64_t visible, int64_t width, float scale) {
  __m512 highest = _mm512_set1_ps(-__builtin_inff()), sum = _mm512_setzero_ps();
  for (int64_t key = 0; key < visible; key += vectorLanes) {
    __m512 numbers = _mm512_loadu_ps(scores + key);
    highest = _mm512_mask_max_ps(highest, firstLanes(visible - key), highest, numbers);
  }
  highest = _mm512_set1_ps(_mm512_reduce_max_ps(highest));
  for (int64_t key = 0; key < width; key += vectorLanes) {
    __m512 below = _mm512_sub_ps(_mm512_loadu_ps(scores + key), highest);
    __m512 weights =
        _mm512_maskz_mov_ps(firstLanes(visible - key), exponential(_mm512_mul_ps(below, _mm512_set1_ps(scale))));
    sum = _mm512_add_ps(sum, weights);
    _mm512_storeu_ps(scores + key, weights);
  }
  __m512 factor = _mm512_set1_ps(1 / _mm512_reduce_add_ps(sum));
  for (int64_t key = 0; key < width; key += vectorLanes)
    _mm512_storeu_ps(scores + key, _mm512_mul_ps(_mm512_loadu_ps(scores + key), factor));
}

/// Weights and their cotangents become the scores' cotangents, times `scale`, in place of the cotangents.
///
/// A score changes its own weight, and through the sum all others of its row.
WITH_VECTORS static void unweigh(const float *weights, float *cotangents, int64_t width, float scale) {
  __m512 sum = _mm512_setzero_ps();
  for (int64_t key = 0; key < width; key += vectorLanes)
    sum = _mm512_fmadd_ps(_mm512_loadu_ps(weights + key), _mm512_loadu_ps(cotangents + key), sum);
  __m512 mean = _mm512_set1_ps(_mm512_reduce_add_ps(sum)), factor = _mm512_set1_ps(scale);
  for (int64_t key = 0; key < width; key += vectorLanes) {
    __m512 change = _mm512_sub_ps(_mm512_loadu_ps(cotangents + key), mean);
    __m512 weight = _mm512_mul_ps(_mm512_loadu_ps(weights + key), factor);
    _mm512_storeu_ps(cotangents + key, _mm512_mul_ps(change, weight));
  }
}

static float scoreScale(const CKAttention *attention) { return (float)(1 / __builtin_sqrt((double)attention->depth)); }

/// The weights `[count, rounded keys]` of the queries from `first` on.
static void weights(const CKAttention *attention, Matrix queries, const float *turnedKeys, int64_t first, int64_t count,
                    float *target) {
  int64_t keys = attention->keys, width = rounded(keys);
  Matrix tile = {queries.start + first * queries.rowStep, queries.rowStep, 1};
  multiply(tile, (Matrix){turnedKeys, width, 1}, count, attention->depth, width, target, width, false);
  for (int64_t row = 0; row < count; row++)
    weigh(target + row * width, attention->causal ? first + row + 1 : keys, width, scoreScale(attention));
}

/// Where a head of a row of the batch begins in `[batch, rows, heads · depth]`.
static int64_t headStart(const CKAttention *attention, int64_t part, int64_t rows) {
  int64_t heads = attention->heads;
  return (part / heads * rows * heads + part % heads) * attention->depth;
}

void CKAttend(const CKAttention *attention, const float *query, const float *key, const float *value, float *output,
              int64_t part, void *scratch) {
  int64_t keys = attention->keys, depth = attention->depth, step = attention->heads * depth, width = rounded(keys);
  int64_t queryStart = headStart(attention, part, attention->queries), keyStart = headStart(attention, part, keys);
  float *turned = scratch, *mix = turned + width * depth;
  turn(key + keyStart, step, keys, depth, turned);
  Matrix queries = {query + queryStart, step, 1}, values = {value + keyStart, step, 1};
  for (int64_t first = 0; first < attention->queries; first += tileQueries) {
    int64_t left = attention->queries - first, count = left < tileQueries ? left : tileQueries;
    weights(attention, queries, turned, first, count, mix);
    multiply((Matrix){mix, width, 1}, values, count, keys, depth, output + queryStart + first * step, step, false);
  }
}

void CKAttentionGradient(const CKAttention *attention, const float *query, const float *key, const float *value,
                         const float *cotangent, float *queryGradient, float *keyGradient, float *valueGradient,
                         int64_t part, void *scratch) {
  int64_t keys = attention->keys, depth = attention->depth, step = attention->heads * depth, width = rounded(keys);
  int64_t queryStart = headStart(attention, part, attention->queries), keyStart = headStart(attention, part, keys);
  float *turnedKeys = scratch, *turnedValues = turnedKeys + width * depth, *mix = turnedValues + width * depth;
  float *changes = mix + width * tile(attention);
  turn(key + keyStart, step, keys, depth, turnedKeys);
  turn(value + keyStart, step, keys, depth, turnedValues);
  Matrix queries = {query + queryStart, step, 1};
  for (int64_t first = 0; first < attention->queries; first += tileQueries) {
    int64_t left = attention->queries - first, count = left < tileQueries ? left : tileQueries;
    int64_t start = queryStart + first * step;
    weights(attention, queries, turnedKeys, first, count, mix);
    Matrix change = {cotangent + start, step, 1};
    multiply(change, (Matrix){turnedValues, width, 1}, count, depth, width, changes, width, false);
    multiply((Matrix){mix, 1, width}, change, keys, count, depth, valueGradient + keyStart, step, first > 0);
    for (int64_t row = 0; row < count; row++)
      unweigh(mix + row * width, changes + row * width, width, scoreScale(attention));
    Matrix keyRows = {key + keyStart, step, 1}, queryRows = {query + start, step, 1};
    multiply((Matrix){changes, width, 1}, keyRows, count, keys, depth, queryGradient + start, step, false);
    multiply((Matrix){changes, 1, width}, queryRows, keys, count, depth, keyGradient + keyStart, step, first > 0);
  }
}

// MARK: streamed
//
// For drawing: eight queries at a time see the keys block by block, so that scores never leave the first-level cache. What
// was summed is scaled anew where a later block holds a higher score.
// Source: Milakov and Gimelshein, "Online normalizer calculation for softmax", 2018; Dao et al., "FlashAttention", 2022.

enum { groupKeys = 48, groupsInBlock = 8, blockKeys = groupKeys * groupsInBlock };

static int64_t wholeGroups(int64_t keys) { return (keys + groupKeys - 1) / groupKeys * groupKeys; }

size_t CKStreamedAttentionScratchSize(const CKAttention *attention) {
  int64_t keys = wholeGroups(attention->keys), depth = attention->depth;
  return (size_t)(keys * (depth + rounded(depth)) + tileRows * (rounded(depth) * 2 + blockKeys)) * sizeof(float);
}

/// Scores become weights of a sum, and what the row has summed so far is scaled to their highest.
WITH_VECTORS static void weighBlock(float *scores, int64_t count, int64_t valid, float *highest, float *sum, float *mixed,
                                    int64_t depth) {
  __m512 most = _mm512_set1_ps(*highest);
  for (int64_t key = 0; key < valid; key += vectorLanes) {
    __mmask16 lanes = firstLanes(valid - key);
    most = _mm512_mask_max_ps(most, lanes, most, _mm512_loadu_ps(scores + key));
  }
  float now = _mm512_reduce_max_ps(most);
  __m512 top = _mm512_set1_ps(now), total = _mm512_setzero_ps();
  for (int64_t key = 0; key < count; key += vectorLanes) {
    __mmask16 lanes = firstLanes(valid - key);
    __m512 weights = _mm512_maskz_mov_ps(lanes, exponential(_mm512_sub_ps(_mm512_loadu_ps(scores + key), top)));
    _mm512_storeu_ps(scores + key, weights);
    total = _mm512_add_ps(total, weights);
  }
  float factor = _mm512_cvtss_f32(exponential(_mm512_set1_ps(*highest - now)));
  *sum = *sum * factor + _mm512_reduce_add_ps(total);
  *highest = now;
  __m512 factors = _mm512_set1_ps(factor);
  for (int64_t index = 0; index < depth; index += vectorLanes)
    _mm512_storeu_ps(mixed + index, _mm512_mul_ps(factors, _mm512_loadu_ps(mixed + index)));
}

WITH_VECTORS void CKAttendStreamed(const CKAttention *attention, const float *query, const float *key, const float *value,
                                   float *output, int64_t part, int64_t from, int64_t to, void *scratch) {
  int64_t depth = attention->depth, wide = rounded(depth), keys = attention->keys, allKeys = wholeGroups(keys);
  int64_t step = attention->heads * depth, batch = part / attention->heads, start = part % attention->heads * depth;
  query += batch * attention->queries * step + start;
  output += batch * attention->queries * step + start;
  key += batch * keys * step + start;
  value += batch * keys * step + start;
  float *turnedKeys = scratch, *values = turnedKeys + allKeys * depth, *queries = values + allKeys * wide;
  float *mixed = queries + tileRows * wide, *scores = mixed + tileRows * wide;

  memset(turnedKeys, 0, (size_t)(allKeys * (depth + wide)) * sizeof(float));
  for (int64_t row = 0; row < keys; row++) {
    float *column = turnedKeys + row / groupKeys * groupKeys * depth + row % groupKeys;
    for (int64_t index = 0; index < depth; index++) column[index * groupKeys] = key[row * step + index];
    memcpy(values + row * wide, value + row * step, (size_t)depth * sizeof(float));
  }

  const float scale = 1 / sqrtf((float)depth);
  const float *lefts[tileRows], *weights[tileRows];
  float *results[tileRows], *sums[tileRows];
  for (int row = 0; row < tileRows; row++) {
    lefts[row] = queries + row * wide;
    weights[row] = scores + row * blockKeys;
  }
  for (int64_t first = from; first < to; first += tileRows) {
    float highest[tileRows], total[tileRows];
    for (int64_t row = 0; row < tileRows; row++) {
      // A tile that reaches beyond the end works on the last query again.
      int64_t number = first + row < to ? first + row : to - 1;
      for (int64_t index = 0; index < depth; index++) queries[row * wide + index] = scale * query[number * step + index];
      highest[row] = -3e38f;
      total[row] = 0;
    }
    memset(mixed, 0, (size_t)(tileRows * wide) * sizeof(float));
    for (int64_t block = 0; block < allKeys; block += blockKeys) {
      int64_t count = allKeys - block < blockKeys ? allKeys - block : blockKeys;
      for (int64_t group = 0; group < count; group += groupKeys) {
        for (int row = 0; row < tileRows; row++) results[row] = scores + row * blockKeys + group;
        productTile3(lefts, 1, turnedKeys + (block + group) * depth, groupKeys, depth, results, false);
      }
      int64_t valid = keys - block < count ? keys - block : count;
      for (int row = 0; row < tileRows; row++)
        weighBlock(scores + row * blockKeys, count, valid, highest + row, total + row, mixed + row * wide, wide);
      for (int64_t column = 0; column < wide;) {
        int64_t rest = (wide - column) / vectorLanes, vectors = rest == 4 ? 2 : rest < 3 ? rest : 3;
        const float *right = values + block * wide + column;
        for (int row = 0; row < tileRows; row++) sums[row] = mixed + row * wide + column;
        switch (vectors) {
          case 1: productTile1(weights, 1, right, wide, count, sums, true); break;
          case 2: productTile2(weights, 1, right, wide, count, sums, true); break;
          default: productTile3(weights, 1, right, wide, count, sums, true);
        }
        column += vectors * vectorLanes;
      }
    }
    for (int64_t row = 0; row < tileRows && first + row < to; row++) {
      __m512 part = _mm512_set1_ps(1 / total[row]);
      for (int64_t index = 0; index < depth; index += vectorLanes)
        _mm512_mask_storeu_ps(output + (first + row) * step + index, firstLanes(depth - index),
                              _mm512_mul_ps(part, _mm512_loadu_ps(mixed + row * wide + index)));
    }
  }
}

#else

size_t CKStreamedAttentionScratchSize(const CKAttention *attention) { return 0; }
void CKAttendStreamed(const CKAttention *attention, const float *query, const float *key, const float *value, float *output,
                      int64_t part, int64_t from, int64_t to, void *scratch) {}

size_t CKAttentionScratchSize(const CKAttention *attention) { return 0; }
size_t CKAttentionGradientScratchSize(const CKAttention *attention) { return 0; }
void CKAttend(const CKAttention *attention, const float *query, const float *key, const float *value, float *output,
              int64_t part, void *scratch) {}
void CKAttentionGradient(const CKAttention *attention, const float *query, const float *key, const float *value,
                         const float *cotangent, float *queryGradient, float *keyGradient, float *valueGradient,
                         int64_t part, void *scratch) {}

#endif
