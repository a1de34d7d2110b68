import Images
import Synchronization

/// Draws a label onto pictures: white words on a dark plate in the lower right corner.
public struct VisibleLabel: Sendable {
    /// Whose rules it follows.
    public let preset: LabelPreset

    /// The share of a picture's shorter side that the letters are high, at least.
    ///
    /// Source: GB 45438-2025, 4.4.
    public static let heightShare = 0.05
    /// The least height of the letters in pixels: below, Hangul and Chinese characters run together.
    static let leastHeight = 11

    /// A label by a place's rules.
    public init(_ preset: LabelPreset) { self.preset = preset }

    /// The picture with its label.
    /// - Parameter isEdited: whether the picture was made from a photo.
    /// - Throws: ``ProvenanceError`` with `label` where the font is missing, or the picture is too small for any letters.
    public func drawn(on picture: Picture, isEdited: Bool) throws(ProvenanceError) -> Picture {
        let shorter = min(picture.width, picture.height)
        let height = max(Self.leastHeight, Int((Double(shorter) * Self.heightShare).rounded(.up)))
        let mask = try Self.mask(preset.text(isEdited: isEdited), height: height, font: preset.font)
        let plate = Plate(mask: mask, height: height, margin: max(2, shorter / 40))
        guard plate.width + plate.margin <= picture.width, plate.height + plate.margin <= picture.height
        else {
            throw ProvenanceError(
                .label,
                "a picture of \(picture.width)x\(picture.height) has no room for a label that can be read; draw it larger"
            )
        }
        return plate.laid(on: picture)
    }

    /// Words whose capitals are at least so high: small letters that reach further up or down than capitals do not count.
    private static func mask(_ text: String, height: Int, font: TextFont) throws(ProvenanceError) -> TextMask
    {
        try masks.withLock { masks throws(ProvenanceError) in
            let key = "\(font.family)/\(text)/\(height)"
            if let mask = masks[key] { return mask }
            do {
                // The ink of a letter is lower than the font's size.
                for size in height...(height * 2) {
                    // All labels have these; Hangul and Chinese characters are no lower.
                    guard try font.mask("AI", size: size).inkHeight >= height else { continue }
                    let mask = try font.mask(text, size: size)
                    if masks.count >= cacheLimit { masks.removeAll() }
                    masks[key] = mask
                    return mask
                }
            } catch {
                throw ProvenanceError(.label, "the label cannot be drawn: \(error)", cause: error)
            }
            throw ProvenanceError(
                .label, "the label's font draws no letters; install it anew with `make setup`")
        }
    }

    /// Masks that were drawn before. A service has few sizes and few labels.
    private static let masks = Mutex<[String: TextMask]>([:])
    private static let cacheLimit = 64
}

/// The plate of a label and the words on it.
private struct Plate {
    let mask: TextMask
    let width: Int
    let height: Int
    let margin: Int
    private let across: Int
    private let down: Int
    private let radius: Double

    /// How much of the picture shows through the plate.
    private static let opacity = 0.62

    init(mask: TextMask, height: Int, margin: Int) {
        self.mask = mask
        self.margin = margin
        across = max(4, height * 11 / 20)
        down = max(3, height * 8 / 20)
        width = mask.width + 2 * across
        self.height = mask.height + 2 * down
        radius = Double(self.height) * 0.28
    }

    func laid(on picture: Picture) -> Picture {
        var bytes = picture.bytes
        let left = picture.width - margin - width
        let top = picture.height - margin - height
        for y in 0..<height {
            for x in 0..<width {
                let plate = Self.opacity * coverage(x, y)
                let ink = Double(inkAt(x - across, y - down)) / 255
                let start = ((top + y) * picture.width + left + x) * 3
                for channel in start..<start + 3 {
                    let dark = Double(bytes[channel]) * (1 - plate)
                    bytes[channel] = UInt8((dark + (255 - dark) * ink).rounded())
                }
            }
        }
        return Picture(width: picture.width, height: picture.height, bytes: bytes)
    }

    private func inkAt(_ x: Int, _ y: Int) -> UInt8 {
        guard x >= 0, y >= 0, x < mask.width, y < mask.height else { return 0 }
        return mask.coverage[y * mask.width + x]
    }

    /// How much of a pixel lies on the plate with its round corners, 0 to 1.
    private func coverage(_ x: Int, _ y: Int) -> Double {
        let fromLeft = min(Double(x) + 0.5, Double(width) - Double(x) - 0.5)
        let fromTop = min(Double(y) + 0.5, Double(height) - Double(y) - 0.5)
        guard fromLeft < radius, fromTop < radius else { return 1 }
        let (dx, dy) = (radius - fromLeft, radius - fromTop)
        return min(1, max(0, radius - (dx * dx + dy * dy).squareRoot() + 0.5))
    }
}
