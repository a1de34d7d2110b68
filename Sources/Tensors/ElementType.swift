/// The type of one element of a tensor, named as StableHLO writes it.
public enum ElementType: String, Sendable, Hashable, CaseIterable, Codable {
    /// A truth value, one byte in host memory.
    case i1
    /// Signed integers.
    case i8, i16, i32, i64
    /// Unsigned integers.
    case ui8, ui16, ui32, ui64
    /// IEEE 754 floating point, and brain floating point (`bf16`).
    case f16, bf16, f32, f64

    /// Bytes one element takes in host memory.
    public var byteCount: Int {
        switch self {
        case .i1, .i8, .ui8: 1
        case .i16, .ui16, .f16, .bf16: 2
        case .i32, .ui32, .f32: 4
        case .i64, .ui64, .f64: 8
        }
    }

    /// Whether the type is a floating-point type.
    public var isFloatingPoint: Bool {
        switch self {
        case .f16, .bf16, .f32, .f64: true
        default: false
        }
    }

    /// Whether the type is an integer type; `i1` is not.
    public var isInteger: Bool { !isFloatingPoint && self != .i1 }

    /// Whether the type is an unsigned integer type.
    public var isUnsignedInteger: Bool {
        switch self {
        case .ui8, .ui16, .ui32, .ui64: true
        default: false
        }
    }
}
