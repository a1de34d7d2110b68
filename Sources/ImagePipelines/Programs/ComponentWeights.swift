import DiffusionModels
import NeuralNetworks
import PJRT
import Synchronization
import Tensors

/// A component's parameters on the device, each brought there when a program first needs it.
///
/// May be used from any thread.
final class ComponentWeights: Sendable {
    private let store: WeightStore
    private let client: Client
    private let elementType: ElementType
    private let loaded = Mutex<[ParameterSpecification: Buffer]>([:])

    init(_ store: WeightStore, client: Client, elementType: ElementType) {
        self.store = store
        self.client = client
        self.elementType = elementType
    }

    /// The parameters in order, one tensor at a time, so that there is never a second copy of more than one. On a
    /// CPU the device reads the host's memory in place.
    func buffers(for specifications: [ParameterSpecification]) throws -> [Buffer] {
        try loaded.withLock { loaded in
            // Before a gigabyte is read, not after.
            try store.check(specifications.filter { loaded[$0] == nil })
            return try specifications.map { specification in
                if let buffer = loaded[specification] { return buffer }
                let buffer = try client.buffer(
                    from: store.tensor(for: specification, as: elementType),
                    transfer: client.plugin.kind == .cpu ? .sharing : .copying)
                loaded[specification] = buffer
                return buffer
            }
        }
    }
}
