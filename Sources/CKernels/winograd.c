#include "CKernels.h"

#include <string.h>

// Winograd's convolution: two by two results at a time, out of tiles of four by four places that overlap by two. Tile and
// window are each moved to a basis in which the sixteen places no longer mix, so that sixteen products take the place of
// thirty-six. Only sums of up to four numbers are rounded to `bf16`, so little is lost.
// Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", section 4.1, F(2×2, 3×3).

#if defined(__x86_64__)
#include "products.h"

enum {
  tileSide = 4,
  positions = tileSide * tileSide,
  stride = 2,
  // Tiles whose products with a group of outputs stay in the second-level cache until they are finished.
  tilesAtOnce = 64,
};

static int64_t tilesAcross(const CKConvolution *convolution) { return convolution->width / stride; }
static int64_t tilesInPicture(const CKConvolution *convolution) {
  return convolution->height / stride * tilesAcross(convolution);
}

bool CKWinogradConvolves(const CKConvolution *convolution) {
  return convolution->height % stride == 0 && convolution->width % stride == 0;
}

bool CKWinogradSums(const CKConvolution *convolution) {
  return CKWinogradConvolves(convolution) && tilesInPicture(convolution) % 2 == 0;
}

// MARK: changes of basis

/// Four numbers of a row or column of a tile.
#define TO_POSITIONS(a, b, c, d) \
  { _mm512_sub_ps(a, c), _mm512_add_ps(b, c), _mm512_sub_ps(c, b), _mm512_sub_ps(b, d) }

/// The tile whose places begin at `places`, sixteen features each.
WITH_BF16 static inline void changeTile(const float *const places[positions], __m512 changed[positions]) {
  __m512 rows[tileSide][tileSide];
  for (int row = 0; row < tileSide; row++) {
    const float *const *tile = places + row * tileSide;
    __m512 a = _mm512_loadu_ps(tile[0]), b = _mm512_loadu_ps(tile[1]);
    __m512 c = _mm512_loadu_ps(tile[2]), d = _mm512_loadu_ps(tile[3]);
    __m512 inRow[tileSide] = TO_POSITIONS(a, b, c, d);
    for (int column = 0; column < tileSide; column++) rows[row][column] = inRow[column];
  }
  for (int column = 0; column < tileSide; column++) {
    __m512 inColumn[tileSide] = TO_POSITIONS(rows[0][column], rows[1][column], rows[2][column], rows[3][column]);
    for (int row = 0; row < tileSide; row++) changed[row * tileSide + column] = inColumn[row];
  }
}

/// Where the places of a tile begin; none where it reaches beyond the picture.
static void findTile(const CKConvolution *convolution, const float *input, int64_t tile, const float *places[positions]) {
  int64_t height = convolution->height, width = convolution->width, features = convolution->inputs;
  int64_t picture = tile / tilesInPicture(convolution), number = tile % tilesInPicture(convolution);
  int64_t top = number / tilesAcross(convolution) * stride - 1, left = number % tilesAcross(convolution) * stride - 1;
  for (int64_t place = 0; place < positions; place++) {
    int64_t row = top + place / tileSide, column = left + place % tileSide;
    bool isInside = row >= 0 && row < height && column >= 0 && column < width;
    places[place] = isInside ? input + ((picture * height + row) * width + column) * features : NULL;
  }
}

/// Three numbers of a row or column of the window.
#define WINDOW_TO_POSITIONS(a, b, c)                                                                   \
  {                                                                                                    \
    a, _mm512_mul_ps(half, _mm512_add_ps(_mm512_add_ps(a, c), b)),                                     \
        _mm512_mul_ps(half, _mm512_sub_ps(_mm512_add_ps(a, c), b)), c                                  \
  }

