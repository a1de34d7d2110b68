import Testing

@testable import Tensors

@Suite struct HostTensorConversionTests {
    private static let patterns = (0...UInt16.max).map { $0 }

    @Test func everyHalfBecomesItsSingle() throws {
        let halves = Self.patterns.map(Float16.init(bitPattern:))
        let singles: [Float] = try HostTensor(halves, shape: [65536]).converted(to: .f32).elements()
        for (half, single) in zip(halves, singles) {
            if half.isNaN {
                #expect(single.isNaN && single.sign == half.sign)
                #expect(UInt16(single.bitPattern >> 13 & 0x3FF) == half.bitPattern & 0x3FF)
            } else {
                #expect(single.bitPattern == Float(half).bitPattern, "\(half.bitPattern)")
            }
        }
    }

    @Test func everyHalfAndBrainComesBack() throws {
        for type in [ElementType.f16, .bf16] {
            let tensor = HostTensor(type, [65536]) {
                $0.copyBytes(from: Self.patterns.withUnsafeBytes(Array.init))
            }
            let back = try tensor.converted(to: .f32).converted(to: type)
            let bits = back.withUnsafeBytes { Array($0.bindMemory(to: UInt16.self)) }
            for (pattern, bit) in zip(Self.patterns, bits) where pattern != bit {
                // Only a signalling NaN changes: it becomes the quiet one of the same payload.
                let quiet: UInt16 = type == .f16 ? 0x200 : 0x40
                #expect(isNaN(pattern, type) && bit == pattern | quiet, "\(type) \(pattern) became \(bit)")
            }
        }
    }

    /// Both neighbours of every half, the ties between them and a step to either side of each tie.
    @Test func singlesRoundToTheNearestHalfAndBrain() throws {
        var singles: [Float] = []
        for pattern in Self.patterns where pattern & 0x7C00 != 0x7C00 {
            let half = Float(Float16(bitPattern: pattern))
            let tie = (half + Float(Float16(bitPattern: pattern).nextUp)) / 2
            if tie.isFinite { singles += [half, tie, tie.nextUp, tie.nextDown] }
            let brain = Float(bitPattern: UInt32(pattern) << 16 | 0x8000)
            if brain.isFinite { singles += [brain, brain.nextUp, brain.nextDown] }
        }
        singles += [
            65504, 65519.996, 65520, 65536, 1e30, -1e30, .infinity, -.infinity, .leastNonzeroMagnitude,
        ]
        singles += [Float.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, -0.0]
        let tensor = HostTensor(singles, shape: [singles.count])
        let halves: [Float16] = try tensor.converted(to: .f16).elements()
        let brains: [BFloat16] = try tensor.converted(to: .bf16).elements()
        for index in singles.indices {
            #expect(halves[index].bitPattern == Float16(singles[index]).bitPattern, "\(singles[index])")
            #expect(brains[index] == BFloat16(singles[index]), "\(singles[index])")
        }
    }

    @Test func halvesAndBrainsConvertAsThroughSingle() throws {
        for (source, target) in [(ElementType.f16, ElementType.bf16), (.bf16, .f16)] {
            let tensor = HostTensor(source, [65536]) {
                $0.copyBytes(from: Self.patterns.withUnsafeBytes(Array.init))
            }
            let direct = try tensor.converted(to: target).withUnsafeBytes(Array.init)
            let through = try tensor.converted(to: .f32).converted(to: target).withUnsafeBytes(Array.init)
            #expect(direct == through)
        }
    }

    @Test func otherTypesAreRefusedAndTheSameTypeIsNoWork() throws {
        let integers = HostTensor([Int32(1)], shape: [1])
        let error = #expect(throws: TensorsError.self) { try integers.converted(to: .f32) }
        #expect(error?.code == .unsupportedConversion)
        #expect(try integers.converted(to: .i32).elements(as: Int32.self) == [1])
        #expect(try HostTensor([Float](), shape: [0]).converted(to: .f16).elements(as: Float16.self).isEmpty)
    }

    private func isNaN(_ pattern: UInt16, _ type: ElementType) -> Bool {
        type == .f16 ? Float16(bitPattern: pattern).isNaN : BFloat16(bitPattern: pattern).floatValue.isNaN
    }
}
