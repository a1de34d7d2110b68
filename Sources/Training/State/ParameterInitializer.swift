import NeuralNetworks
import Samplers
import Tensors

/// A new model's parameters: a function of a seed and the parameter's name.
public struct ParameterInitializer: Sendable {
    private let seed: UInt64

    /// Parameters that depend on `seed`.
    public init(seed: UInt64) { self.seed = seed }

    /// A parameter as it lies on the device, `f32`.
    public func tensor(for specification: ParameterSpecification) -> HostTensor {
        let shape = specification.deviceShape
        let count = shape.elementCount
        switch specification.initialization {
        case .zeros: return HostTensor(repeating: Float(0), shape: shape)
        case .ones: return HostTensor(repeating: Float(1), shape: shape)
        case .normal(let deviation):
            let normals = NoiseGenerator(seed: seed(for: specification.name)).normals(count: count)
            return HostTensor(normals.map { $0 * Float(deviation) }, shape: shape)
        case .uniformByInputs(let inputs):
            let bound = (3 / Float(max(inputs, 1))).squareRoot()
            let philox = Philox4x32(seed: seed(for: specification.name))
            return HostTensor(Self.uniforms(philox, count: count).map { ($0 * 2 - 1) * bound }, shape: shape)
        }
    }

    private static func uniforms(_ philox: Philox4x32, count: Int) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(count + 3)
        var block: UInt32 = 0
        while values.count < count {
            let bits = philox.block(SIMD4(block, 0, 0, SeededRandom.Purpose.initialization.rawValue))
            for lane in 0..<4 { values.append(Float(bits[lane] >> 8) * 0x1p-24) }
            block += 1
        }
        return Array(values.prefix(count))
    }

    /// FNV-1a over the name, from the seed. Source: Fowler, Noll and Vo, RFC 9923.
    private func seed(for name: String) -> UInt64 {
        name.utf8.reduce(0xcbf2_9ce4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