/// The window of sixteen weights whose places lie `step` apart.
WITH_BF16 static inline void changeWindow(const float *weights, int64_t step, bool reversed, __m512 changed[positions]) {
  const __m512 half = _mm512_set1_ps(0.5f);
  __m512 rows[side][tileSide];
  for (int row = 0; row < side; row++) {
    __m512 place[side];
    for (int column = 0; column < side; column++) {
      int number = row * side + column;
      place[column] = _mm512_loadu_ps(weights + (reversed ? window - 1 - number : number) * step);
    }
    __m512 inRow[tileSide] = WINDOW_TO_POSITIONS(place[0], place[1], place[2]);
    for (int column = 0; column < tileSide; column++) rows[row][column] = inRow[column];
  }
  for (int column = 0; column < tileSide; column++) {
    __m512 inColumn[tileSide] = WINDOW_TO_POSITIONS(rows[0][column], rows[1][column], rows[2][column]);
    for (int row = 0; row < tileSide; row++) changed[row * tileSide + column] = inColumn[row];
  }
}

// MARK: convolving

/// 32-bit elements that a tile's numbers take at one position, and rows of a group's weights: each holds a pair of inputs, or
/// one.
static int64_t steps(const CKConvolution *convolution, bool rounded) {
  return rounded ? convolution->inputs / 2 : convolution->inputs;
}

size_t CKWinogradTilesSize(const CKConvolution *convolution, bool rounded, int64_t tiles) {
  // The innermost loop reads eight tiles at a time.
  int64_t whole = (tiles + tilePixels - 1) / tilePixels * tilePixels;
  return (size_t)(positions * whole * steps(convolution, rounded)) * 4;
}

int64_t CKWinogradTileCount(const CKConvolution *convolution) {
  return convolution->pictures * tilesInPicture(convolution);
}

/// Tiles are kept by eights, then position, then tile.
static int64_t tileStart(const CKConvolution *convolution, bool rounded, int64_t tile, int64_t position) {
  int64_t eight = tile / tilePixels, inEight = tile % tilePixels;
  return ((eight * positions + position) * tilePixels + inEight) * steps(convolution, rounded);
}

WITH_BF16 void CKWinogradChangeTiles(const CKConvolution *convolution, bool rounded, const float *input, int64_t block,
                                     int64_t from, int64_t to, void *changed) {
  float zeros[lanes] = {0};
  for (int64_t tile = from; tile < to; tile++) {
    const float *places[positions];
    findTile(convolution, input, block + tile, places);
    for (int64_t feature = 0; feature < convolution->inputs; feature += lanes) {
      const float *numbers[positions];
      for (int place = 0; place < positions; place++) numbers[place] = places[place] ? places[place] + feature : zeros;
      __m512 moved[positions];
      changeTile(numbers, moved);
      for (int64_t position = 0; position < positions; position++) {
        int64_t start = tileStart(convolution, rounded, tile, position);
        if (rounded)
          _mm256_storeu_si256((__m256i *)((uint16_t *)changed + 2 * start + feature),
                              (__m256i)_mm512_cvtneps_pbh(moved[position]));
        else
          _mm512_storeu_ps((float *)changed + start + feature, moved[position]);
      }
    }
  }
}

/// The weights of a group: by position, then input or pair of inputs.
size_t CKWinogradScratchSize(const CKConvolution *convolution, bool rounded) {
  return (size_t)(positions * (steps(convolution, rounded) + tilesAtOnce) * widestOutputs) * 4;
}

/// Rounds and packs the weights of one group of outputs.
WITH_BF16 static void packRounded(const CKConvolution *convolution, const float *weights, bool swapped, bool reversed,
                                  int64_t group, uint32_t *target) {
  int64_t inputs = convolution->inputs, outputs = convolution->outputs, step = inputs * outputs;
  int64_t groupWidth = groupVectors(outputs, group) * lanes, positionStep = inputs / 2 * groupWidth;
  for (int64_t from = 0; from < inputs; from += lanes, target += lanes / 2 * groupWidth)
    for (int64_t output = 0; output < groupWidth; output += lanes) {
      int64_t column = group * widestOutputs + output;
      if (swapped) {
        // Along the inputs first, then sixteen outputs are turned at once.
        float rows[positions][lanes][lanes];
        for (int64_t row = 0; row < lanes; row++) {
          __m512 changed[positions];
          changeWindow(weights + (column + row) * inputs + from, step, reversed, changed);
          for (int position = 0; position < positions; position++)
            _mm512_storeu_ps(rows[position][row], changed[position]);
        }
        for (int position = 0; position < positions; position++)
          turnPairs(rows[position][0], lanes, target + position * positionStep + output, groupWidth);
        continue;
      }
      for (int64_t pair = 0; pair < lanes / 2; pair++) {
        __m512 even[positions], odd[positions];
        const float *row = weights + (from + 2 * pair) * outputs + column;
        changeWindow(row, step, reversed, even);
        changeWindow(row + outputs, step, reversed, odd);
        for (int position = 0; position < positions; position++)
          _mm512_storeu_si512(target + position * positionStep + pair * groupWidth + output,
                              paired(even[position], odd[position]));
      }
    }
}

