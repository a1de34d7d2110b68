import NeuralNetworks
import Tensors

/// The weights of one component of a model, read tensor by tensor in the layout of the device.
///
/// A value over open files, which close with its last copy; may be used from many threads at once.
public struct WeightStore: Sendable {
    /// The component's folder.
    public let folder: String
    private let files: WeightFiles

    /// Opens the safetensors file, or the shards, of a component's folder.
    /// - Throws: ``ModelError`` where there are none, only pickles, or a damaged file.
    public init(folder: String) throws(ModelError) {
        self.folder = folder
        files = try WeightFiles(folder: folder)
    }

    /// Reads one parameter as `elementType`, its dimensions in the device's order.
    ///
    /// Names and forms that older checkpoints use are understood: see `ParameterNames`, and 1 × 1 kernels stored as
    /// matrices or matrices as such kernels.
    /// - Throws: ``ModelError`` where it is missing, has another shape or cannot be converted.
    public func tensor(
        for specification: ParameterSpecification, as elementType: ElementType
    ) throws(ModelError) -> HostTensor {
        let (file, entry) = try entry(for: specification)
        do {
            let found = try file.tensor(named: entry.name).reshaped(to: specification.storedShape)
            // Whichever comes second has the narrower elements to move.
            if elementType.byteCount < found.elementType.byteCount {
                return try found.converted(to: elementType).transposed(specification.permutation)
            }
            return try found.transposed(specification.permutation).converted(to: elementType)
        } catch {
            throw ModelError(file: file.path, error)
        }
    }

    /// Refuses weights that lack one of `specifications`, or have it in another shape, without reading any.
    /// - Throws: ``ModelError`` for the first that does not fit.
    public func check(_ specifications: some Sequence<ParameterSpecification>) throws(ModelError) {
        for specification in specifications { _ = try entry(for: specification) }
    }

    private func entry(
        for specification: ParameterSpecification
    ) throws(ModelError) -> (SafetensorsFile, SafetensorsHeader.Tensor) {
        for name in ParameterNames.candidates(for: specification.name) {
            guard let file = files.file(holding: name), let entry = file.description(of: name) else {
                continue
            }
            guard Self.accepts(entry.shape, for: specification.storedShape) else {
                throw ModelError(
                    .mismatched,
                    """
                    \(file.path): "\(name)" has the shape \(entry.shape), the configuration asks for \
                    \(specification.storedShape); the weights belong to another config.json
                    """)
            }
            guard Self.readable.contains(entry.elementType) else {
                throw ModelError(
                    .unsupported,
                    "\(file.path): \"\(name)\" holds \(entry.elementType.rawValue); weights are f16, bf16 or f32"
                )
            }
            return (file, entry)
        }
        throw ModelError(
            .mismatched,
            """
            \(folder) has no "\(specification.name)" of the shape \(specification.storedShape), which the \
            configuration asks for; the weights belong to another config.json
            """)
    }

    private static let readable: Set<ElementType> = [.f16, .bf16, .f32]

    /// The same shape, or one with the two dimensions of a 1 × 1 kernel where the other has a matrix.
    private static func accepts(_ found: Shape, for expected: Shape) -> Bool {
        found == expected || (matrix(found) != nil && matrix(found) == matrix(expected))
    }

    private static func matrix(_ shape: Shape) -> [Int]? {
        switch shape.rank {
        case 2: shape.dimensions
        case 4 where shape[2] == 1 && shape[3] == 1: [shape[0], shape[1]]
        default: nil
        }
    }
}
