import Tensors

/// The numbers of an adapter, none of which is believed before it was looked at.
extension Adapter {
    /// The largest number in a matrix, and the largest scale: trained ones stay below ten.
    static let numberLimit = 1000.0
    /// The largest change of a layer, as the product of its scale and of the norms of its two matrices, which its change
    /// cannot exceed: trained ones stay below a hundred.
    static let changeLimit = 10_000.0

    /// Both matrices of a layer, in 32 bits.
    /// - Returns: `[rank, inputs, kernel, kernel]` and `[outputs, rank]`; neither has the scale in it.
    /// - Throws: ``ModelError`` where the file cannot be read any more, or holds NaN, an infinity or numbers that no
    ///   training gives: such an adapter is damaged, or made to do damage.
    public func matrices(of layer: Layer) throws(ModelError) -> (down: HostTensor, up: HostTensor) {
        let down = try checked(
            layer.downName, [layer.rank, layer.inputs, layer.kernel, layer.kernel], of: layer)
        let up = try checked(layer.upName, [layer.outputs, layer.rank], of: layer)
        let change = abs(layer.scale) * down.norm * up.norm
        guard abs(layer.scale) <= Self.numberLimit, change <= Self.changeLimit else {
            throw ModelError(
                .malformed,
                """
                \(path) would change "\(layer.path)" beyond all measure (scale \(layer.scale), norms \(down.norm) and \
                \(up.norm)); it is damaged or was trained to nothing: get it again from its maker
                """)
        }
        return (down.tensor, up.tensor)
    }

    /// Looks at every number.
    /// - Throws: ``ModelError`` as ``matrices(of:)`` does.
    public func checkNumbers() throws(ModelError) {
        for layer in layers { _ = try matrices(of: layer) }
    }

    private func checked(
        _ name: String, _ shape: Shape, of layer: Layer
    ) throws(ModelError) -> (tensor: HostTensor, norm: Double) {
        let tensor: HostTensor
        do {
            tensor = try read(name).converted(to: .f32).reshaped(to: shape)
        } catch {
            throw ModelError(file: path, error)
        }
        var (largest, sum) = (Float(0), 0.0)
        var isFinite = true
        tensor.withUnsafeBytes { bytes in
            for value in bytes.assumingMemoryBound(to: Float.self) {
                isFinite = isFinite && value.isFinite
                largest = max(largest, abs(value))
                sum += Double(value) * Double(value)
            }
        }
        guard isFinite else {
            throw ModelError(
                .malformed,
                "\(path): \"\(name)\" holds numbers that are none (NaN or infinite); get it again from its maker"
            )
        }
        guard Double(largest) <= Self.numberLimit else {
            throw ModelError(
                .malformed,
                "\(path): \"\(name)\" holds \(largest); no training gives numbers above \(Int(Self.numberLimit)): get it again from its maker"
            )
        }
        return (tensor, sum.squareRoot())
    }
}
