import Serving

/// A picture's size in pixels.
public struct PictureSize: Sendable, Hashable, CustomStringConvertible {
    /// The longest side that can be written.
    public static let maximumSide = 16384

    /// Pixels across; from 1 to ``maximumSide``.
    public let width: Int
    /// Pixels down; from 1 to ``maximumSide``.
    public let height: Int

    /// Makes a size; nil where a side is out of range.
    public init?(width: Int, height: Int) {
        guard (1...Self.maximumSide).contains(width), (1...Self.maximumSide).contains(height) else {
            return nil
        }
        self.width = width
        self.height = height
    }

    /// The size of a shape that was checked before; sides out of range are moved to the nearer end.
    package init(_ shape: PictureShape) {
        width = min(max(shape.width, 1), Self.maximumSide)
        height = min(max(shape.height, 1), Self.maximumSide)
    }

    /// Reads `WxH` in plain digits without leading zeros; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let sides = text.utf8.split(separator: UInt8(ascii: "x"), omittingEmptySubsequences: false)
        guard sides.count == 2, let width = Self.side(sides[0]), let height = Self.side(sides[1]) else {
            return nil
        }
        self.init(width: width, height: height)
    }

    /// `WxH`.
    public var description: String { "\(width)x\(height)" }

    private static func side(_ digits: some Collection<UInt8>) -> Int? {
        guard (1...5).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}

/// Which sizes a model draws.
public enum SizeRule: Sendable, Hashable {
    /// These.
    case listed([PictureSize])
    /// Sides that are multiples of a number, of bounded area and proportion.
    /// - Parameters:
    ///   - step: what both sides must be multiples of; at least 1.
    ///   - pixels: the smallest and the largest area.
    ///   - proportion: the longer side over the shorter at the most.
    case multiples(step: Int, pixels: ClosedRange<Int>, proportion: Double)

    /// Whether a size is drawn.
    public func allows(_ size: PictureSize) -> Bool {
        switch self {
        case .listed(let sizes): return sizes.contains(size)
        case .multiples(let step, let pixels, let proportion):
            let long = Double(max(size.width, size.height))
            return step > 0 && size.width % step == 0 && size.height % step == 0
                && pixels.contains(size.width * size.height)
                && long <= proportion * Double(min(size.width, size.height))
        }
    }

    /// The rule in words, for error texts.
    var words: String {
        switch self {
        case .listed(let sizes):
            return "supported values are 'auto', " + sizes.map { "'\($0)'" }.joined(separator: ", ") + "."
        case .multiples(let step, let pixels, let proportion):
            return "give 'auto' or WIDTHxHEIGHT with sides that are multiples of \(step), between "
                + "\(pixels.lowerBound) and \(pixels.upperBound) pixels in all, and neither side more than "
                + "\(proportion) times the other."
        }
    }
}
