import NeuralNetworks
public import PJRT
public import Tensors
public import Training

extension Classifier {
    /// Pictures the classifier learns from: none that the built-in model or its autoencoder learns from, and none
    /// they are measured on.
    public static let trainingPictures = 20_000_000..<21_000_000
    /// Pictures it is judged on.
    public static let judgingPictures = 21_000_000..<21_001_000

    /// Trains a classifier on painted pictures.
    /// - Parameters:
    ///   - beginning: a classifier's weights to begin with, where they are of the same shape; nil for random ones.
    ///   - folder: where the run is kept; one that was begun is gone on with.
    ///   - observe: is told of every step.
    /// - Returns: the averaged weights by name, as they lie on the device.
    public static func train(
        world: ClassifierWorld = .scenes, steps: Int, batchSize: Int = 32, compiler: ProgramCompiler,
        beginning: String? = nil, folder: String,
        observing observe: (StepReport) -> Void
    ) throws -> [String: HostTensor] {
        var settings = TrainingSettings(
            schedule: .init(
                peak: beginning == nil ? 3e-3 : 1.5e-3, warmupSteps: 50, totalSteps: steps,
                decaySteps: steps / 2))
        settings.averageDecay = 0.98
        settings.checkpointSeconds = 120
        let initializer = ParameterInitializer(seed: 7)
        let known = try beginning.map { try SafetensorsFile(path: $0) }
        let run = try TrainingRun(
            objective: ClassifierObjective(batchSize: batchSize, world: world),
            source: PaintedPictures(numbers: trainingPictures, batchSize: batchSize, world: world),
            settings: settings,
            policy: .reference, client: compiler.client, compiler: compiler, folder: folder,
            objectiveText: world == .scenes
                ? "attribute classifier" : "attribute classifier, \(world.rawValue)", batchSize: batchSize,
            weights: { parameter in
                guard let known, known.description(of: parameter.name)?.shape == parameter.deviceShape else {
                    return initializer.tensor(for: parameter)
                }
                return try known.tensor(named: parameter.name).converted(to: .f32)
            })
        try run.run { event in
            if case .step(let report) = event { observe(report) }
        }
        return Dictionary(uniqueKeysWithValues: try run.averagedWeights().map { ($0.0.name, $0.1) })
    }

    /// Writes weights in 16 bits, in the layout they have on the device.
    public static func write(
        _ weights: [String: HostTensor], to path: String, metadata: [String: String]
    ) throws {
        try SafetensorsWriter.write(
            weights.mapValues { try $0.converted(to: .f16) }, metadata: metadata, to: path)
    }

    /// How often it is right about painted pictures it has not seen, by attribute: as they are, and as soft as an
    /// autoencoder's.
    public func accuracyOnPaintedPictures(
        count: Int = judgingPictures.count
    ) throws -> (untouched: [PictureAttribute: Double], softened: [PictureAttribute: Double]) {
        (try accuracy(.untouched, count: count), try accuracy(.softened, count: count))
    }

    private func accuracy(
        _ treatment: PaintedPictures.Treatment, count: Int
    ) throws -> [PictureAttribute: Double] {
        var right: [PictureAttribute: Int] = [:]
        let batches = count / Self.batchSize
        let source = PaintedPictures(
            numbers: Self.judgingPictures, batchSize: Self.batchSize, world: world, treatment: treatment)
        for step in 0..<batches {
            let batch = try source.batch(step: step)
            let elements = batch[0].shape.elementCount / Self.batchSize
            let pixels = batch[0].elements(as: Float.self)
            let truth = batch[1].elements(as: Float.self)
            let pictures = (0..<Self.batchSize).map { Array(pixels[$0 * elements..<($0 + 1) * elements]) }
            for (row, found) in try attributes(of: pictures).enumerated() {
                for (attribute, value) in found {
                    let column = row * world.columnCount + world.columns(attribute).lowerBound + value
                    if truth[column] == 1 { right[attribute, default: 0] += 1 }
                }
            }
        }
        return right.mapValues { Double($0) / Double(batches * Self.batchSize) }
    }
}
