import Tensors

extension Value {
    /// Folds `dimensions` away.
    public func reduced(_ reduction: Reduction, over dimensions: [Int]) throws -> Value {
        guard !dimensions.isEmpty else { return self }
        let type = try ShapeInference.reduce(type, over: dimensions)
        try require(elementType != .i1, "reduce", "\(self.type) has no \(reduction.rawValue)")
        let neutral = try builder.emit(
            .constant(reduction.neutral(for: elementType)), [], result: TensorType(elementType, .scalar))
        return try builder.emit(.reduce(reduction, dimensions: dimensions), [self, neutral], result: type)
    }

    /// The sum over `dimensions`.
    public func sum(over dimensions: [Int]) throws -> Value { try reduced(.add, over: dimensions) }

    /// The largest element over `dimensions`.
    public func maximum(over dimensions: [Int]) throws -> Value { try reduced(.maximum, over: dimensions) }

    /// The mean over `dimensions`, of a floating-point value.
    public func mean(over dimensions: [Int]) throws -> Value {
        let sum = try sum(over: dimensions)
        let count = dimensions.reduce(1) { $0 * shape[$1] }
        return try sum * (1 / Double(max(count, 1)))
    }
}

extension Reduction {
    /// The number that changes nothing.
    func neutral(for type: ElementType) -> Literal {
        switch self {
        case .add: .splat(0)
        case .maximum: type.isFloatingPoint ? .splat(-.infinity) : Self.lowest(type)
        case .minimum: type.isFloatingPoint ? .splat(.infinity) : Self.highest(type)
        }
    }

    private static func lowest(_ type: ElementType) -> Literal {
        .splat(type.isUnsignedInteger ? 0 : -magnitude(type))
    }

    private static func highest(_ type: ElementType) -> Literal {
        switch type {
        // No `Double` holds these.
        case .i64: .elements(HostTensor([Int64.max], shape: .scalar))
        case .ui64: .elements(HostTensor([UInt64.max], shape: .scalar))
        default: .splat(magnitude(type) - 1)
        }
    }

    /// One more than an integer type's largest number.
    private static func magnitude(_ type: ElementType) -> Double {
        let bits = type.byteCount * 8 - (type.isUnsignedInteger ? 0 : 1)
        return Double(sign: .plus, exponent: bits, significand: 1)
    }
}
