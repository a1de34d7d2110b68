/// Which dimensions a dot product sums over and which it runs along side by side.
public struct DotDimensions: Sendable, Hashable {
    /// Dimensions of the left operand that stand side by side.
    public var leftBatch: [Int]
    /// The right operand's, in the same order.
    public var rightBatch: [Int]
    /// Dimensions of the left operand that are summed over.
    public var leftContracting: [Int]
    /// The right operand's, in the same order.
    public var rightContracting: [Int]

    /// Names the dimensions. The result's are: batch, then the left's others, then the right's others.
    public init(
        contracting: (left: [Int], right: [Int]), batch: (left: [Int], right: [Int]) = ([], [])
    ) {
        leftBatch = batch.left
        rightBatch = batch.right
        leftContracting = contracting.left
        rightContracting = contracting.right
    }
}

/// The order of a convolution operand's dimensions, one letter each, such as `b01f` or `01io`.
///
/// Letters: `b` batch, `f` feature, `i` input feature, `o` output feature, `0` and `1` space.
public struct AxisOrder: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The letters, outermost dimension first.
    public let letters: [Character]

    /// Takes the letters in order.
    public init(stringLiteral value: String) { letters = Array(value) }

    /// The dimension a letter stands for, or nil.
    public func index(of letter: Character) -> Int? { letters.firstIndex(of: letter) }

    /// The dimensions of space, in order.
    public var spatial: [Int] { ["0", "1"].compactMap { index(of: $0) } }

    /// The letters as StableHLO writes them: `[b, 0, 1, f]`.
    public var description: String { "[" + letters.map(String.init).joined(separator: ", ") + "]" }
}

/// The attributes of a convolution over two dimensions of space.
public struct ConvolutionDimensions: Sendable, Hashable {
    /// The input's order of dimensions.
    public var input: AxisOrder
    /// The kernel's order of dimensions.
    public var kernel: AxisOrder
    /// The result's order of dimensions.
    public var output: AxisOrder
    /// Window step in rows and columns.
    public var strides: [Int]
    /// Rows and columns added before and after; may be negative.
    public var padding: [Padding]
    /// Distance between neighbours of the input; more than 1 puts zeros between them.
    public var inputDilation: [Int]
    /// Distance between neighbours of the kernel.
    public var kernelDilation: [Int]
    /// Number of separate groups of input features.
    public var featureGroups: Int

    /// Elements added before (`low`) and after (`high`) along one dimension of space.
    public struct Padding: Sendable, Hashable {
        /// Elements before the first.
        public var low: Int
        /// Elements after the last.
        public var high: Int

        /// Names both amounts.
        public init(_ low: Int, _ high: Int) {
            self.low = low
            self.high = high
        }
    }

    /// Describes a convolution; by default NHWC input, HWIO kernel, stride 1, no padding.
    public init(
        input: AxisOrder = "b01f", kernel: AxisOrder = "01io", output: AxisOrder = "b01f",
        strides: [Int] = [1, 1], padding: [Padding] = [Padding(0, 0), Padding(0, 0)],
        inputDilation: [Int] = [1, 1], kernelDilation: [Int] = [1, 1], featureGroups: Int = 1
    ) {
        self.input = input
        self.kernel = kernel
        self.output = output
        self.strides = strides
        self.padding = padding
        self.inputDilation = inputDilation
        self.kernelDilation = kernelDilation
        self.featureGroups = featureGroups
    }
}
