/// The Gaussian noise of one picture.
///
/// It is a function of seed, stream and place alone: a picture does not depend on its neighbours in the
/// batch, and a step's noise can be made without that of the steps before. Every operation is an integer one
/// or IEEE addition, multiplication, division or square root – logarithm and sine are computed here, not by
/// the C library – so the bits are the same on every machine.
///
/// Words 4n…4n+3 of Philox block n, with the counter (n, stream) and the seed as key, give values 4n…4n+3:
/// words a and b become sqrt(−2 ln u)·cos(2πv) and sqrt(−2 ln u)·sin(2πv), where u = (a + 1)/2³² and
/// v = b/2³². The largest possible magnitude is 6.67.
///
/// Source: G. Box, M. Muller, "A Note on the Generation of Random Normal Deviates", 1958,
/// https://doi.org/10.1214/aoms/1177706645.
public struct NoiseGenerator: Sendable {
    /// What noise is for; each purpose has numbers of its own.
    public enum Stream: Sendable, Equatable {
        /// The latent a picture starts from.
        case initialLatent
        /// What a stochastic solver adds in the step with this index.
        case step(Int)

        /// The stream's number in the counter's upper half.
        var number: UInt64 {
            switch self {
            case .initialLatent: 0
            case .step(let index): UInt64(bitPattern: Int64(index)) &+ 1
            }
        }
    }

    /// The picture's seed.
    public let seed: UInt64
    private let philox: Philox4x32

    /// Makes the generator of a picture.
    public init(seed: UInt64) {
        self.seed = seed
        philox = Philox4x32(seed: seed)
    }

    /// The first `count` values of a stream, of mean 0 and variance 1.
    public func normals(count: Int, stream: Stream = .initialLatent) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(buffer, stream: stream.number)
            initialized = count
        }
    }

    private func fill(_ values: UnsafeMutableBufferPointer<Float>, stream: UInt64) {
        var index = 0
        var counter = SIMD4<UInt32>(
            0, 0, UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32))
        while index < values.count {
            let number = UInt64(index / 4)
            counter[0] = UInt32(truncatingIfNeeded: number)
            counter[1] = UInt32(truncatingIfNeeded: number >> 32)
            let words = philox.block(counter)
            let first = Self.pair(words[0], words[1])
            let second = Self.pair(words[2], words[3])
            for value in [first.0, first.1, second.0, second.1].prefix(values.count - index) {
                values.initializeElement(at: index, to: value)
                index += 1
            }
        }
    }

    static func pair(_ first: UInt32, _ second: UInt32) -> (Float, Float) {
        let uniform = (Double(first) + 1) * 0x1p-32
        let radius = (-2 * PortableMath.naturalLogarithm(uniform)).squareRoot()
        let (cosine, sine) = PortableMath.cosineAndSine(turns: second)
        return (Float(radius * cosine), Float(radius * sine))
    }
}