/// Packs the weights of one group of outputs as they are.
WITH_BF16 static void packExact(const CKConvolution *convolution, const float *weights, int64_t group, float *target) {
  int64_t inputs = convolution->inputs, outputs = convolution->outputs;
  int64_t groupWidth = groupVectors(outputs, group) * lanes;
  for (int64_t input = 0; input < inputs; input++, target += groupWidth)
    for (int64_t output = 0; output < groupWidth; output += lanes) {
      __m512 changed[positions];
      changeWindow(weights + input * outputs + group * widestOutputs + output, inputs * outputs, false, changed);
      for (int64_t position = 0; position < positions; position++)
        _mm512_storeu_ps(target + position * inputs * groupWidth + output, changed[position]);
    }
}

/// Eight tiles against `vectors` · 16 outputs, at one position; `MULTIPLY_ADD(sum, number, weights)` is one step.
#define TILE_PRODUCT(name, vectors, MULTIPLY_ADD)                                                                   \
  WITH_BF16 static void name##vectors(const float *tiles, int64_t steps, const float *weights, float *products) {   \
    __m512 sums[tilePixels][vectors];                                                                               \
    for (int tile = 0; tile < tilePixels; tile++)                                                                   \
      for (int vector = 0; vector < vectors; vector++) sums[tile][vector] = _mm512_setzero_ps();                    \
    for (int64_t step = 0; step < steps; step++, weights += vectors * lanes) {                                      \
      __m512 weight[vectors];                                                                                       \
      for (int vector = 0; vector < vectors; vector++) weight[vector] = _mm512_loadu_ps(weights + vector * lanes);  \
      for (int tile = 0; tile < tilePixels; tile++) {                                                               \
        __m512 number = _mm512_set1_ps(tiles[tile * steps + step]);                                                 \
        for (int vector = 0; vector < vectors; vector++)                                                            \
          sums[tile][vector] = MULTIPLY_ADD(sums[tile][vector], number, weight[vector]);                            \
      }                                                                                                             \
    }                                                                                                               \
    for (int tile = 0; tile < tilePixels; tile++)                                                                   \
      for (int vector = 0; vector < vectors; vector++)                                                              \
        _mm512_storeu_ps(products + (tile * vectors + vector) * lanes, sums[tile][vector]);                         \
  }
#define EXACT(sum, number, weight) _mm512_fmadd_ps(number, weight, sum)
#define ROUNDED(sum, number, weight) _mm512_dpbf16_ps(sum, (__m512bh)weight, (__m512bh)number)
TILE_PRODUCT(exactProduct, 1, EXACT)
TILE_PRODUCT(exactProduct, 2, EXACT)
TILE_PRODUCT(exactProduct, 3, EXACT)
TILE_PRODUCT(roundedProduct, 1, ROUNDED)
TILE_PRODUCT(roundedProduct, 2, ROUNDED)
TILE_PRODUCT(roundedProduct, 3, ROUNDED)

