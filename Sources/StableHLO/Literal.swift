import Tensors

/// A tensor known when the program is built: one repeated number, or every element's bits.
public enum Literal: Sendable {
    /// Every element is this number.
    case splat(Double)
    /// Every element, row-major.
    case elements(HostTensor)

    /// The text inside `dense<…>`.
    func text(as type: ElementType) -> String {
        switch self {
        case .splat(let number): Self.number(number, as: type)
        case .elements(let tensor) where tensor.shape.elementCount == 0: ""
        // Readers differ in whether truth values are packed in hexadecimal text; all read words.
        case .elements(let tensor) where type == .i1:
            Self.words(tensor.elements(), tensor.shape.dimensions[...])
        case .elements(let tensor): Self.hexadecimal(tensor)
        }
    }

    private static func number(_ number: Double, as type: ElementType) -> String {
        if type == .i1 { return number == 0 ? "false" : "true" }
        if type == .ui64 { return String(UInt64(number)) }
        if type.isInteger { return String(Int64(number)) }
        guard type.rounding(number).isFinite else { return nonFinite(type.rounding(number), as: type) }
        let digits = type == .f64 ? "\(number)" : "\(Float(number))"
        // MLIR wants a decimal point in every floating-point number; Swift leaves it out in "1e-05".
        guard !digits.contains("."), let exponent = digits.firstIndex(of: "e") else { return digits }
        return digits[..<exponent] + ".0" + digits[exponent...]
    }

    private static func nonFinite(_ number: Double, as type: ElementType) -> String {
        let bits: (value: UInt64, digits: Int) =
            switch type {
            case .f64: (number.bitPattern, 16)
            case .f32: (UInt64(Float(number).bitPattern), 8)
            case .bf16: (UInt64(BFloat16(Float(number)).bitPattern), 4)
            default: (UInt64(Float16(number).bitPattern), 4)
            }
        let digits = String(bits.value, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: bits.digits - digits.count) + digits
    }

    private static func words(_ elements: [Bool], _ sizes: ArraySlice<Int>) -> String {
        guard let size = sizes.first else { return "\(elements[0])" }
        let count = elements.count / size
        let parts = (0..<size).map { index in
            words(Array(elements[index * count..<(index + 1) * count]), sizes.dropFirst())
        }
        return "[\(parts.joined(separator: ", "))]"
    }

    private static func hexadecimal(_ tensor: HostTensor) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let text = tensor.withUnsafeBytes { bytes in
            String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
                for (index, byte) in bytes.enumerated() {
                    buffer[index * 2] = digits[Int(byte >> 4)]
                    buffer[index * 2 + 1] = digits[Int(byte & 15)]
                }
                return bytes.count * 2
            }
        }
        return "\"0x\(text)\""
    }
}

extension ElementType {
    /// Whether a whole number lies in an integer type's range.
    func holds(_ number: Double) -> Bool {
        switch self {
        case .i8: Int8(exactly: number) != nil
        case .i16: Int16(exactly: number) != nil
        case .i32: Int32(exactly: number) != nil
        case .i64: Int64(exactly: number) != nil
        case .ui8: UInt8(exactly: number) != nil
        case .ui16: UInt16(exactly: number) != nil
        case .ui32: UInt32(exactly: number) != nil
        case .ui64: UInt64(exactly: number) != nil
        case .i1: number == 0 || number == 1
        case .f16, .bf16, .f32, .f64: true
        }
    }

    /// A number as a floating-point type holds it; too large a one becomes infinite.
    fileprivate func rounding(_ number: Double) -> Double {
        switch self {
        case .f16: Double(Float16(number))
        case .bf16: Double(BFloat16(Float(number)).floatValue)
        case .f32: Double(Float(number))
        default: number
        }
    }
}
