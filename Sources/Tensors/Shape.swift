/// The sizes of a tensor's dimensions, outermost first. A scalar has none.
public struct Shape: Sendable, Hashable {
    /// One non-negative size for each dimension.
    public let dimensions: [Int]

    /// Makes a shape of known-good sizes.
    /// - Precondition: no size is negative and the element count fits in an `Int`. Sizes from outside the
    ///   program go through ``init(validating:)``.
    public init(_ dimensions: [Int]) {
        guard let checked = Shape(validating: dimensions) else {
            preconditionFailure(
                "a shape needs non-negative sizes whose product fits in an Int: \(dimensions)")
        }
        self = checked
    }

    /// Makes a shape of sizes from outside, or nil where one is negative or their product overflows an `Int`.
    public init?(validating dimensions: [Int]) {
        var count = 1
        for dimension in dimensions {
            guard dimension >= 0 else { return nil }
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
            guard !overflow else { return nil }
            count = product
        }
        self.dimensions = dimensions
        self.elementCount = count
    }

    /// The shape of a scalar.
    public static let scalar = Shape([])

    /// The number of dimensions.
    public var rank: Int { dimensions.count }

    /// The product of all sizes; 1 for a scalar.
    public let elementCount: Int

    /// The size of one dimension.
    public subscript(index: Int) -> Int { dimensions[index] }
}

extension Shape: ExpressibleByArrayLiteral {
    /// Makes a shape from a literal such as `[2, 64, 64, 4]`.
    public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Shape: CustomStringConvertible {
    /// The sizes as `[2, 64, 64, 4]`.
    public var description: String { "[" + dimensions.map(String.init).joined(separator: ", ") + "]" }
}
