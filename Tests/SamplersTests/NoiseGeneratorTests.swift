import Samplers
import Testing

/// Random bits and Gaussian noise equal published and independently computed values.
@Suite struct NoiseGeneratorTests {
    /// Source: `kat_vectors` of Random123 1.14, the lines "philox4x32 10".
    @Test(arguments: [
        (
            SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
            SIMD4<UInt32>(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
        ),
        (
            SIMD4<UInt32>(repeating: .max), SIMD2<UInt32>(repeating: .max),
            SIMD4<UInt32>(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
        ),
        (
            SIMD4<UInt32>(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344),
            SIMD2<UInt32>(0xA409_3822, 0x299F_31D0),
            SIMD4<UInt32>(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
        ),
    ])
    func philoxGivesTheKnownAnswers(
        counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>
    ) {
        #expect(Philox4x32(key: key).block(counter) == expected)
    }

    /// Bit for bit: C's logarithm and sine, rounded to f32, agree with ours at every one of these values.
    @Test func normalsEqualThoseOfThePlainFormula() throws {
        let all: Fixtures.Noise = try Fixtures.read("noise.json")
        #expect(all.streams.count == 6)
        for reference in all.streams {
            let stream: NoiseGenerator.Stream =
                reference.stream == 0 ? .initialLatent : .step(Int(reference.stream) - 1)
            let values = NoiseGenerator(seed: reference.seed).normals(
                count: reference.bits.count, stream: stream)
            #expect(values.map(\.bitPattern) == reference.bits)
        }
    }

    @Test func aShorterRequestIsABeginningOfALongerOne() {
        let generator = NoiseGenerator(seed: 7)
        let long = generator.normals(count: 101)
        for count in [0, 1, 2, 3, 4, 5, 100] {
            #expect(generator.normals(count: count) == Array(long.prefix(count)))
        }
    }

    @Test func momentsAreThoseOfTheNormalDistribution() {
        let count = 200_000
        let values = NoiseGenerator(seed: 2026).normals(count: count, stream: .step(3)).map(Double.init)
        let mean = values.reduce(0, +) / Double(count)
        let variance = values.map { $0 * $0 }.reduce(0, +) / Double(count)
        let fourth = values.map { $0 * $0 * $0 * $0 }.reduce(0, +) / Double(count)
        let neighbours = zip(values, values.dropFirst()).map { $0 * $1 }.reduce(0, +) / Double(count)
        // Five standard errors of each at this count.
        #expect(abs(mean) < 0.0112)
        #expect(abs(variance - 1) < 0.0159)
        #expect(abs(fourth - 3) < 0.11)
        #expect(abs(neighbours) < 0.0112)
    }

    @Test func seedsAndStreamsHaveNothingInCommon() {
        let base = NoiseGenerator(seed: 1).normals(count: 1000)
        let others = [
            NoiseGenerator(seed: 2).normals(count: 1000),
            NoiseGenerator(seed: 1 << 32 | 1).normals(count: 1000),
            NoiseGenerator(seed: 1).normals(count: 1000, stream: .step(0)),
        ]
        for other in others {
            #expect(!zip(base, other).contains { $0 == $1 })
        }
    }
}
