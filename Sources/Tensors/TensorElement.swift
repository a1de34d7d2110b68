/// A Swift type that stands for a tensor's element type bit for bit.
public protocol TensorElement: BitwiseCopyable, Sendable {
    /// The element type these bits stand for.
    static var elementType: ElementType { get }
}

extension Bool: TensorElement {
    /// `i1`.
    public static var elementType: ElementType { .i1 }
}
extension Int8: TensorElement {
    /// `i8`.
    public static var elementType: ElementType { .i8 }
}
extension Int32: TensorElement {
    /// `i32`.
    public static var elementType: ElementType { .i32 }
}
extension Int64: TensorElement {
    /// `i64`.
    public static var elementType: ElementType { .i64 }
}
extension UInt8: TensorElement {
    /// `ui8`.
    public static var elementType: ElementType { .ui8 }
}
extension UInt32: TensorElement {
    /// `ui32`.
    public static var elementType: ElementType { .ui32 }
}
extension UInt64: TensorElement {
    /// `ui64`.
    public static var elementType: ElementType { .ui64 }
}
extension Float16: TensorElement {
    /// `f16`.
    public static var elementType: ElementType { .f16 }
}
extension Float: TensorElement {
    /// `f32`.
    public static var elementType: ElementType { .f32 }
}
extension Double: TensorElement {
    /// `f64`.
    public static var elementType: ElementType { .f64 }
}

/// A brain floating-point number: the upper sixteen bits of an IEEE 754 `Float`.
public struct BFloat16: TensorElement, Hashable {
    /// `bf16`.
    public static var elementType: ElementType { .bf16 }
    /// The sixteen bits.
    public var bitPattern: UInt16

    /// Takes the bits as they are.
    public init(bitPattern: UInt16) { self.bitPattern = bitPattern }

    /// Rounds to nearest, ties to even; a NaN stays a NaN.
    public init(_ value: Float) {
        let bits = value.bitPattern
        if value.isNaN {
            bitPattern = UInt16(truncatingIfNeeded: bits >> 16) | 0x40
        } else {
            bitPattern = UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ ((bits >> 16) & 1)) >> 16)
        }
    }

    /// The exact value as a `Float`.
    public var floatValue: Float { Float(bitPattern: UInt32(bitPattern) << 16) }
}
