import ArgumentParser
import FoundationEssentials
import Images
import Painter

/// Shows what the built-in model learns from.
struct PaintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paint", abstract: "Paints the storybook scenes that the built-in model learns from.")

    @Option(help: "The first picture's number. Picture N is the same on every machine.")
    var seed: UInt64 = 1

    @Option(help: "How many pictures.")
    var count = 1

    @Option(
        help:
            "Pixels of the shorter side, \(Scene.paintableSizes.lowerBound) to \(Scene.paintableSizes.upperBound)."
    )
    var size = 256

    @Option(help: "The PNG file to write; several pictures go into it as a grid.")
    var out = "painted.png"

    @Option(help: "The painter's edition: 1 is what the built-in model learned from, 2 the wider world.")
    var edition = 1

    @Option(
        help:
            "The sheet's shape in edition 2: square, landscape (3:2) or portrait (2:3); --size is the shorter side."
    )
    var format = Tableau.Format.square

    @Flag(help: "Leave out the medium's grain, as the model sees the pictures.")
    var bare = false

    func validate() throws {
        guard Scene.paintableSizes.contains(size) else {
            throw ValidationError(
                "--size must be \(Scene.paintableSizes.lowerBound) to \(Scene.paintableSizes.upperBound)")
        }
        guard (1...1024).contains(count) else { throw ValidationError("--count must be 1 to 1024") }
        guard (1...2).contains(edition) else { throw ValidationError("--edition must be 1 or 2") }
        guard edition == 2 || format == .square else {
            throw ValidationError("edition 1 paints squares only; ask for --edition 2 or --format square")
        }
        guard size * size * count <= 40_000_000 else {
            throw ValidationError(
                "\(count) pictures of \(size) px are more than 40 megapixels; ask for fewer or smaller ones")
        }
    }

    func run() throws {
        try OutputFile.check(out, example: "painted.png")
        let pictures = try (0..<UInt64(count)).map { try picture(seed &+ $0) }
        let columns = Int(Double(count).squareRoot().rounded(.up))
        let sheet = count == 1 ? pictures[0] : Picture.grid(of: pictures, columns: columns)
        try sheet.write(to: out, as: .png(texts: []))
        Terminal.note("wrote \(out)")
    }

    /// Paints picture number `number` of the edition, and notes its caption.
    private func picture(_ number: UInt64) throws -> Picture {
        let painting: Painting
        if edition == 1 {
            let scene = Scene(seed: number)
            Terminal.note("\(number): \(scene.caption(language: .korean, seed: number))")
            let plain = try scene.paint(size: size)
            painting = bare ? plain : plain.finished(as: scene.medium, seed: number)
        } else {
            let tableau = Tableau(seed: number)
            Terminal.note("\(number): \(tableau.caption(language: .korean, seed: number))")
            let plain = try tableau.paint(size: size, format: format)
            painting = bare ? plain : plain.finished(as: tableau.medium, seed: number)
        }
        return Picture(width: painting.width, height: painting.height, bytes: painting.pixels)
    }
}

extension Tableau.Format: ExpressibleByArgument {}
