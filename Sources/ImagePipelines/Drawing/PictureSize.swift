/// A picture's size that a model can draw; made by ``PictureSizeRule`` alone.
public struct PictureSize: Sendable, Hashable, CustomStringConvertible {
    /// Pixels in a row.
    public let width: Int
    /// Rows of pixels.
    public let height: Int
    /// Pixels along one side for each place of the latent.
    let factor: Int

    /// Places of the latent along the width.
    var latentWidth: Int { width / factor }
    /// Places of the latent along the height.
    var latentHeight: Int { height / factor }

    /// The size as `512x384`.
    public var description: String { "\(width)x\(height)" }
}

/// Which sizes a model can draw: whole multiples of its autoencoder's factor, within limits.
public struct PictureSizeRule: Sendable, Hashable {
    /// Pixels along one side for each place of the latent.
    public let factor: Int

    /// Smaller pictures show nothing; larger ones take more memory than the machines this is made for have.
    private static let limits = 64...2048

    /// The rule for an autoencoder's factor, 1 to 128.
    init(factor: Int) { self.factor = factor }

    /// The smallest and the largest side.
    public var sides: ClosedRange<Int> {
        let (least, most) = (Self.limits.lowerBound, Self.limits.upperBound)
        return (least + factor - 1) / factor * factor...most / factor * factor
    }

    /// Checks a size.
    /// - Throws: ``PipelineError`` with `invalidSize`, naming the nearest sizes that can be drawn.
    public func size(width: Int, height: Int) throws(PipelineError) -> PictureSize {
        let (widths, heights) = (nearest(to: width), nearest(to: height))
        guard widths == [width], heights == [height] else {
            let smaller = "\(widths[0])x\(heights[0])"
            let larger = "\(widths[widths.count - 1])x\(heights[heights.count - 1])"
            throw PipelineError(
                .invalidSize,
                "\(width)x\(height) cannot be drawn: this model draws sides of \(sides.lowerBound) to "
                    + "\(sides.upperBound) that are multiples of \(factor); the nearest "
                    + (smaller == larger ? "is \(smaller)" : "are \(smaller) and \(larger)"))
        }
        return PictureSize(width: width, height: height, factor: factor)
    }

    /// The side itself where it can be drawn, or what can be drawn below and above it.
    private func nearest(to side: Int) -> [Int] {
        if side <= sides.lowerBound { return [sides.lowerBound] }
        if side >= sides.upperBound { return [sides.upperBound] }
        let below = side / factor * factor
        return below == side ? [side] : [below, below + factor]
    }
}
