import Tensors

extension Value {
    /// Folds `dimensions` away.
    public func reduced(_ reduction: Reduction, over dimensions: [Int]) throws -> Value {
        guard !dimensions.isEmpty else { return self }
        let type = try ShapeInference.reduce(type, over: dimensions)
        try require(elementType != .i1, "reduce", "\(self.type) has no \(reduction.rawValue)")
        let neutral = try builder.constant(
            reduction.neutral(for: elementType), TensorType(elementType, .scalar))
        return try builder.emit(.reduce(reduction, dimensions: dimensions), [self, neutral], result: type)
    }

    /// The sum over `dimensions`.
    public func sum(over dimensions: [Int]) throws -> Value { try reduced(.add, over: dimensions) }

    /// The largest element over `dimensions`.
    public func maximum(over dimensions: [Int]) throws -> Value { try reduced(.maximum, over: dimensions) }

    /// The mean over `dimensions`, of a floating-point value.
    public func mean(over dimensions: [Int]) throws -> Value {
        let count = dimensions.reduce(1) { $0 * shape[$1] }
        return try sum(over: dimensions) * (1 / Double(max(count, 1)))
    }
}

extension Reduction {
    /// The number that changes nothing.
    func neutral(for type: ElementType) -> Double {
        switch self {
        case .add: 0
        case .maximum: type.isFloatingPoint ? -.infinity : Self.integerBounds(type).lowest
        case .minimum: type.isFloatingPoint ? .infinity : Self.integerBounds(type).highest
        }
    }

    /// 64-bit bounds are rounded inwards to what a `Double` holds exactly.
    private static func integerBounds(_ type: ElementType) -> (lowest: Double, highest: Double) {
        let bits = type.byteCount * 8
        let unsigned = type.isUnsignedInteger
        guard bits < 64 else { return (unsigned ? 0 : -0x1p63, 0x1.fffffffffffffp62) }
        let magnitude = Double(sign: .plus, exponent: unsigned ? bits : bits - 1, significand: 1)
        return (unsigned ? 0 : -magnitude, magnitude - 1)
    }
}
