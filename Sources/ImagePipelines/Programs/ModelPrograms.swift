import DiffusionModels
import NeuralNetworks
import PJRT
import StableHLO
import Synchronization
import Tensors

/// A compiled program and the weights it is called with.
struct BoundProgram: Sendable {
    let executable: LoadedExecutable
    let weights: [Buffer]

    /// Starts the program on its own arguments.
    func callAsFunction(_ arguments: [Buffer]) throws -> [Buffer] {
        try executable.execute(arguments + weights)
    }
}

/// The programs of one model: built, compiled and bound to weights when they are first needed.
///
/// May be used from any thread.
final class ModelPrograms: Sendable {
    /// What tells programs of one model apart.
    enum Kind: Hashable {
        /// One text's context; with low-rank paths, where styles change the text encoder.
        case text(tokens: Int, styles: StyleSlots? = nil)
        /// A step of a batch.
        case step(StepProgram)
        /// What keeps photos outside of their masks.
        case keeping(KeepingProgram)
        /// One latent's picture.
        case decoder(PictureSize)
        /// One picture's latent.
        case encoder(PictureSize)
        /// What works a style into weights.
        case merge(MergeProgram)
    }

    /// Programs kept in memory: those of some four sizes, with none, half and all of the rows guided, with features kept, reused
    /// and neither, at four numbers of rows. Others come back from the cache on disk.
    private static let limit = 144

    let compiler: ProgramCompiler
    let folder: ModelFolder
    private let policy: ComputePolicy
    private let weights: [ModelComponent: ComponentWeights]
    /// How often a program was compiled, or read from the cache on disk.
    let compilationCount = Mutex(0)
    private let compiled = Mutex(RecentlyUsed<Kind, CompiledProgram>(limit: limit))
    private let bound = Mutex(RecentlyUsed<Kind, BoundProgram>(limit: limit))
    /// Weights with styles worked in, by the parameters' names.
    let merged = Mutex(RecentlyUsed<MergeKey, [String: Buffer]>(limit: mergedLimit))
    /// A few components times a few powers of two.
    let layouts = Mutex(RecentlyUsed<MergeProgram, LowRankLayout>(limit: 16))
    let componentParameters = Mutex<[ModelComponent: [ParameterSpecification]]>([:])

    /// A program whose weights may not have been read yet.
    private struct CompiledProgram {
        let executable: LoadedExecutable
        let parameters: [ParameterSpecification]
    }

    /// Opens the weights' files; nothing is read or compiled yet.
    init(folder: ModelFolder, compiler: ProgramCompiler, policy: ComputePolicy) throws {
        self.folder = folder
        self.compiler = compiler
        self.policy = policy
        var weights: [ModelComponent: ComponentWeights] = [:]
        for component in ModelComponent.allCases {
            weights[component] = ComponentWeights(
                try folder.weights(of: component), client: compiler.client, elementType: policy.parameterType)
        }
        self.weights = weights
    }

    /// Compiles programs, or takes them from the cache on disk, and reads no weights yet.
    ///
    /// A compiler needs memory of its own, a gigabyte and more for a large model; what it gives back the weights can
    /// have.
    func prepare(_ kinds: [Kind]) throws {
        for kind in kinds { _ = try compiledProgram(kind) }
    }

    /// The program of a kind with its weights; both are brought to the device the first time.
    func program(_ kind: Kind) throws -> BoundProgram {
        if let program = bound.withLock({ $0.value(for: kind) }) { return program }
        let program = try compiledProgram(kind)
        let buffers = try weights[kind.component]?.buffers(for: program.parameters) ?? []
        let result = BoundProgram(executable: program.executable, weights: buffers)
        bound.withLock { $0.keep(result, for: kind) }
        return result
    }

    private func compiledProgram(_ kind: Kind) throws -> CompiledProgram {
        if let program = compiled.withLock({ $0.value(for: kind) }) { return program }
        // Outside the lock: two threads that compile the same program waste time, but never wait for another's.
        let program = try source(of: kind)
        compilationCount.withLock { $0 += 1 }
        let result = CompiledProgram(
            executable: try compiler.compile(program.function), parameters: program.parameters)
        compiled.withLock { $0.keep(result, for: kind) }
        return result
    }

    /// The names of a program's parameters, in the order of its weights.
    func parameterNames(_ kind: Kind) throws -> [String] { try compiledProgram(kind).parameters.map(\.name) }

    func source(of kind: Kind) throws -> ModelProgram {
        let autoencoder = Autoencoder(folder.autoencoder)
        let (scale, shift) = (folder.autoencoder.scalingFactor, folder.autoencoder.shiftFactor)
        switch kind {
        case .text(let length, let styles):
            let layout = try styles.map { try self.layout($0.form, of: .textEncoder) }
            return try ModelProgram(policy: policy) { builder, scope in
                let tokens = builder.argument("tokens", TensorType(.i32, [1, length]))
                if let styles, let layout {
                    scope.graph.rowwise = try styles.paths(in: layout, rows: 1, repeats: 1, builder)
                }
                return [try TextEncoder(folder.textEncoder)(tokens, in: scope)]
            }
        case .step(let step):
            let layout = try step.styles.map { try self.layout($0.form, of: .unet) }
            return try step.program(for: UNet(folder.unet), layout: layout, policy: policy)
        case .merge(let merge):
            return try merge.program(layout(merge.form, of: merge.component), policy: policy)
        case .keeping(let keeping):
            return try keeping.program(policy: policy)
        case .decoder(let size):
            return try ModelProgram(policy: policy) { builder, scope in
                let shape: Shape = [
                    1, size.latentHeight, size.latentWidth, folder.autoencoder.latentChannels,
                ]
                let latent = builder.argument("latent", TensorType(.f32, shape))
                return [try autoencoder.decode(latent / scale + shift, in: scope)]
            }
        case .encoder(let size):
            return try ModelProgram(policy: policy) { builder, scope in
                let picture = builder.argument(
                    "picture", TensorType(.f32, [1, size.height, size.width, 3]))
                return [try (autoencoder.encode(picture, in: scope).mean - shift) * scale]
            }
        }
    }
}

extension ModelPrograms.Kind {
    /// The component whose weights the program takes.
    var component: ModelComponent {
        switch self {
        case .text: .textEncoder
        case .step, .keeping: .unet
        case .decoder, .encoder: .autoencoder
        case .merge(let merge): merge.component
        }
    }
}