/// Two by two results out of the sixteen products of a tile, which lie `step` apart.
WITH_BF16 static inline void finishTile(const float *products, int64_t step, float *top, float *bottom, int64_t outputs) {
  __m512 upper[tileSide], lower[tileSide];
  for (int column = 0; column < tileSide; column++) {
    __m512 a = _mm512_loadu_ps(products + column * step), b = _mm512_loadu_ps(products + (tileSide + column) * step);
    __m512 c = _mm512_loadu_ps(products + (2 * tileSide + column) * step);
    __m512 d = _mm512_loadu_ps(products + (3 * tileSide + column) * step);
    upper[column] = _mm512_add_ps(_mm512_add_ps(a, b), c);
    lower[column] = _mm512_sub_ps(_mm512_sub_ps(b, c), d);
  }
  _mm512_storeu_ps(top, _mm512_add_ps(_mm512_add_ps(upper[0], upper[1]), upper[2]));
  _mm512_storeu_ps(top + outputs, _mm512_sub_ps(_mm512_sub_ps(upper[1], upper[2]), upper[3]));
  _mm512_storeu_ps(bottom, _mm512_add_ps(_mm512_add_ps(lower[0], lower[1]), lower[2]));
  _mm512_storeu_ps(bottom + outputs, _mm512_sub_ps(_mm512_sub_ps(lower[1], lower[2]), lower[3]));
}

WITH_BF16 void CKWinogradMultiply(const CKConvolution *convolution, bool rounded, const float *weights, bool swapped,
                                  bool reversed, const void *changed, int64_t block, int64_t from, int64_t to,
                                  int64_t group, float *output, void *scratch) {
  static void (*const products[2][widestVectors])(const float *, int64_t, const float *, float *) = {
      {exactProduct1, exactProduct2, exactProduct3}, {roundedProduct1, roundedProduct2, roundedProduct3}};
  int64_t outputs = convolution->outputs, width = convolution->width, across = tilesAcross(convolution);
  int64_t inPicture = tilesInPicture(convolution), depth = steps(convolution, rounded);
  int64_t vectors = groupVectors(outputs, group), groupWidth = vectors * lanes;
  float *packed = scratch, *sums = packed + positions * depth * widestOutputs;
  if (rounded)
    packRounded(convolution, weights, swapped, reversed, group, (uint32_t *)packed);
  else
    packExact(convolution, weights, group, packed);

  for (int64_t start = from; start < to; start += tilesAtOnce) {
    int64_t count = to - start < tilesAtOnce ? to - start : tilesAtOnce;
    // What follows the last tile of an eight that is not full is whatever stands there; nobody reads its products.
    for (int64_t position = 0; position < positions; position++)
      for (int64_t tile = 0; tile < count; tile += tilePixels)
        products[rounded][vectors - 1]((const float *)changed + tileStart(convolution, rounded, start + tile, position),
                                       depth, packed + position * depth * groupWidth,
                                       sums + (position * tilesAtOnce + tile) * groupWidth);
    for (int64_t tile = 0; tile < count; tile++) {
      int64_t all = block + start + tile, picture = all / inPicture, number = all % inPicture;
      int64_t row = picture * convolution->height + number / across * stride, column = number % across * stride;
      float *top = output + (row * width + column) * outputs + group * widestOutputs;
      for (int64_t feature = 0; feature < groupWidth; feature += lanes)
        finishTile(sums + tile * groupWidth + feature, tilesAtOnce * groupWidth, top + feature,
                   top + width * outputs + feature, outputs);
    }
  }
}

// MARK: the weights' gradient
//
// The sums run over tiles, so pairs are neighbouring tiles of a picture.

static int64_t tilePairs(const CKConvolution *convolution) {
  return convolution->pictures * tilesInPicture(convolution) / 2;
}

size_t CKWinogradInputSize(const CKConvolution *convolution) {
  return (size_t)(positions * tilePairs(convolution) * convolution->inputs) * 4;
}

size_t CKWinogradCotangentSize(const CKConvolution *convolution) {
  return (size_t)(positions * tilePairs(convolution) * convolution->outputs) * 4;
}

