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
            "Height and width in pixels, \(Scene.paintableSizes.lowerBound) to \(Scene.paintableSizes.upperBound)."
    )
    var size = 256

    @Option(help: "The PNG file to write; several pictures go into it as a grid.")
    var out = "painted.png"

    @Flag(help: "Leave out the medium's grain, as the model sees the pictures.")
    var bare = false

    func validate() throws {
        guard Scene.paintableSizes.contains(size) else {
            throw ValidationError(
                "--size must be \(Scene.paintableSizes.lowerBound) to \(Scene.paintableSizes.upperBound)")
        }
        guard (1...1024).contains(count) else { throw ValidationError("--count must be 1 to 1024") }
        guard size * size * count <= 40_000_000 else {
            throw ValidationError(
                "\(count) pictures of \(size) px are more than 40 megapixels; ask for fewer or smaller ones")
        }
    }

    func run() throws {
        try OutputFile.check(out, example: "painted.png")
        let pictures = try (0..<UInt64(count)).map { offset in
            let scene = Scene(seed: seed &+ offset)
            Terminal.note("\(seed &+ offset): \(scene.caption(language: .korean, seed: seed &+ offset))")
            var painting = try scene.paint(size: size)
            if !bare { painting = painting.finished(as: scene.medium, seed: seed &+ offset) }
            return Picture(width: size, height: size, bytes: painting.pixels)
        }
        let columns = Int(Double(count).squareRoot().rounded(.up))
        let sheet = count == 1 ? pictures[0] : Picture.grid(of: pictures, columns: columns)
        try sheet.write(to: out, as: .png(texts: []))
        Terminal.note("wrote \(out)")
    }
}
