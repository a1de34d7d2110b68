extension HostTensor {
    /// The same elements with the dimensions in another order: dimension `i` of the result is dimension
    /// `permutation[i]` of this tensor.
    ///
    /// Costs one pass over the elements, in square tiles where the innermost dimension moves. The tensor itself
    /// comes back, under its new shape, where only dimensions of size 1 move.
    /// - Precondition: `permutation` names every dimension once.
    public func transposed(_ permutation: [Int]) -> HostTensor {
        precondition(
            permutation.sorted() == Array(0..<shape.rank),
            "\(permutation) is no order of the \(shape.rank) dimensions of \(shape)")
        let newShape = Shape(permutation.map { shape[$0] })
        let walk = TranspositionWalk(shape: shape, permutation: permutation)
        guard !walk.isIdentity, shape.elementCount > 0 else { return reshaped(to: newShape) }
        return withUnsafeBytes { source in
            HostTensor(elementType, newShape) { target in
                switch elementType.byteCount {
                case 1: walk.run(from: source, to: target, as: UInt8.self)
                case 2: walk.run(from: source, to: target, as: UInt16.self)
                case 4: walk.run(from: source, to: target, as: UInt32.self)
                default: walk.run(from: source, to: target, as: UInt64.self)
                }
            }
        }
    }
}

/// How to go through a tensor so that both reading and writing stay within a few cache lines.
private struct TranspositionWalk {
    /// One dimension as it is walked: its size, and how far apart its elements lie on either side.
    struct Axis {
        var size: Int
        var sourceStride: Int
        var targetStride: Int
    }

    /// The dimensions in the target's order, neighbours that stay neighbours joined into one.
    private let axes: [Axis]
    /// A side of a tile: 16 rows of 16 elements fit in the smallest first-level cache at any element size.
    private static let tile = 16

    var isIdentity: Bool { axes.count <= 1 }

    init(shape: Shape, permutation: [Int]) {
        var sourceStrides = [Int](repeating: 1, count: shape.rank)
        for axis in (0..<max(shape.rank - 1, 0)).reversed() {
            sourceStrides[axis] = sourceStrides[axis + 1] * shape[axis + 1]
        }
        var joined: [Axis] = []
        for axis in permutation where shape[axis] != 1 {
            let (size, stride) = (shape[axis], sourceStrides[axis])
            if let last = joined.last, last.sourceStride == stride * size {
                joined[joined.count - 1] = Axis(size: last.size * size, sourceStride: stride, targetStride: 0)
            } else {
                joined.append(Axis(size: size, sourceStride: stride, targetStride: 0))
            }
        }
        var stride = 1
        for index in joined.indices.reversed() {
            joined[index].targetStride = stride
            stride *= joined[index].size
        }
        axes = joined
    }

    func run<Element: BitwiseCopyable>(
        from source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer, as type: Element.Type
    ) {
        guard let from = source.baseAddress?.assumingMemoryBound(to: Element.self),
            let to = target.baseAddress?.assumingMemoryBound(to: Element.self),
            let innermost = axes.last
        else { return }
        // The two dimensions that are contiguous on one side each make the tiles; the others go around them.
        let read = axes.firstIndex { $0.sourceStride == 1 } ?? axes.count - 1
        let outer = axes.indices.dropLast().filter { $0 != read }.map { axes[$0] }
        var position = [Int](repeating: 0, count: outer.count)
        var (sourceOffset, targetOffset) = (0, 0)
        while true {
            if read == axes.count - 1 {
                (to + targetOffset).update(from: from + sourceOffset, count: innermost.size)
            } else {
                Self.transpose(from + sourceOffset, to + targetOffset, rows: innermost, columns: axes[read])
            }
            var level = outer.count - 1
            while level >= 0 {
                position[level] += 1
                sourceOffset += outer[level].sourceStride
                targetOffset += outer[level].targetStride
                if position[level] < outer[level].size { break }
                sourceOffset -= outer[level].size * outer[level].sourceStride
                targetOffset -= outer[level].size * outer[level].targetStride
                position[level] = 0
                level -= 1
            }
            if level < 0 { return }
        }
    }

    /// `rows` lie side by side in the target, `columns` in the source.
    @inline(__always)
    private static func transpose<Element: BitwiseCopyable>(
        _ from: UnsafePointer<Element>, _ to: UnsafeMutablePointer<Element>, rows: Axis, columns: Axis
    ) {
        for firstRow in stride(from: 0, to: rows.size, by: tile) {
            let lastRow = min(firstRow + tile, rows.size)
            for firstColumn in stride(from: 0, to: columns.size, by: tile) {
                let lastColumn = min(firstColumn + tile, columns.size)
                for column in firstColumn..<lastColumn {
                    let line = to + column * columns.targetStride
                    let start = from + column
                    for row in firstRow..<lastRow { line[row] = start[row * rows.sourceStride] }
                }
            }
        }
    }
}
