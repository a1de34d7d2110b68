import StableHLO
import Tensors

/// An activation function, by its name in configurations.
public enum Activation: String, Sendable, CaseIterable, Codable {
    /// `x · logistic(x)`, which configurations also call `swish`.
    case silu
    /// Gaussian error linear unit, exact.
    case gelu
    /// `x · logistic(1.702 x)`, CLIP's approximation of `gelu`.
    case quickGelu = "quick_gelu"

    /// Applies the function to every element.
    public func callAsFunction(_ input: Value) throws -> Value {
        switch self {
        case .silu: try input * input.logistic()
        case .gelu: try input * 0.5 * ((input * 0.5.squareRoot()).errorFunction() + 1)
        case .quickGelu: try input * (input * 1.702).logistic()
        }
    }
}
