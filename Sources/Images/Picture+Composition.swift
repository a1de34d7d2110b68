extension Picture {
    /// A part of the picture.
    /// - Precondition: the part is not empty and lies inside.
    public func cropped(x: Range<Int>, y: Range<Int>) -> Picture {
        precondition(
            !x.isEmpty && !y.isEmpty && x.lowerBound >= 0 && y.lowerBound >= 0 && x.upperBound <= width
                && y.upperBound <= height, "\(x), \(y) does not lie inside \(width)x\(height)")
        var part: [UInt8] = []
        part.reserveCapacity(x.count * y.count * Self.channelCount)
        for row in y {
            let start = (row * width + x.lowerBound) * Self.channelCount
            part += bytes[start..<start + x.count * Self.channelCount]
        }
        return Picture(width: x.count, height: y.count, bytes: part)
    }

    /// The largest part around the middle that has the proportions asked for, at exactly that size.
    /// - Throws: ``ImagesError`` with `invalidSize` where a size is not positive or has more than 40 megapixels.
    public func fitted(width newWidth: Int, height newHeight: Int) throws -> Picture {
        guard newWidth > 0, newHeight > 0 else { return try resized(width: newWidth, height: newHeight) }
        let aspect = Double(newWidth) / Double(newHeight)
        let partWidth = Self.clamped(Double(height) * aspect, to: width)
        let partHeight = Self.clamped(Double(width) / aspect, to: height)
        let left = (width - partWidth) / 2
        let top = (height - partHeight) / 2
        return try cropped(x: left..<left + partWidth, y: top..<top + partHeight)
            .resized(width: newWidth, height: newHeight)
    }

    /// The whole picture, as large as it can be inside a frame, its proportions kept.
    /// - Throws: ``ImagesError`` with `invalidSize` where a size is not positive or has more than 40 megapixels.
    public func contained(width frameWidth: Int, height frameHeight: Int) throws -> Picture {
        guard frameWidth > 0, frameHeight > 0 else {
            return try resized(width: frameWidth, height: frameHeight)
        }
        let scale = min(Double(frameWidth) / Double(width), Double(frameHeight) / Double(height))
        return try resized(
            width: Self.clamped(Double(width) * scale, to: frameWidth),
            height: Self.clamped(Double(height) * scale, to: frameHeight))
    }

    /// A sheet of pictures, row by row from the top left, each in the middle of a cell as large as the largest.
    /// - Parameters:
    ///   - columns: cells in a row.
    ///   - spacing: pixels between the cells, and around them.
    ///   - background: the sheet's colour.
    /// - Precondition: at least one picture and one column; `spacing` is not negative.
    public static func grid(
        of pictures: [Picture], columns: Int, spacing: Int = 0, background: Color = .white
    ) -> Picture {
        precondition(!pictures.isEmpty && columns > 0 && spacing >= 0, "a grid needs pictures and columns")
        let cellWidth = pictures.map(\.width).max()!
        let cellHeight = pictures.map(\.height).max()!
        let columnCount = min(columns, pictures.count)
        let rowCount = (pictures.count + columnCount - 1) / columnCount
        let sheetWidth = columnCount * (cellWidth + spacing) + spacing
        let sheetHeight = rowCount * (cellHeight + spacing) + spacing
        var sheet = Picture(width: sheetWidth, height: sheetHeight, filledWith: background).bytes
        for (index, picture) in pictures.enumerated() {
            let left = spacing + index % columnCount * (cellWidth + spacing) + (cellWidth - picture.width) / 2
            let top =
                spacing + index / columnCount * (cellHeight + spacing) + (cellHeight - picture.height) / 2
            let rowByteCount = picture.width * channelCount
            for row in 0..<picture.height {
                let target = ((top + row) * sheetWidth + left) * channelCount
                let source = row * rowByteCount
                sheet.replaceSubrange(
                    target..<target + rowByteCount, with: picture.bytes[source..<source + rowByteCount])
            }
        }
        return Picture(width: sheetWidth, height: sheetHeight, bytes: sheet)
    }

    /// A length rounded to whole pixels, at least one and at most `limit`.
    private static func clamped(_ length: Double, to limit: Int) -> Int {
        length >= Double(limit) ? limit : max(1, Int(length.rounded()))
    }
}
