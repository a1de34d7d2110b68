import StableHLO
import Tensors

/// A model's program while its layers are being emitted: the function, the policy, and the parameters asked for.
///
/// Not `Sendable`: a program is built on one thread.
public final class ModelGraph {
    /// The function that layers emit into.
    public let builder: FunctionBuilder
    /// How they are written.
    public let policy: ComputePolicy
    /// Low-rank adapters to add, by the path of the layer they change.
    public let adapters: [String: AdapterShape]
    /// Low-rank changes that differ from row to row; nil where no row has any. Set before the layers that it changes are
    /// emitted.
    public var rowwise: RowwiseLowRank?
    /// The parameters asked for so far, in the order of their arguments.
    public private(set) var parameters: [ParameterSpecification] = []
    private var values: [String: Value] = [:]

    /// The size of a low-rank adapter of one layer.
    public struct AdapterShape: Sendable, Hashable {
        /// The inner dimension.
        public let rank: Int
        /// What the low-rank product is multiplied with.
        public let scale: Double

        /// Names both.
        public init(rank: Int, scale: Double) {
            self.rank = rank
            self.scale = scale
        }
    }

    /// Starts a graph in `builder`.
    public init(
        builder: FunctionBuilder, policy: ComputePolicy, adapters: [String: AdapterShape] = [:]
    ) {
        self.builder = builder
        self.policy = policy
        self.adapters = adapters
    }

    /// The outermost scope, whose parameters have no prefix.
    public var root: ModuleScope { ModuleScope(graph: self, path: "") }

    /// The values of the parameters, in the order of ``parameters``.
    public var parameterValues: [Value] { parameters.compactMap { values[$0.name] } }

    /// Ends the function, with the calls of our own kernels that the policy wishes for.
    /// - Parameter aliases: from an argument's position to the result that takes over its memory.
    public func finish(returning results: [Value], aliasing aliases: [Int: Int] = [:]) throws -> Function {
        let plain = try builder.finish(returning: results, aliasing: aliases)
        return try policy.kernelLowering.map { try $0(plain) } ?? plain
    }

    /// The argument for a parameter; one argument for each name, however often it is asked for.
    /// - Throws: ``ProgramError`` where the name was asked for with another shape.
    func parameter(_ specification: ParameterSpecification) throws -> Value {
        if let known = values[specification.name] {
            guard known.shape == specification.deviceShape else {
                throw ProgramError(
                    specification.name,
                    "is used as \(known.shape) and as \(specification.deviceShape); one name has one shape")
            }
            return known
        }
        let value = builder.argument(
            specification.name, TensorType(policy.parameterType, specification.deviceShape))
        parameters.append(specification)
        values[specification.name] = value
        return value
    }
}

/// A place in a model: the graph, and the prefix of the names of the parameters that belong here.
public struct ModuleScope {
    /// The graph that layers emit into.
    public let graph: ModelGraph
    /// The path so far, such as `down_blocks.0.resnets.1`.
    public let path: String

    /// How layers are written.
    public var policy: ComputePolicy { graph.policy }
    /// The function that layers emit into.
    public var builder: FunctionBuilder { graph.builder }

    /// The scope one or more levels further in.
    public subscript(_ component: String) -> ModuleScope {
        ModuleScope(graph: graph, path: path.isEmpty ? component : "\(path).\(component)")
    }

    /// The scope of a numbered part.
    public subscript(_ component: String, _ index: Int) -> ModuleScope { self["\(component).\(index)"] }

    /// A parameter of this scope.
    public func parameter(
        _ name: String, _ shape: Shape, role: ParameterSpecification.Role = .plain,
        initialization: ParameterSpecification.Initialization
    ) throws -> Value {
        try graph.parameter(
            ParameterSpecification(
                name: self[name].path, storedShape: shape, role: role, initialization: initialization))
    }

    /// A vector such as a bias or a norm's weight, as the activations' type.
    func vector(
        _ name: String, _ size: Int, _ initialization: ParameterSpecification.Initialization
    ) throws -> Value {
        try parameter(name, [size], initialization: initialization).converted(to: policy.activationType)
    }
}
