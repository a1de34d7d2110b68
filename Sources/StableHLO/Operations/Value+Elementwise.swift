import Tensors

extension Value {
    // MARK: one operand

    /// Applies `operation` to every element.
    public func unary(_ operation: UnaryOperation) throws -> Value {
        let wantsTruth = operation == .not
        let fits =
            wantsTruth
            ? elementType == .i1
            : elementType.isFloatingPoint
                || (operation == .negate || operation == .abs) && elementType.isInteger
        try require(fits, operation.rawValue, "is not defined on \(type)")
        return try builder.emit(.unary(operation), [self], result: type)
    }

    /// `eˣ`.
    public func exponential() throws -> Value { try unary(.exponential) }
    /// The natural logarithm.
    public func log() throws -> Value { try unary(.log) }
    /// `1 / (1 + e⁻ˣ)`.
    public func logistic() throws -> Value { try unary(.logistic) }
    /// The square root.
    public func squareRoot() throws -> Value { try unary(.sqrt) }
    /// `1 / √x`.
    public func reciprocalSquareRoot() throws -> Value { try unary(.rsqrt) }
    /// The hyperbolic tangent.
    public func tanh() throws -> Value { try unary(.tanh) }
    /// The sine of radians.
    public func sine() throws -> Value { try unary(.sine) }
    /// The cosine of radians.
    public func cosine() throws -> Value { try unary(.cosine) }
    /// The distance from zero.
    public func absolute() throws -> Value { try unary(.abs) }
    /// The error function.
    public func errorFunction() throws -> Value { try unary(.errorFunction) }

    /// The same values as another element type; the value itself where it has that type already.
    public func converted(to elementType: ElementType) throws -> Value {
        guard elementType != self.elementType else { return self }
        return try builder.emit(.convert, [self], result: type.with(elementType))
    }

    // MARK: two operands

    /// Applies `operation` to elements of this value and `other`, which has the same type.
    public func binary(_ operation: BinaryOperation, _ other: Value) throws -> Value {
        let type = try ShapeInference.same(operation.rawValue, self.type, other.type)
        let logical = operation == .and || operation == .or
        try require(
            logical ? !elementType.isFloatingPoint : elementType != .i1, operation.rawValue,
            "is not defined on \(type)")
        return try builder.emit(.binary(operation), [self, other], result: type)
    }

    /// The same, with a number for the other operand.
    public func binary(_ operation: BinaryOperation, _ number: Double) throws -> Value {
        try binary(operation, builder.constant(number, type))
    }

    /// The sum.
    public static func + (left: Value, right: Value) throws -> Value { try left.binary(.add, right) }
    /// The difference.
    public static func - (left: Value, right: Value) throws -> Value { try left.binary(.subtract, right) }
    /// The product, element by element.
    public static func * (left: Value, right: Value) throws -> Value { try left.binary(.multiply, right) }
    /// The quotient, element by element.
    public static func / (left: Value, right: Value) throws -> Value { try left.binary(.divide, right) }
    /// The sum with a number.
    public static func + (left: Value, right: Double) throws -> Value { try left.binary(.add, right) }
    /// The difference from a number.
    public static func - (left: Value, right: Double) throws -> Value { try left.binary(.subtract, right) }
    /// The product with a number.
    public static func * (left: Value, right: Double) throws -> Value { try left.binary(.multiply, right) }
    /// The quotient by a number.
    public static func / (left: Value, right: Double) throws -> Value { try left.binary(.divide, right) }
    /// The value with its sign turned.
    public static prefix func - (operand: Value) throws -> Value { try operand.unary(.negate) }
    /// The larger element.
    public func maximum(_ other: Value) throws -> Value { try binary(.maximum, other) }
    /// The smaller element.
    public func minimum(_ other: Value) throws -> Value { try binary(.minimum, other) }

    // MARK: comparison and choice

    /// Where this value's element stands to `other`'s as `direction` says: `i1`.
    public func compared(_ direction: ComparisonDirection, to other: Value) throws -> Value {
        let type = try ShapeInference.same("compare", self.type, other.type)
        return try builder.emit(.compare(direction), [self, other], result: type.with(.i1))
    }

    /// `self`, an `i1`, chooses between the elements of two values of the same type.
    public func select(_ whereTrue: Value, _ whereFalse: Value) throws -> Value {
        let type = try ShapeInference.same("select", whereTrue.type, whereFalse.type)
        try require(
            self.type == type.with(.i1), "select", "the choice has type \(self.type), the choices \(type)")
        return try builder.emit(.select, [self, whereTrue, whereFalse], result: type)
    }
}

extension FunctionBuilder {
    /// A tensor of one repeated number.
    public func constant(_ number: Double, _ type: TensorType) throws -> Value {
        let elementType = type.elementType
        try require(
            elementType.holds(number), "constant",
            elementType == .i1
                ? "\(number) is no truth value; 0 is false and 1 is true"
                : "\(number) is no whole number that fits into \(elementType.rawValue)")
        return try emit(.constant(.splat(number)), [], result: type)
    }

    /// A tensor of given elements, written into the program's text. For weights, use arguments.
    public func constant(_ tensor: HostTensor) throws -> Value {
        try emit(.constant(.elements(tensor)), [], result: tensor.type)
    }

    /// The indices 0, 1, … along `dimension`.
    public func iota(_ type: TensorType, dimension: Int) throws -> Value {
        try require(
            (0..<type.rank).contains(dimension) && type.elementType != .i1, "iota",
            "\(type) cannot count along dimension \(dimension)")
        return try emit(.iota(dimension: dimension), [], result: type)
    }
}
