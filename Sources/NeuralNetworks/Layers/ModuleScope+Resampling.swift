import StableHLO
import Tensors

/// Changes of a picture's size between blocks.
public enum Resampling {
    /// `[batch, height, width, channels]` at the given size, each pixel taken from the nearest before it.
    ///
    /// Twice the size is a broadcast; other sizes repeat rows and columns by index, as the reference does when
    /// a skip connection's size is odd.
    public static func nearest(_ input: Value, height: Int, width: Int) throws -> Value {
        guard input.rank == 4, height > 0, width > 0 else {
            throw ProgramError("upsample", "\(input.type) cannot become \(height) × \(width)")
        }
        let (batch, rows, columns, channels) = (
            input.shape[0], input.shape[1], input.shape[2], input.shape[3]
        )
        if height == 2 * rows, width == 2 * columns {
            return try input.broadcast(to: [batch, rows, 2, columns, 2, channels], along: [0, 1, 3, 5])
                .reshaped(to: [batch, height, width, channels])
        }
        let tall = try repeated(input, dimension: 1, to: height)
        return try repeated(tall, dimension: 2, to: width)
    }

    private static func repeated(_ input: Value, dimension: Int, to size: Int) throws -> Value {
        let old = input.shape[dimension]
        guard size != old else { return input }
        let parts = try (0..<size).map { index in
            let source = min(index * old / size, old - 1)
            return try input.sliced(dimension, source..<source + 1)
        }
        return try input.builder.concatenate(parts, along: dimension)
    }
}
