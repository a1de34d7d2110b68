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
        case .elements(let tensor): Self.hexadecimal(tensor)
        }
    }

    private static func number(_ number: Double, as type: ElementType) -> String {
        if type == .i1 { return number == 0 ? "false" : "true" }
        if type.isInteger { return String(Int64(number)) }
        guard number.isFinite else { return nonFinite(number, as: type) }
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
            default: (number.isNaN ? 0x7E00 : number > 0 ? 0x7C00 : 0xFC00, 4)
            }
        let digits = String(bits.value, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: bits.digits - digits.count) + digits
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
