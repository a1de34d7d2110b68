extension HostTensor {
    /// The same values as another floating-point type, rounded to nearest, ties to even.
    ///
    /// Converts among `f16`, `bf16` and `f32`; the tensor itself comes back where the type is already the one
    /// asked for. Infinities, signed zeros, subnormal numbers and the upper payload bits of NaNs are kept; a
    /// value too large for `f16` becomes infinite. One pass over the elements.
    /// - Throws: ``TensorsError`` with `unsupportedConversion` for any other pair of types.
    public func converted(to target: ElementType) throws -> HostTensor {
        switch (elementType, target) {
        case (let source, _) where source == target: return self
        case (.f16, .f32): return mapped(to: target) { FloatBits.single(half: $0) }
        case (.bf16, .f32): return mapped(to: target) { FloatBits.single(brain: $0) }
        case (.f32, .f16): return mapped(to: target) { FloatBits.half(single: $0) }
        case (.f32, .bf16): return mapped(to: target) { FloatBits.brain(single: $0) }
        case (.f16, .bf16): return mapped(to: target) { FloatBits.brain(single: FloatBits.single(half: $0)) }
        case (.bf16, .f16): return mapped(to: target) { FloatBits.half(single: FloatBits.single(brain: $0)) }
        default:
            throw TensorsError(
                .unsupportedConversion,
                "cannot convert \(elementType.rawValue) to \(target.rawValue): only f16, bf16 and f32 are converted"
            )
        }
    }

    /// Applies one function to the bits of every element.
    ///
    /// Inlined into each case above, where with `transform` known the loop becomes vector instructions.
    @inline(__always)
    private func mapped<Source: BitwiseCopyable, Target: BitwiseCopyable>(
        to target: ElementType, _ transform: (Source) -> Target
    ) -> HostTensor {
        let count = shape.elementCount
        return withUnsafeBytes { sourceBytes in
            HostTensor(target, shape) { targetBytes in
                guard count > 0, let source = sourceBytes.baseAddress, let target = targetBytes.baseAddress
                else {
                    return
                }
                let from = source.assumingMemoryBound(to: Source.self)
                let to = target.assumingMemoryBound(to: Target.self)
                for index in 0..<count { to[index] = transform(from[index]) }
            }
        }
    }
}

/// Conversions between the bit patterns of floating-point types.
///
/// Without branches and on integers of one width, so that the compiler can do several at once on any x86-64 or
/// ARM machine; `Float16` itself costs a library call for each element where the target lacks F16C.
enum FloatBits {
    /// IEEE 754 half precision to single precision, exactly.
    @inline(__always)
    static func single(half: UInt16) -> UInt32 {
        let sign = UInt32(half & 0x8000) << 16
        let magnitude = UInt32(half & 0x7FFF) << 13
        let exponentShift: UInt32 = (127 - 15) << 23
        let normal = magnitude &+ exponentShift
        let special = normal &+ exponentShift
        // A subnormal half is a multiple of 2^-24: as the fraction of a number of exponent 2^-14 it is that
        // number less 2^-14, which subtracts exactly.
        let leading: UInt32 = (127 - 14) << 23
        let subnormal = (Float(bitPattern: magnitude | leading) - Float(bitPattern: leading)).bitPattern
        let exponent = half & 0x7C00
        let finite = exponent == 0 ? subnormal : normal
        return sign | (exponent == 0x7C00 ? special : finite)
    }

    /// Single precision to IEEE 754 half precision, to nearest, ties to even.
    @inline(__always)
    static func half(single: UInt32) -> UInt16 {
        let sign = (single & 0x8000_0000) >> 16
        let magnitude = single & 0x7FFF_FFFF
        let odd = (magnitude >> 13) & 1
        // The carry of the rounding goes on into the exponent, and from the largest number to infinity.
        let normal = (magnitude &- (UInt32(127 - 15) << 23) &+ 0xFFF &+ odd) >> 13
        // One half has an ulp of 2^-24, the step between subnormal halves, so that adding it rounds.
        let rounder = Float(0.5)
        let subnormal = (Float(bitPattern: magnitude) + rounder).bitPattern &- rounder.bitPattern
        let smallestNormal: UInt32 = (127 - 14) << 23
        let firstTooLarge: UInt32 = (127 + 16) << 23
        let infinity: UInt32 = 0x7F80_0000
        let finite = magnitude < smallestNormal ? subnormal : normal
        let notANumber = 0x7E00 | ((magnitude >> 13) & 0x3FF)
        let special: UInt32 = magnitude > infinity ? notANumber : 0x7C00
        return UInt16(truncatingIfNeeded: sign | (magnitude >= firstTooLarge ? special : finite))
    }

    /// Brain floating point to single precision, exactly.
    @inline(__always)
    static func single(brain: UInt16) -> UInt32 { UInt32(brain) << 16 }

    /// Single precision to brain floating point, to nearest, ties to even.
    @inline(__always)
    static func brain(single: UInt32) -> UInt16 {
        let rounded = (single &+ 0x7FFF &+ ((single >> 16) & 1)) >> 16
        let notANumber = (single >> 16) | 0x40
        return UInt16(truncatingIfNeeded: single & 0x7FFF_FFFF > 0x7F80_0000 ? notANumber : rounded)
    }
}
