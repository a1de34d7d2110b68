#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Convolutions with windows of three by three places and one place of zeros around the picture, over operands rounded
/// to `bf16`, with sums in `float`.
///
/// Pictures are `[pictures, height, width, features]`, weights `[3, 3, inputs, outputs]`, all `float`, row-major.
/// `inputs` and `outputs` are multiples of 16, `width` is even. Work is cut into parts that may run at the same time: first all parts of
/// `prepare…`, then all parts of the rest. The caller lends the memory for what is prepared, 64-byte aligned.
typedef struct {
  int64_t pictures, height, width, inputs, outputs;
} CKConvolution;

/// Whether this processor has the instructions that the functions below need. They must not be called where it is false.
bool CKHasBrainFloatProducts(void);

/// Bytes that `CKPackWeights` writes.
size_t CKPackedWeightsSize(const CKConvolution *convolution);

/// Rounds and packs the weights of one group of outputs at one of the window's nine places. The groups are numbered below
/// `CKOutputGroupCount`.
/// @param swapped   whether `weights` is `[3, 3, outputs, inputs]`.
/// @param reversed  whether the window is read backwards both ways.
void CKPackWeights(const CKConvolution *convolution, const float *weights, bool swapped, bool reversed, int64_t group,
                   int64_t place, void *packed);

/// How many groups the outputs are cut into.
int64_t CKOutputGroupCount(const CKConvolution *convolution);

/// Bytes of scratch memory that `CKConvolve` needs for so many pictures.
size_t CKPaddedSize(const CKConvolution *convolution, int64_t pictures);

/// Convolves the pictures from `first` up to, not including, `last`.
/// @param scratch  `CKPaddedSize` bytes that nobody else uses now.
void CKConvolve(const CKConvolution *convolution, const float *input, const void *packed, float *output, int64_t first,
                int64_t last, void *scratch);

/// Bytes of the pairs of neighbours that `CKPairInput` and `CKPairCotangent` write.
size_t CKPairedInputSize(const CKConvolution *convolution);
size_t CKPairedCotangentSize(const CKConvolution *convolution);

/// Rounds one picture of the input and of the result's cotangent, and joins neighbours in a row.
void CKPairInput(const CKConvolution *convolution, const float *input, int64_t picture, void *paired);
void CKPairCotangent(const CKConvolution *convolution, const float *cotangent, int64_t picture, void *paired);

/// The weights' gradient, `[3, 3, inputs, outputs]`, for one of the nine places of the window and the inputs from `from` up
/// to, not including, `to`, both multiples of 8.
void CKKernelGradient(const CKConvolution *convolution, const void *pairedInput, const void *pairedCotangent, int64_t place,
                      int64_t from, int64_t to, float *gradient);

// MARK: the same by Winograd's tiles
//
// Two by two results out of tiles of four by four places: sixteen products for each input and output where there were
// thirty-six. Operands are rounded to `bf16`, after they were moved to the tiles' basis, or not at all.

/// Whether the sides of a picture are even, so that tiles cover it; and whether the weights' gradient can be had too, for which
/// a picture must have an even number of tiles.
bool CKWinogradConvolves(const CKConvolution *convolution);
bool CKWinogradSums(const CKConvolution *convolution);

/// How many tiles all pictures have. They are worked on by blocks that stay in a cache.
int64_t CKWinogradTileCount(const CKConvolution *convolution);

/// Bytes for so many tiles in their basis, all inputs, 64-byte aligned.
size_t CKWinogradTilesSize(const CKConvolution *convolution, bool rounded, int64_t tiles);

/// Moves the tiles of a block from `from` up to, not including, `to` to their basis.
/// @param block  the number of the block's first tile.
void CKWinogradChangeTiles(const CKConvolution *convolution, bool rounded, const float *input, int64_t block,
                           int64_t from, int64_t to, void *changed);

/// Bytes of scratch memory, 64-byte aligned, that each call of `CKWinogradMultiply` needs.
size_t CKWinogradScratchSize(const CKConvolution *convolution, bool rounded);

/// The results of a block's tiles from `from`, a multiple of 8, up to, not including, `to`, for one group of outputs; see
/// `CKPackWeights` for `swapped` and `reversed`, which both are false where operands are not rounded.
void CKWinogradMultiply(const CKConvolution *convolution, bool rounded, const float *weights, bool swapped, bool reversed,
                        const void *changed, int64_t block, int64_t from, int64_t to, int64_t group, float *output,
                        void *scratch);

/// Bytes of the pairs of neighbouring tiles that the two functions below write.
size_t CKWinogradInputSize(const CKConvolution *convolution);
size_t CKWinogradCotangentSize(const CKConvolution *convolution);

/// Moves one picture of the input and of the result's cotangent to the tiles' basis, rounds, and joins neighbouring tiles.
void CKWinogradPairInput(const CKConvolution *convolution, const float *input, int64_t picture, void *paired);
void CKWinogradPairCotangent(const CKConvolution *convolution, const float *cotangent, int64_t picture, void *paired);

