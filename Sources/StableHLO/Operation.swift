import Tensors

/// One operation of a program: what it does, which values it reads, which it makes.
public struct Operation: Sendable {
    /// What the operation does, with its attributes.
    public let kind: OperationKind
    /// The values it reads, in order.
    public let operands: [ValueIdentifier]
    /// The values it makes, in order.
    public let results: [ValueIdentifier]
}

/// The place of a value in its function.
public struct ValueIdentifier: Sendable, Hashable {
    let index: Int
}

/// What an operation does. The families follow the StableHLO specification.
///
/// Source: StableHLO specification, "Ops" (github.com/openxla/stablehlo, docs/spec.md).
public enum OperationKind: Sendable {
    /// A tensor known when the program is built.
    case constant(Literal)
    /// Indices along one dimension.
    case iota(dimension: Int)
    /// One element from one element.
    case unary(UnaryOperation)
    /// One element from two elements of the same type.
    case binary(BinaryOperation)
    /// An `i1` from two elements.
    case compare(ComparisonDirection)
    /// The second or third operand's element where the first is true or false.
    case select
    /// Another element type, by value.
    case convert
    /// Sums of products over contracted dimensions.
    case dotGeneral(DotDimensions)
    /// A windowed sum of products.
    case convolution(ConvolutionDimensions)
    /// Some dimensions folded into one element.
    case reduce(Reduction, dimensions: [Int])
    /// The operand's dimension `i` becomes the result's dimension `dimensions[i]`; others repeat.
    case broadcastInDimensions([Int])
    /// The same elements under another shape.
    case reshape
    /// The result's dimension `i` is the operand's dimension `permutation[i]`.
    case transpose([Int])
    /// A strided box of the operand.
    case slice(SliceBounds)
    /// The operand with a scalar around and between its elements; low and high may be negative.
    case pad(PaddingAmounts)
    /// Operands one after the other along a dimension.
    case concatenate(dimension: Int)
    /// Dimensions read backwards.
    case reverse([Int])
    /// A box of fixed sizes at a start known only when the program runs.
    case dynamicSlice(sizes: [Int])
    /// The operand with a box written into it.
    case dynamicUpdateSlice
    /// Rows of a table `[rows, width]` by index.
    case takeRows
    /// Rows added into a table `[rows, width]` at indices that may repeat.
    case addRows
    /// A body run a fixed number of times over carried values.
    case countedLoop(count: Int, body: Block)
    /// Calls code the plugin knows by name.
    case customCall(CustomCall)
    /// Keeps the compiler from moving work across.
    case optimizationBarrier
    /// The operand itself, through which no gradient flows. Takes no room in the program's text.
    case detach
}

/// Operations on one element.
public enum UnaryOperation: String, Sendable, CaseIterable {
    case negate, exponential, log, logistic, sqrt, rsqrt, tanh, sine, cosine, abs, floor, not
    /// The error function, from the CHLO dialect.
    case errorFunction = "erf"

    var mnemonic: String { self == .errorFunction ? "chlo.erf" : "stablehlo.\(rawValue)" }
}

/// Operations on two elements.
public enum BinaryOperation: String, Sendable, CaseIterable {
    case add, subtract, multiply, divide, maximum, minimum, power, remainder, and, or

    var mnemonic: String { "stablehlo.\(rawValue)" }
}

/// How two elements are compared.
public enum ComparisonDirection: String, Sendable, CaseIterable {
    case equal = "EQ"
    case notEqual = "NE"
    case less = "LT"
    case lessOrEqual = "LE"
    case greater = "GT"
    case greaterOrEqual = "GE"
}

/// How a dimension is folded.
public enum Reduction: String, Sendable, CaseIterable {
    case add, maximum, minimum
}

/// Operations that run inside another one, such as a loop's body.
public struct Block: Sendable {
    /// The values the block is given.
    public let arguments: [ValueIdentifier]
    /// What the block does, in order.
    public let operations: [Operation]
    /// The values the block hands on.
    public let results: [ValueIdentifier]
}

/// A box inside a tensor: from `starts` up to, not including, `limits`, every `strides`-th element.
public struct SliceBounds: Sendable, Hashable {
    /// First index of each dimension.
    public let starts: [Int]
    /// One past the last index of each dimension.
    public let limits: [Int]
    /// Step of each dimension, at least 1.
    public let strides: [Int]
}

/// Elements added before, after and between those of each dimension; negative amounts cut.
public struct PaddingAmounts: Sendable, Hashable {
    /// Elements before the first.
    public let low: [Int]
    /// Elements after the last.
    public let high: [Int]
    /// Elements between neighbours, never negative.
    public let interior: [Int]
}

/// A call of code the plugin knows by name.
public struct CustomCall: Sendable, Hashable {
    /// The name the code is registered under.
    public let target: String
    /// 2 for the older status-returning interface, 4 for typed foreign functions.
    public let interfaceVersion: Int
    /// The `backend_config` attribute, as text of an MLIR attribute.
    public let configuration: String
    /// Minor-to-major layouts of operands and results; empty leaves them to the compiler.
    public let operandLayouts: [[Int]]
    /// See ``operandLayouts``.
    public let resultLayouts: [[Int]]
    /// From a result's position to that of the operand whose memory it takes over. Where the operand is needed
    /// afterwards, the compiler copies it first.
    public let resultAliases: [Int: Int]
    /// The name of the call that makes the operands' cotangents out of the operands and, after them, the cotangent of the
    /// only result, with the same configuration. Nil where the call has no gradient.
    public let gradientTarget: String?

    /// Describes a call.
    public init(
        target: String, interfaceVersion: Int = 4, configuration: String = "{}",
        operandLayouts: [[Int]] = [], resultLayouts: [[Int]] = [], resultAliases: [Int: Int] = [:],
        gradientTarget: String? = nil
    ) {
        self.target = target
        self.interfaceVersion = interfaceVersion
        self.configuration = configuration
        self.operandLayouts = operandLayouts
        self.resultLayouts = resultLayouts
        self.resultAliases = resultAliases
        self.gradientTarget = gradientTarget
    }
}
