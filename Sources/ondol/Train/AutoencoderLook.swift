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
    private let program: NetworkProgram
    private let pictures: HostTensor
    private let folder: String

    init(recipe: HanjiRecipe, objective: AutoencoderObjective, runtime: DeviceRuntime, folder: String) throws
    {
        let count = 16
        let size = recipe.pictureSize
        let autoencoder = objective.autoencoder
        program = try NetworkProgram(
            inputs: [TensorType(.f32, [count, size, size, 3])], policy: .reference, compiler: runtime.compiler
        ) { inputs, graph in
            [try autoencoder.decode(autoencoder.encode(inputs[0], in: graph.root).mean, in: graph.root)]
        }
        let pixels = try recipe.unseenPictures.prefix(count).flatMap {
            try HanjiRecipe.pixels(ofPicture: $0, size: size)
        }
        pictures = HostTensor(pixels, shape: [count, size, size, 3])
        self.folder = "\(folder)/samples"
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
    }

    /// Writes a sheet, pictures above what was given back, and returns the mean PSNR in decibels.
    func take(step: Int, weights: NetworkProgram.Weights) throws -> Double {
        let restored = try program.run([pictures], weights: weights)[0]
        let (before, after) = (try Picture.pictures(of: pictures), try Picture.pictures(of: restored))
        var rows: [Picture] = []
        for start in stride(from: 0, to: before.count, by: 8) {
            rows += before[start..<start + 8]
            rows += after[start..<start + 8]
        }
        let sheet = Picture.grid(of: rows, columns: 8, spacing: 2)
        try sheet.write(to: "\(folder)/step-\(step).png", as: .png(texts: []))
        return Self.meanSignalToNoiseRatio(pictures, restored)
    }

    /// The mean over pictures of 10·log₁₀(range² / mean squared error), with values clamped to -1…1.
    static func meanSignalToNoiseRatio(_ pictures: HostTensor, _ restored: HostTensor) -> Double {
        let (left, right) = (pictures.elements(as: Float.self), restored.elements(as: Float.self))
        let count = pictures.shape[0]
        let size = left.count / count
        let ratios = (0..<count).map { picture in
            var sum = 0.0
            for index in picture * size..<(picture + 1) * size {
                let difference = Double(left[index] - min(max(right[index], -1), 1))
                sum += difference * difference
            }
            return 10 * log10(4 * Double(size) / max(sum, 1e-12))
        }
        return ratios.reduce(0, +) / Double(count)
    }
}