/// The weights' gradient for sixteen inputs from `from` and one group of outputs.
void CKWinogradKernelGradient(const CKConvolution *convolution, const void *pairedInput, const void *pairedCotangent,
                              int64_t from, int64_t group, float *gradient);

// MARK: products of a transposed matrix
//
// `left` is `[summed, rows]`, `right` is `[summed, columns]`, both of `bf16` bits, row-major; the product
// `[rows, columns]` is `float`. `summed` is even, `rows` and `columns` are multiples of 16.

typedef struct {
  int64_t summed, rows, columns;
} CKTransposedProduct;

/// Bytes of what `CKPairLeft` and `CKPairRight` write.
size_t CKPairedLeftSize(const CKTransposedProduct *product);
size_t CKPairedRightSize(const CKTransposedProduct *product);

/// Joins neighbours along the summed dimension: of the left operand the pairs from `first` up to, not including, `last`; of
/// the right one a group of columns. The groups are numbered below `CKColumnGroupCount`.
void CKPairLeft(const CKTransposedProduct *product, const uint16_t *left, int64_t first, int64_t last, void *paired);
void CKPairRight(const CKTransposedProduct *product, const uint16_t *right, int64_t group, void *paired);
int64_t CKColumnGroupCount(const CKTransposedProduct *product);

/// The product for one group of columns and the rows from `from` up to, not including, `to`, both multiples of 8.
void CKMultiply(const CKTransposedProduct *product, const void *pairedLeft, const void *pairedRight, int64_t group,
                int64_t from, int64_t to, float *result);

// MARK: attention
//
// softmax(query · keyᵀ / √depth) · value, by head, in `float`. `query` and the result are `[batch, queries, heads · depth]`,
// `key` and `value` `[batch, keys, heads · depth]`, row-major. `depth` is a multiple of 16. Parts are numbered below
// batch · heads and may run at the same time.

typedef struct {
  int64_t batch, heads, queries, keys, depth;
  /// Whether a query sees only keys at its own place and before.
  bool causal;
} CKAttention;

/// Bytes of scratch memory, 64-byte aligned, that each part needs.
size_t CKAttentionScratchSize(const CKAttention *attention);
size_t CKAttentionGradientScratchSize(const CKAttention *attention);

/// Attends.
void CKAttend(const CKAttention *attention, const float *query, const float *key, const float *value, float *output,
              int64_t part, void *scratch);

/// The cotangents of query, key and value for that of the output. The scores are computed again.
void CKAttentionGradient(const CKAttention *attention, const float *query, const float *key, const float *value,
                         const float *cotangent, float *queryGradient, float *keyGradient, float *valueGradient,
                         int64_t part, void *scratch);

/// Bytes of scratch memory, 64-byte aligned, that each call of `CKAttendStreamed` needs.
size_t CKStreamedAttentionScratchSize(const CKAttention *attention);

/// Attends with queries from `from` up to, not including, `to`; scores are never all in memory. Any depth, not causal.
void CKAttendStreamed(const CKAttention *attention, const float *query, const float *key, const float *value, float *output,
                      int64_t part, int64_t from, int64_t to, void *scratch);

// MARK: group normalisation
//
// Pictures are `[pictures, pixels, channels]`, weights and biases `[channels]`, all `float`. `channels` is a multiple of 16
// and of `groups`. Pictures may be worked on at the same time.

typedef struct {
  int64_t pixels, channels, groups;
  float epsilon;
  /// Whether x · logistic(x) follows.
  bool activates;
} CKGroupNorm;

/// Bytes of scratch memory, 64-byte aligned, that each picture needs.
size_t CKGroupNormScratchSize(const CKGroupNorm *norm);
size_t CKGroupNormGradientScratchSize(const CKGroupNorm *norm);

/// Normalises one picture.
void CKNormalize(const CKGroupNorm *norm, const float *input, const float *weight, const float *bias, float *output,
                 int64_t picture, void *scratch);

/// The cotangent of one picture for that of the output. Statistics and activation are computed again.
/// @param channelSums  `[pictures, 2, channels]`: what the picture adds to the gradients of weight and bias.
void CKNormalizeGradient(const CKGroupNorm *norm, const float *input, const float *weight, const float *bias,
                         const float *cotangent, float *inputGradient, float *channelSums, int64_t picture,
                         void *scratch);

// MARK: sums

/// Sums over the rows of `[rows, columns]`, for the columns from `from` up to, not including, `to`.
void CKSumRows(const float *numbers, int64_t rows, int64_t columns, int64_t from, int64_t to, float *sums);

/// The sum of the numbers' squares.
double CKSumOfSquares(const float *numbers, int64_t count);

// MARK: optimizer

/// The numbers of one step of AdamW.
typedef struct {
  float firstDecay, secondDecay, epsilon, weightDecay, learningRate, firstCorrection, secondCorrection, averageDecay,
      gradientFactor;
} CKAdamW;

/// One step, in place, of the elements from `from` up to, not including, `to`. No two of the arrays overlap.
void CKAdamWStep(const CKAdamW *step, const float *restrict gradient, float *restrict parameter, float *restrict first,
                 float *restrict second, float *restrict average, int64_t from, int64_t to);
