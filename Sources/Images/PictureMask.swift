/// Which pixels of a photo are drawn anew; all others stay as they are.
///
/// A value type, which may cross threads.
public struct PictureMask: Sendable, Hashable {
    /// Pixels in a row; at least 1.
    public let width: Int
    /// Rows; at least 1.
    public let height: Int
    /// `[height, width]`, rows from the top: whether the pixel is drawn anew.
    public let isDrawn: [Bool]

    /// Makes a mask.
    /// - Precondition: the sizes are positive and there are `width * height` answers.
    public init(width: Int, height: Int, isDrawn: [Bool]) {
        precondition(
            width > 0 && height > 0 && isDrawn.count == width * height,
            "a mask of \(width)x\(height) does not have \(isDrawn.count) pixels")
        self.width = width
        self.height = height
        self.isDrawn = isDrawn
    }

    /// Whether no pixel is drawn anew.
    public var isEmpty: Bool { !isDrawn.contains(true) }

    /// The same cut and size that ``Picture/fitted(width:height:)`` gives the photo. A pixel is drawn anew where at least
    /// half of what it is made of was.
    /// - Throws: ``ImagesError`` with `invalidSize` where a size is not positive or has more than 40 megapixels.
    public func fitted(width newWidth: Int, height newHeight: Int) throws -> PictureMask {
        if newWidth == width && newHeight == height { return self }
        let shades = isDrawn.flatMap { [UInt8](repeating: $0 ? 255 : 0, count: Picture.channelCount) }
        let fitted = try Picture(width: width, height: height, bytes: shades)
            .fitted(width: newWidth, height: newHeight)
        return PictureMask(
            width: newWidth, height: newHeight,
            isDrawn: stride(from: 0, to: fitted.bytes.count, by: Picture.channelCount)
                .map { fitted.bytes[$0] >= 128 })
    }

    /// For each square cell, `[height / side, width / side]`, whether any of its pixels is drawn anew.
    /// - Precondition: the mask's sides are multiples of the cell's.
    public func cells(side: Int) -> [Bool] {
        precondition(
            side > 0 && width % side == 0 && height % side == 0,
            "\(width)x\(height) is not made of cells of \(side)x\(side)")
        let columns = width / side
        var cells = [Bool](repeating: false, count: columns * (height / side))
        for y in 0..<height {
            for x in 0..<width where isDrawn[y * width + x] { cells[y / side * columns + x / side] = true }
        }
        return cells
    }

    /// How much of each pixel is drawn anew, 0 to 1, `[height, width]`.
    ///
    /// Nothing outside of the mask; inside, rising from its edge on, so that no seam shows. Where the mask is nowhere as
    /// wide as the edge, the edge is narrower, so that what is finest is still drawn.
    /// - Parameter edge: how many pixels the edge takes.
    public func weights(edge: Int) -> [Float] {
        let distances = distancesToKept()
        guard let deepest = distances.max(), deepest > 0 else {
            return [Float](repeating: 0, count: isDrawn.count)
        }
        let whole = Float(min(max(edge, 0), deepest - 1) + 1)
        return distances.map { min(1, Float($0) / whole) }
    }

    /// A picture drawn inside the mask on the photo outside of it.
    /// - Parameter edge: see ``weights(edge:)``; by default a thirty-second of the shorter side.
    /// - Precondition: all three have the same size.
    public func blending(_ drawn: Picture, over photo: Picture, edge: Int? = nil) -> Picture {
        precondition(
            drawn.width == width && drawn.height == height && photo.width == width && photo.height == height,
            "\(drawn) and \(photo) do not have the mask's \(width)x\(height)")
        var bytes = photo.bytes
        for (pixel, weight) in weights(edge: edge ?? min(width, height) / 32).enumerated() where weight > 0 {
            for index in pixel * Picture.channelCount..<(pixel + 1) * Picture.channelCount {
                let (below, above) = (Float(photo.bytes[index]), Float(drawn.bytes[index]))
                bytes[index] = UInt8((below + weight * (above - below)).rounded())
            }
        }
        return Picture(width: width, height: height, bytes: bytes)
    }

    /// Steps, sideways or diagonal, from each pixel to the nearest that stays; 0 for those that stay, and no more than the
    /// longer side where none does. The picture's own border is no edge.
    ///
    /// Source: A. Rosenfeld, J. Pfaltz, "Sequential operations in digital picture processing", 1966,
    /// https://doi.org/10.1145/321356.321357: one pass from each corner, exact for the chessboard distance.
    private func distancesToKept() -> [Int] {
        let farthest = max(width, height)
        var distances = isDrawn.map { $0 ? farthest : 0 }
        func lower(_ x: Int, _ y: Int, by offsets: [(x: Int, y: Int)]) {
            for offset in offsets {
                let (nearX, nearY) = (x + offset.x, y + offset.y)
                guard (0..<width).contains(nearX), (0..<height).contains(nearY) else { continue }
                distances[y * width + x] = min(
                    distances[y * width + x], distances[nearY * width + nearX] + 1)
            }
        }
        for y in 0..<height {
            for x in 0..<width { lower(x, y, by: [(-1, -1), (0, -1), (1, -1), (-1, 0)]) }
        }
        for y in (0..<height).reversed() {
            for x in (0..<width).reversed() { lower(x, y, by: [(1, 1), (0, 1), (-1, 1), (1, 0)]) }
        }
        return distances
    }
}

extension PictureMask: CustomStringConvertible {
    /// The size as `PictureMask 512x384`.
    public var description: String { "PictureMask \(width)x\(height)" }
}