WITH_BF16 void CKWinogradPairInput(const CKConvolution *convolution, const float *input, int64_t picture, void *paired_) {
  int64_t inputs = convolution->inputs, pairs = tilesInPicture(convolution) / 2;
  uint32_t *target = (uint32_t *)paired_ + picture * pairs * inputs;
  float zeros[lanes] = {0};
  for (int64_t pair = 0; pair < pairs; pair++, target += inputs) {
    const float *even[positions], *odd[positions];
    findTile(convolution, input, (picture * pairs + pair) * 2, even);
    findTile(convolution, input, (picture * pairs + pair) * 2 + 1, odd);
    for (int64_t feature = 0; feature < inputs; feature += lanes) {
      __m512 first[positions], second[positions];
      const float *evenPlaces[positions], *oddPlaces[positions];
      for (int place = 0; place < positions; place++) {
        evenPlaces[place] = even[place] ? even[place] + feature : zeros;
        oddPlaces[place] = odd[place] ? odd[place] + feature : zeros;
      }
      changeTile(evenPlaces, first);
      changeTile(oddPlaces, second);
      for (int64_t position = 0; position < positions; position++)
        _mm512_storeu_si512(target + position * tilePairs(convolution) * inputs + feature,
                            paired(first[position], second[position]));
    }
  }
}

/// Two by two cotangents, moved to the basis of the products: what `finishTile` does, turned around.
WITH_BF16 static inline void changeCotangent(const float *top, const float *bottom, int64_t outputs,
                                             __m512 changed[positions]) {
  __m512 a = _mm512_loadu_ps(top), b = _mm512_loadu_ps(top + outputs);
  __m512 c = _mm512_loadu_ps(bottom), d = _mm512_loadu_ps(bottom + outputs), none = _mm512_setzero_ps();
  __m512 left[tileSide] = {a, _mm512_add_ps(a, c), _mm512_sub_ps(a, c), _mm512_sub_ps(none, c)};
  __m512 right[tileSide] = {b, _mm512_add_ps(b, d), _mm512_sub_ps(b, d), _mm512_sub_ps(none, d)};
  for (int row = 0; row < tileSide; row++) {
    changed[row * tileSide] = left[row];
    changed[row * tileSide + 1] = _mm512_add_ps(left[row], right[row]);
    changed[row * tileSide + 2] = _mm512_sub_ps(left[row], right[row]);
    changed[row * tileSide + 3] = _mm512_sub_ps(none, right[row]);
  }
}

WITH_BF16 void CKWinogradPairCotangent(const CKConvolution *convolution, const float *cotangent, int64_t picture,
                                       void *paired_) {
  int64_t outputs = convolution->outputs, width = convolution->width, across = tilesAcross(convolution);
  int64_t pairs = tilesInPicture(convolution) / 2, allPairs = tilePairs(convolution);
  const float *rows = cotangent + picture * convolution->height * width * outputs;
  for (int64_t pair = 0; pair < pairs; pair++) {
    const float *tops[2];
    for (int64_t tile = 0; tile < 2; tile++) {
      int64_t number = 2 * pair + tile;
      tops[tile] = rows + (number / across * stride * width + number % across * stride) * outputs;
    }
    for (int64_t group = 0; group < groupCount(outputs); group++) {
      int64_t groupWidth = groupVectors(outputs, group) * lanes;
      uint32_t *target =
          (uint32_t *)paired_ + group * widestOutputs * allPairs + (picture * pairs + pair) * groupWidth;
      for (int64_t feature = 0; feature < groupWidth; feature += lanes) {
        __m512 even[positions], odd[positions];
        int64_t start = group * widestOutputs + feature, below = start + width * outputs;
        changeCotangent(tops[0] + start, tops[0] + below, outputs, even);
        changeCotangent(tops[1] + start, tops[1] + below, outputs, odd);
        for (int64_t position = 0; position < positions; position++)
          _mm512_storeu_si512(target + position * allPairs * outputs + feature, paired(even[position], odd[position]));
      }
    }
  }
}

