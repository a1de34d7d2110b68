import StableHLO
import Tensors

/// A parameter that a model's graph asked for: its name and shape in a checkpoint, and how it lies on a device.
public struct ParameterSpecification: Sendable, Hashable {
    /// What the parameter is, which decides how it is laid out.
    public enum Role: Sendable, Hashable {
        /// A vector, or a table of rows; lies as stored.
        case plain
        /// A matrix stored `[outputs, inputs]`, held `[inputs, outputs]`.
        case linear
        /// A kernel stored `[outputs, inputs, rows, columns]`, held in the policy's kernel order.
        case convolution(AxisOrder)
    }

    /// How a new model's parameter starts.
    public enum Initialization: Sendable, Hashable {
        /// All zeros.
        case zeros
        /// All ones.
        case ones
        /// Uniform in ±√(3/inputs): what goes in and what comes out vary alike, so that paths without a
        /// normalisation, such as an autoencoder's changes of size, neither fade nor swell.
        /// Source: LeCun et al., "Efficient BackProp", 1998, section 4.6.
        case uniformByInputs(Int)
        /// Normal with this standard deviation.
        case normal(Double)
    }

    /// The name in the checkpoint, such as `down_blocks.0.resnets.0.conv1.weight`.
    public let name: String
    /// The shape in the checkpoint.
    public let storedShape: Shape
    /// What it is.
    public let role: Role
    /// How a new one starts.
    public let initialization: Initialization

    /// Names every choice.
    /// - Precondition: a linear parameter has two dimensions, a kernel four.
    public init(name: String, storedShape: Shape, role: Role, initialization: Initialization) {
        self.name = name
        self.storedShape = storedShape
        self.role = role
        self.initialization = initialization
    }

    /// The shape on the device.
    public var deviceShape: Shape {
        Shape(permutation.map { storedShape[$0] })
    }

    /// The order of the stored dimensions that gives the device's.
    public var permutation: [Int] {
        switch role {
        case .plain: Array(0..<storedShape.rank)
        case .linear: [1, 0]
        case .convolution(let order):
            order.letters.map { letter in
                switch letter {
                case "o": 0
                case "i": 1
                case "0": 2
                default: 3
                }
            }
        }
    }

    /// Whether weight decay applies: to matrices and kernels, not to vectors.
    public var decays: Bool { storedShape.rank > 1 }
}
