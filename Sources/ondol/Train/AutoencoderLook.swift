import DiffusionModels
import FoundationEssentials
import Glibc
import Images
import NeuralNetworks
import StableHLO
import Tensors
import Training

/// A look at an autoencoder in training: unseen pictures beside what it gives back.
struct AutoencoderLook {
    /// How many pictures are looked at; a multiple of eight, which a row of the sheet holds, and of every portion.
    private static let count = 16

    private let program: NetworkProgram
    /// Unseen pictures, in portions that the program takes.
    private let portions: [HostTensor]
    private let folder: String

    /// How close what was given back is, in decibels, as means over pictures.
    struct Ratios {
        /// Of all pixels.
        let all: Double
        /// Of the tenth of each picture's pixels that differ most from their neighbours: faces and lines.
        let lines: Double
    }

    init(recipe: HanjiRecipe, runtime: DeviceRuntime, folder: String) throws {
        let rows = recipe.rowsAtOnce
        let size = recipe.pictureSize
        let autoencoder = Autoencoder(recipe.autoencoder)
        program = try NetworkProgram(
            inputs: [TensorType(.f32, [rows, size, size, 3])], policy: .reference, compiler: runtime.compiler
        ) { inputs, graph in
            [try autoencoder.decode(autoencoder.encode(inputs[0], in: graph.root).mean, in: graph.root)]
        }
        portions = try (0..<Self.count / rows).map { portion in
            let pixels = try recipe.unseenPictures.dropFirst(portion * rows).prefix(rows).flatMap {
                try recipe.pixels(ofPicture: $0)
            }
            return HostTensor(pixels, shape: [rows, size, size, 3])
        }
        self.folder = "\(folder)/samples"
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
    }

    /// Writes a sheet, pictures above what was given back, and returns how close it is.
    func take(step: Int, weights: NetworkProgram.Weights) throws -> Ratios {
        let restored = try portions.map { try program.run([$0], weights: weights)[0] }
        let (before, after) = (
            try portions.flatMap { try Picture.pictures(of: $0) },
            try restored.flatMap { try Picture.pictures(of: $0) }
        )
        var rows: [Picture] = []
        for start in stride(from: 0, to: before.count, by: 8) {
            rows += before[start..<start + 8]
            rows += after[start..<start + 8]
        }
        let sheet = Picture.grid(of: rows, columns: 8, spacing: 2)
        try sheet.write(to: "\(folder)/step-\(step).png", as: .png(texts: []))
        let ratios = zip(portions, restored).map { Self.ratios($0, $1) }
        let count = Double(ratios.count)
        return Ratios(
            all: ratios.map(\.all).reduce(0, +) / count, lines: ratios.map(\.lines).reduce(0, +) / count)
    }

    /// Compares pictures `[count, height, width, 3] f32` in -1…1 with what was given back, which is clamped to that.
    static func ratios(_ pictures: HostTensor, _ restored: HostTensor) -> Ratios {
        let (left, right) = (pictures.elements(as: Float.self), restored.elements(as: Float.self))
        let (count, width) = (pictures.shape[0], pictures.shape[2])
        let size = left.count / count
        var (all, lines) = (0.0, 0.0)
        for start in stride(from: 0, to: left.count, by: size) {
            let picture = left[start..<start + size]
            let squares = zip(picture, right[start..<start + size]).map { pixel, other in
                let difference = Double(pixel - min(max(other, -1), 1))
                return difference * difference
            }
            let contrast = contrast(of: Array(picture), width: width)
            let limit = contrast.sorted()[size * 9 / 10]
            all += ratio(squares)
            lines += ratio(zip(squares, contrast).filter { $0.1 >= limit }.map(\.0))
        }
        return Ratios(all: all / Double(count), lines: lines / Double(count))
    }

    /// 10·log₁₀(range² / mean squared error).
    private static func ratio(_ squares: [Double]) -> Double {
        10 * log10(4 * Double(squares.count) / max(squares.reduce(0, +), 1e-12))
    }

    /// How much each number differs from those to the left and above.
    private static func contrast(of picture: [Float], width: Int) -> [Float] {
        picture.indices.map { index in
            let isFirst = index % (3 * width) < 3
            let left = isFirst ? 0 : abs(picture[index] - picture[index - 3])
            return left + (index < 3 * width ? 0 : abs(picture[index] - picture[index - 3 * width]))
        }
    }
}
