/// A tensor in host memory, row-major, little-endian, its bytes aligned to 64.
///
/// A value type over immutable shared bytes: copies are free, and it may cross threads. The alignment lets a
/// CPU device use the memory in place.
public struct HostTensor: Sendable {
    /// The element type.
    public let elementType: ElementType
    /// The shape.
    public let shape: Shape
    private let storage: Storage

    /// The number of bytes the elements take.
    public var byteCount: Int { shape.elementCount * elementType.byteCount }

    /// Makes a tensor whose bytes `initialize` writes in full.
    /// - Parameter initialize: is given `shape.elementCount * elementType.byteCount` zeroed bytes.
    public init(
        _ elementType: ElementType, _ shape: Shape,
        initializingBytesWith initialize: (UnsafeMutableRawBufferPointer) throws -> Void
    ) rethrows {
        self.elementType = elementType
        self.shape = shape
        let storage = Storage(byteCount: shape.elementCount * elementType.byteCount)
        try initialize(
            UnsafeMutableRawBufferPointer(
                rebasing: storage.bytes[..<(shape.elementCount * elementType.byteCount)]))
        self.storage = storage
    }

    /// Makes a tensor of scalars, given in row-major order.
    /// - Precondition: as many elements as the shape holds.
    public init<Element: TensorElement>(_ elements: [Element], shape: Shape) {
        precondition(
            elements.count == shape.elementCount,
            "shape \(shape) holds \(shape.elementCount) elements, \(elements.count) were given")
        self.init(Element.elementType, shape) { bytes in
            elements.withUnsafeBytes { bytes.copyMemory(from: $0) }
        }
    }

    /// Makes a tensor of one repeated scalar.
    public init<Element: TensorElement>(repeating element: Element, shape: Shape) {
        self.init([Element](repeating: element, count: shape.elementCount), shape: shape)
    }

    /// Lends the bytes for the length of the call.
    public func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withExtendedLifetime(storage) {
            try body(UnsafeRawBufferPointer(rebasing: storage.bytes[..<byteCount]))
        }
    }

    /// The elements in row-major order.
    /// - Precondition: `Element` is this tensor's element type.
    public func elements<Element: TensorElement>(as type: Element.Type = Element.self) -> [Element] {
        precondition(
            Element.elementType == elementType,
            "the tensor holds \(elementType.rawValue), \(Element.elementType.rawValue) was asked for")
        return withUnsafeBytes { Array($0.bindMemory(to: Element.self)) }
    }

    /// The same bytes under another shape of as many elements.
    /// - Precondition: the element counts agree.
    public func reshaped(to newShape: Shape) -> HostTensor {
        precondition(
            newShape.elementCount == shape.elementCount,
            "cannot see \(shape) as \(newShape): the element counts differ")
        return HostTensor(elementType: elementType, shape: newShape, storage: storage)
    }

    private init(elementType: ElementType, shape: Shape, storage: Storage) {
        self.elementType = elementType
        self.shape = shape
        self.storage = storage
    }

    /// Owns and frees the bytes.
    ///
    /// `@unchecked Sendable`: the bytes are written only before `HostTensor.init` returns, and only read after.
    private final class Storage: @unchecked Sendable {
        let bytes: UnsafeMutableRawBufferPointer

        init(byteCount: Int) {
            bytes = .allocate(byteCount: max(byteCount, 1), alignment: 64)
            bytes.initializeMemory(as: UInt8.self, repeating: 0)
        }

        deinit { bytes.deallocate() }
    }
}
