import StableHLO
import Tensors

extension GradientCase {
    private static func x(_ low: Double, _ high: Double) -> HostTensor {
        .numbers([2, 3], from: low, to: high, seed: 1)
    }
    private static func y(_ low: Double, _ high: Double) -> HostTensor {
        .numbers([2, 3], from: low, to: high, seed: 2)
    }

    private static func unary(_ operation: UnaryOperation, _ low: Double, _ high: Double) -> GradientCase {
        GradientCase(operation.rawValue, [x(low, high)]) { try $0[0].unary(operation) }
    }

    private static func binary(
        _ operation: BinaryOperation, _ left: HostTensor = x(-2, 2), _ right: HostTensor = y(-2, 2)
    ) -> GradientCase {
        GradientCase(operation.rawValue, [left, right]) { try $0[0].binary(operation, $0[1]) }
    }

    static let elementwise: [GradientCase] = [
        unary(.negate, -2, 2), unary(.exponential, -2, 2), unary(.log, 0.5, 4), unary(.logistic, -3, 3),
        unary(.sqrt, 0.5, 4), unary(.rsqrt, 0.5, 4), unary(.tanh, -2, 2), unary(.sine, -3, 3),
        unary(.cosine, -3, 3), unary(.abs, -2, 2), unary(.errorFunction, -2, 2),
        binary(.add), binary(.subtract), binary(.multiply), binary(.divide, x(-2, 2), y(0.5, 2)),
        binary(.maximum), binary(.minimum), binary(.power, x(0.5, 2), y(-2, 2)),
        binary(.remainder, x(3.1, 3.9), y(1.1, 1.3)),
        GradientCase("power with a whole exponent", [x(-2, 2)]) { try $0[0].binary(.power, 3) },
        GradientCase("select", [x(-2, 2), y(-2, 2)]) {
            try $0[0].compared(.less, to: $0[1]).select($0[0] * 3, $0[1] * $0[1])
        },
        GradientCase("fan-out", [x(-2, 2)]) { try $0[0] * $0[0] * $0[0] + $0[0] },
        GradientCase("optimization barrier", [x(-2, 2)]) { try ($0[0] * $0[0]).optimizationBarrier() * 2 },
    ]
}
