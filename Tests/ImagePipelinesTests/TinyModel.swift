import DiffusionModels
import Glibc
import NeuralNetworks
import PJRT
import Tensors
import Testing

@testable import ImagePipelines

/// The model and the numbers that `Tools/parity/pipeline_tiny.py` wrote, and pipelines on the CPU plugin.
enum TinyModel {
    static let folder = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Fixtures"
    static let prompts = ["노을 속 바닷가의 소녀, 수채화 스타일", "A fox in the snowy village at midnight"]
    static let negativePrompts = ["blurry", ""]

    /// Whether there is a plugin to run on.
    static let hasDevice = pluginPath != nil

    private static let pluginPath: String? = {
        let variable = PluginSearch.environmentVariable
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let search = PluginSearch(
            environment: getenv(variable).map { [variable: String(cString: $0)] } ?? [:],
            projectFolder: "/\(root)/.ondol/plugins")
        return try? search.find { access($0, R_OK) == 0 }.path
    }()
    private static let client = Result { try Client(plugin: Plugin.load(path: pluginPath ?? "")) }

    static func compiler() throws -> ProgramCompiler { ProgramCompiler(client: try client.get()) }

    /// One pipeline for all tests of a policy, so that programs are compiled once.
    static let exact = Result { try pipeline(policy: .reference) }
    static let fast = Result { try pipeline(policy: .cpuInference) }

    private static func pipeline(policy: ComputePolicy) throws -> TextToImagePipeline {
        try TextToImagePipeline(
            folder: ModelFolder(path: "\(folder)/model"), compiler: compiler(), policy: policy)
    }

    private static let reference = Result { try SafetensorsFile(path: "\(folder)/case.safetensors") }

    /// A tensor of the reference: pictures as `[…, height, width, channels]`.
    static func tensor(_ name: String) throws -> HostTensor {
        let stored = try reference.get().tensor(named: name)
        let rank = stored.shape.rank
        return stored.transposed(Array(0..<rank - 3) + [rank - 2, rank - 1, rank - 3])
    }

    /// A row or step of the reference.
    static func floats(_ name: String, at indices: Int...) throws -> [Float] {
        var tensor = try tensor(name)
        for index in indices {
            tensor = tensor.row(index).reshaped(to: Shape(Array(tensor.shape.dimensions.dropFirst())))
        }
        return tensor.elements()
    }

    /// How far values are from the reference's, relative to the largest of these.
    static func distance(_ values: [Float], _ reference: [Float]) -> Float {
        guard values.count == reference.count else { return .infinity }
        let largest = reference.reduce(0) { max($0, abs($1)) }
        // What is not a number must not pass for small.
        return zip(values, reference).reduce(0) { most, pair in
            let difference = abs(pair.0 - pair.1)
            return difference <= most ? most : (difference.isNaN ? .infinity : difference)
        } / largest
    }
}

extension PictureRequest {
    /// One of the reference's pictures.
    static func tiny(_ index: Int, steps: Int = 6, guidance: Double = 5, seed: UInt64 = 1) -> PictureRequest {
        var request = PictureRequest(prompt: TinyModel.prompts[index], seed: seed)
        request.negativePrompt = TinyModel.negativePrompts[index]
        request.stepCount = steps
        request.guidanceScale = guidance
        request.solver = .ddim
        return request
    }
}

extension DenoisingSession {
    /// The latent of one row.
    func latent(_ row: Row, at place: Int) async throws -> [Float] {
        try await latents().row(place).elements()
    }

    /// Draws one picture alone to its last latent.
    static func lastLatent(
        _ request: PictureRequest, on pipeline: TextToImagePipeline, capacity: Int = 2
    ) async throws -> [Float] {
        let session = try pipeline.session(
            size: pipeline.sizes.size(width: 64, height: 64), capacity: capacity)
        let row = try await session.join(pipeline.plan(request))
        while session.hasWork { _ = try await session.advance() }
        return try await session.latent(row, at: 0)
    }
}
