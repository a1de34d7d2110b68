import Tensors

extension HostTensor {
    /// One row of a batch, as a batch of one.
    func row(_ index: Int) -> HostTensor {
        let size = byteCount / shape[0]
        return withUnsafeBytes { source in
            HostTensor(elementType, Shape([1] + shape.dimensions.dropFirst())) { target in
                target.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: source[index * size..<(index + 1) * size]))
            }
        }
    }

    /// The batch with another row in one place.
    func replacingRow(_ index: Int, with row: HostTensor) -> HostTensor {
        let size = byteCount / shape[0]
        return HostTensor(elementType, shape) { target in
            withUnsafeBytes { target.copyMemory(from: $0) }
            row.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: target[index * size..<(index + 1) * size])
                    .copyMemory(from: $0)
            }
        }
    }

    /// A batch of rows of one shape, `[1, …] f32` each; zeros where there is none.
    static func batch(_ rows: [HostTensor?], rowShape: [Int]) -> HostTensor {
        HostTensor(.f32, Shape([rows.count] + rowShape)) { target in
            let size = target.count / max(rows.count, 1)
            for (index, row) in rows.enumerated() {
                row?.withUnsafeBytes {
                    UnsafeMutableRawBufferPointer(rebasing: target[index * size..<(index + 1) * size])
                        .copyMemory(from: $0)
                }
            }
        }
    }
}