/// Four sums of a row or column become the three of the window.
#define TO_WINDOW(a, b, c, d)                                                                     \
  {                                                                                               \
    _mm512_fmadd_ps(half, _mm512_add_ps(b, c), a), _mm512_mul_ps(half, _mm512_sub_ps(b, c)),      \
        _mm512_fmadd_ps(half, _mm512_add_ps(b, c), d)                                             \
  }

WITH_BF16 void CKWinogradKernelGradient(const CKConvolution *convolution, const void *pairedInput,
                                        const void *pairedCotangent, int64_t from, int64_t group, float *gradient) {
  int64_t inputs = convolution->inputs, outputs = convolution->outputs, pairs = tilePairs(convolution);
  int64_t vectors = groupVectors(outputs, group);
  float sums[positions][lanes][widestOutputs];
  for (int64_t position = 0; position < positions; position++) {
    const uint32_t *change =
        (const uint32_t *)pairedCotangent + position * pairs * outputs + group * widestOutputs * pairs;
    for (int64_t feature = 0; feature < lanes; feature += tilePixels) {
      const int32_t *tiles = (const int32_t *)pairedInput + position * pairs * inputs + from + feature;
      float *target = sums[position][feature];
      switch (vectors) {
        case 1: gradientTile1(tiles, 0, 0, inputs, change, 1, 1, pairs, target, widestOutputs, true); break;
        case 2: gradientTile2(tiles, 0, 0, inputs, change, 1, 1, pairs, target, widestOutputs, true); break;
        default: gradientTile3(tiles, 0, 0, inputs, change, 1, 1, pairs, target, widestOutputs, true);
      }
    }
  }
  const __m512 half = _mm512_set1_ps(0.5f);
  for (int64_t feature = 0; feature < lanes; feature++)
    for (int64_t output = 0; output < vectors * lanes; output += lanes) {
      __m512 rows[side][tileSide];
      for (int column = 0; column < tileSide; column++) {
        __m512 place[tileSide];
        for (int row = 0; row < tileSide; row++)
          place[row] = _mm512_loadu_ps(&sums[row * tileSide + column][feature][output]);
        __m512 inColumn[side] = TO_WINDOW(place[0], place[1], place[2], place[3]);
        for (int row = 0; row < side; row++) rows[row][column] = inColumn[row];
      }
      for (int row = 0; row < side; row++) {
        __m512 inRow[side] = TO_WINDOW(rows[row][0], rows[row][1], rows[row][2], rows[row][3]);
        float *target = gradient + (row * side * inputs + from + feature) * outputs + group * widestOutputs + output;
        for (int column = 0; column < side; column++)
          _mm512_storeu_ps(target + column * inputs * outputs, inRow[column]);
      }
    }
}

#else

bool CKWinogradConvolves(const CKConvolution *convolution) { return false; }
bool CKWinogradSums(const CKConvolution *convolution) { return false; }
int64_t CKWinogradTileCount(const CKConvolution *convolution) { return 0; }
size_t CKWinogradTilesSize(const CKConvolution *convolution, bool rounded, int64_t tiles) { return 0; }
void CKWinogradChangeTiles(const CKConvolution *convolution, bool rounded, const float *input, int64_t block,
                           int64_t from, int64_t to, void *changed) {}
size_t CKWinogradScratchSize(const CKConvolution *convolution, bool rounded) { return 0; }
void CKWinogradMultiply(const CKConvolution *convolution, bool rounded, const float *weights, bool swapped, bool reversed,
                        const void *changed, int64_t block, int64_t from, int64_t to, int64_t group, float *output,
                        void *scratch) {}
size_t CKWinogradInputSize(const CKConvolution *convolution) { return 0; }
size_t CKWinogradCotangentSize(const CKConvolution *convolution) { return 0; }
void CKWinogradPairInput(const CKConvolution *convolution, const float *input, int64_t picture, void *paired) {}
void CKWinogradPairCotangent(const CKConvolution *convolution, const float *cotangent, int64_t picture, void *paired) {}
void CKWinogradKernelGradient(const CKConvolution *convolution, const void *pairedInput, const void *pairedCotangent,
                              int64_t from, int64_t group, float *gradient) {}

#endif
