import Tensors
import TestSupport
import Testing

/// Reordered dimensions, against the definition, index by index.
@Suite struct HostTensorTranspositionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let shape: Shape
        let permutation: [Int]
        var testDescription: String { "\(shape) by \(permutation)" }
    }

    static let cases =
        [
            ([], []), ([5], [0]), ([0, 3], [1, 0]), ([3, 4], [1, 0]), ([3, 4], [0, 1]), ([33, 17], [1, 0]),
            ([16, 32], [1, 0]), ([1, 7], [1, 0]), ([7, 1, 1, 5], [2, 3, 1, 0]),
            // A kernel, from the checkpoint's order to either of a device's.
            ([20, 18, 3, 3], [2, 3, 1, 0]), ([20, 18, 3, 3], [0, 2, 3, 1]),
            // Pictures, there and back.
            ([2, 3, 19, 5], [0, 2, 3, 1]), ([2, 19, 5, 3], [0, 3, 1, 2]),
            ([2, 3, 4, 5], [3, 2, 1, 0]), ([2, 3, 4, 5], [1, 0, 3, 2]), ([2, 3, 4, 5], [2, 0, 1, 3]),
            ([2, 1, 3, 1, 4], [4, 3, 0, 1, 2]),
        ].map { Case(shape: Shape($0), permutation: $1) }

    @Test("Every element is where the definition puts it", arguments: cases)
    func elements(_ testCase: Case) {
        let tensor = HostTensor(
            (0..<Int32(testCase.shape.elementCount)).map { $0 }, shape: testCase.shape)
        let result = tensor.transposed(testCase.permutation)
        let (shape, elements) = Self.reference(tensor.elements(as: Int32.self), testCase)
        #expect(result.shape == shape)
        #expect(result.elements(as: Int32.self) == elements)
    }

    @Test("The inverse order gives the tensor back", arguments: cases)
    func inverse(_ testCase: Case) {
        let tensor = HostTensor(
            (0..<testCase.shape.elementCount).map { Double($0) }, shape: testCase.shape)
        var inverse = testCase.permutation
        for (place, dimension) in testCase.permutation.enumerated() { inverse[dimension] = place }
        let result = tensor.transposed(testCase.permutation).transposed(inverse)
        #expect(result.shape == tensor.shape)
        #expect(result.elements(as: Double.self) == tensor.elements(as: Double.self))
    }

    @Test("Elements of one, two, four and eight bytes")
    func widths() {
        let shape: Shape = [19, 3, 18]
        let testCase = Case(shape: shape, permutation: [2, 1, 0])
        let bits = (0..<shape.elementCount)
        func check<Element: TensorElement & Equatable>(_ elements: [Element]) {
            let result = HostTensor(elements, shape: shape).transposed(testCase.permutation)
            #expect(result.elements(as: Element.self) == Self.reference(elements, testCase).1)
        }
        check(bits.map { UInt8(truncatingIfNeeded: $0) })
        check(bits.map { BFloat16(bitPattern: UInt16($0)) })
        check(bits.map { Float($0) })
        check(bits.map { Int64($0) })
    }

    @Test("A dimension that is named twice ends the process")
    func precondition() async {
        await #expect(processExitsWith: .failure) {
            _ = HostTensor([1, 2, 3, 4] as [Float], shape: [2, 2]).transposed([0, 0])
        }
    }

    /// By the definition, slowly.
    private static func reference<Element>(_ elements: [Element], _ testCase: Case) -> (Shape, [Element]) {
        let (old, permutation) = (testCase.shape, testCase.permutation)
        let new = Shape(permutation.map { old[$0] })
        let result = (0..<new.elementCount).map { position in
            var rest = position
            var indices = [Int](repeating: 0, count: old.rank)
            for axis in (0..<new.rank).reversed() {
                indices[permutation[axis]] = rest % new[axis]
                rest /= new[axis]
            }
            return elements[zip(indices, old.dimensions).reduce(0) { $0 * $1.1 + $1.0 }]
        }
        return (new, result)
    }
}
