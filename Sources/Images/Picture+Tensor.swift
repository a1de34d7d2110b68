public import Tensors

extension Picture {
    /// The picture as `[1, height, width, 3] f32`, from -1, none, to 1, full.
    public func tensor() -> HostTensor { Self.sameSizeTensor(of: [self]) }

    /// Pictures of one size as `[count, height, width, 3] f32`, from -1, none, to 1, full.
    /// - Throws: ``ImagesError`` with `invalidTensor` where there is no picture or the sizes differ.
    public static func tensor(of pictures: [Picture]) throws -> HostTensor {
        guard let first = pictures.first,
            pictures.allSatisfy({ $0.width == first.width && $0.height == first.height })
        else {
            throw ImagesError(
                .invalidTensor, "a batch needs pictures of one size, and at least one; resize them first")
        }
        return sameSizeTensor(of: pictures)
    }

    /// The pictures that a tensor `[count, height, width, 3] f32` holds. Values below -1 and above 1 count as
    /// these, others are rounded to the nearest step of 2/255.
    /// - Throws: ``ImagesError`` with `invalidTensor` where the tensor is of another form or a value is not a
    ///   number: black pixels in its place would hide that the arithmetic went wrong.
    public static func pictures(of tensor: HostTensor) throws -> [Picture] {
        let shape = tensor.shape
        guard tensor.elementType == .f32, shape.rank == 4, shape[3] == channelCount, shape[1] > 0,
            shape[2] > 0
        else {
            throw ImagesError(
                .invalidTensor,
                "pictures are [count, height, width, 3] f32, not \(shape) \(tensor.elementType.rawValue);"
                    + " convert or transpose first")
        }
        let pictureByteCount = shape[1] * shape[2] * channelCount
        return try tensor.withUnsafeBytes { bytes in
            let values = bytes.bindMemory(to: Float.self)
            return try (0..<shape[0]).map { index in
                let part = UnsafeBufferPointer(
                    rebasing: values[index * pictureByteCount..<(index + 1) * pictureByteCount])
                return Picture(width: shape[2], height: shape[1], bytes: try Self.quantized(part))
            }
        }
    }

    private static func quantized(_ values: UnsafeBufferPointer<Float>) throws -> [UInt8] {
        var isWhole = true
        let bytes = [UInt8](unsafeUninitializedCapacity: values.count) { buffer, count in
            for index in values.indices {
                let value = values[index]
                isWhole = isWhole && value == value
                // Written so that what is not a number, which compares as false, becomes 0 and not a trap.
                let level = (value + 1) * 127.5 + 0.5
                buffer[index] = level > 0 ? (level < 255 ? UInt8(level) : 255) : 0
            }
            count = values.count
        }
        guard isWhole else {
            throw ImagesError(
                .invalidTensor,
                "the drawing holds values that are not numbers; the model's weights may be damaged, or too large for"
                    + " half precision: try f32")
        }
        return bytes
    }

    private static func sameSizeTensor(of pictures: [Picture]) -> HostTensor {
        let (width, height) = (pictures[0].width, pictures[0].height)
        return HostTensor(.f32, Shape([pictures.count, height, width, channelCount])) { bytes in
            let values = bytes.bindMemory(to: Float.self)
            var offset = 0
            for picture in pictures {
                for byte in picture.bytes {
                    values[offset] = Float(byte) / 127.5 - 1
                    offset += 1
                }
            }
        }
    }
}
