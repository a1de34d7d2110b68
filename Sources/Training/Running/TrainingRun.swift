import NeuralNetworks
import PJRT
import StableHLO
import Tensors

/// What a run is set to, apart from its objective.
public struct TrainingSettings: Sendable, Hashable, Codable {
    /// How the learning rate moves.
    public var schedule: LearningRateSchedule
    /// How weights are changed.
    public var optimizer = AdamW()
    /// How slowly the averaged weights follow.
    public var averageDecay = 0.999
    /// Seconds between checkpoints.
    public var checkpointSeconds = 600.0

    /// The usual settings with this schedule.
    public init(schedule: LearningRateSchedule) { self.schedule = schedule }
}

/// Trains a model step by step, resumes where it stood, and tells how it goes.
///
/// Not `Sendable`: it belongs to the task that runs it. The device works on one step while the next batch is made.
public final class TrainingRun<Goal: Objective, Source: BatchSource> {
    /// What happened, for whoever watches.
    public enum Event: Sendable {
        /// A step was done.
        case step(StepReport)
        /// A checkpoint was written after so many steps.
        case checkpoint(step: Int)
    }

    private let objective: Goal
    private let source: Source
    private let settings: TrainingSettings
    private let client: Client
    private let folder: String
    private let objectiveText: String
    private let program: TrainingProgram
    private let executable: LoadedExecutable
    private let frozen: [String: Buffer]
    private var state: TrainingState
    private var seconds: Double
    private var samples: Int
    private let batchSize: Int
    private let adapters: [String: ModelGraph.AdapterShape]

    /// Steps done.
    public var step: Int { state.step }
    /// Whether the run's schedule is at its end.
    public var isFinished: Bool { state.step >= settings.schedule.totalSteps }

    /// Prepares a run: compiles the step, and takes the newest checkpoint in `folder` or the weights given.
    /// - Parameters:
    ///   - objectiveText: describes the objective; a checkpoint of another is refused.
    ///   - adapters: low-rank adapters to add, by the path of the layer they change.
    ///   - weights: starting weights by parameter, as they lie on the device, `f32`.
    ///   - isTrained: which parameters learn.
    /// - Throws: ``TrainingError`` where the checkpoint is damaged or of another objective; errors of building,
    ///   compiling and of `weights`.
    public init(
        objective: Goal, source: Source, settings: TrainingSettings, policy: ComputePolicy, client: Client,
        compiler: ProgramCompiler, folder: String, objectiveText: String, batchSize: Int,
        adapters: [String: ModelGraph.AdapterShape] = [:],
        training isTrained: (ParameterSpecification) -> Bool = { _ in true },
        weights: (ParameterSpecification) throws -> HostTensor
    ) throws {
        self.objective = objective
        self.source = source
        self.settings = settings
        self.client = client
        self.folder = folder
        self.objectiveText = objectiveText
        self.batchSize = batchSize
        self.adapters = adapters
        program = try TrainingProgram(
            objective: objective, optimizer: settings.optimizer, policy: policy, adapters: adapters,
            training: isTrained)
        executable = try compiler.compile(program.function)
        let trained = Set(program.parameters.map(\.name))
        var frozen: [String: Buffer] = [:]
        for parameter in program.allParameters where !trained.contains(parameter.name) {
            frozen[parameter.name] = try client.buffer(from: weights(parameter))
        }
        self.frozen = frozen
        if let checkpoint = try Checkpoint.latest(in: folder) {
            guard checkpoint.progress.objective == objectiveText else {
                throw TrainingError(
                    .settings,
                    "\(folder) holds a run with another objective (\(checkpoint.progress.objective)); choose another folder"
                )
            }
            state = try TrainingState(parameters: program.parameters, client: client, checkpoint: checkpoint)
            seconds = checkpoint.progress.seconds
            samples = checkpoint.progress.samples
        } else {
            state = try TrainingState(parameters: program.parameters, client: client, weights: weights)
            seconds = 0
            samples = 0
        }
    }

    /// Runs until the schedule is done, the task is cancelled or `shouldStop` says so, and saves where it stands.
    ///
    /// Cancellation and stopping are looked at between steps.
    /// - Throws: ``TrainingError`` with `diverged`, without saving, or `file`; errors of the source, of the device
    ///   and of `observe`.
    public func run(shouldStop: () -> Bool = { false }, observe: (Event) throws -> Void) throws {
        let clock = ContinuousClock()
        var lastSave = clock.now
        guard !isFinished else { return }
        var batch = try source.batch(step: state.step)
        while !isFinished, !Task.isCancelled, !shouldStop() {
            let start = clock.now
            let learningRate = settings.schedule.rate(at: state.step)
            let results = try advance(batch, learningRate: learningRate)
            // Made while the device works.
            if !isFinished { batch = try source.batch(step: state.step) }
            let report = try results[0].waitForHostTensor().elements(as: Float.self)
            let duration = clock.now - start
            seconds += duration / .seconds(1)
            samples += batchSize
            // Gradients that are no numbers have spoilt the weights already, though the loss was still one.
            guard report.allSatisfy(\.isFinite) else {
                throw TrainingError(
                    .diverged,
                    "the loss or its gradient at step \(state.step) is no number; resume from \(folder) with a lower learning rate"
                )
            }
            try observe(.step(stepReport(report, learningRate: learningRate, duration: duration)))
            if clock.now - lastSave >= .seconds(settings.checkpointSeconds) {
                try save(observe)
                lastSave = clock.now
            }
        }
        try save(observe)
    }

    private func advance(_ batch: [HostTensor], learningRate: Double) throws -> [Buffer] {
        let controls = settings.optimizer.controls(
            step: state.step, learningRate: learningRate, averageDecay: settings.averageDecay)
        var weights = (state.buffers[.weights] ?? []).makeIterator()
        let parameters = program.allParameters.compactMap { frozen[$0.name] ?? weights.next() }
        let moved = [TrainingState.Group.first, .second, .average].flatMap { state.buffers[$0] ?? [] }
        let inputs = try (batch + [controls.tensor]).map { try client.buffer(from: $0) }
        let results = try executable.execute(inputs + parameters + moved)
        state.advance(results.dropFirst())
        return results
    }

    private func stepReport(_ values: [Float], learningRate: Double, duration: Duration) -> StepReport {
        StepReport(
            step: state.step, totalSteps: settings.schedule.totalSteps, samples: samples,
            learningRate: learningRate, duration: duration,
            values: zip(program.reportNames, values).map { ($0, Double($1)) })
    }

    private func save(_ observe: (Event) throws -> Void) throws {
        let progress = Checkpoint.Progress(
            step: state.step, samples: samples, seconds: seconds, objective: objectiveText)
        try Checkpoint.save(state, progress: progress, in: folder)
        try observe(.checkpoint(step: state.step))
    }

    /// The averaged weights by parameter, as they lie on the device.
    public func averagedWeights() throws -> [(ParameterSpecification, HostTensor)] {
        try state.tensors(.average)
    }

    /// The averaged weights on the device, for evaluation.
    public func averagedBuffers() -> NetworkProgram.Weights {
        var buffers = frozen
        for (parameter, buffer) in zip(program.parameters, state.buffers[.average] ?? []) {
            buffers[parameter.name] = buffer
        }
        return buffers
    }

    /// Makes something that measures this run's averaged weights.
    public func evaluator(policy: ComputePolicy, compiler: ProgramCompiler) throws -> Evaluator {
        try Evaluator(objective: objective, policy: policy, compiler: compiler, adapters: adapters)
    }

    /// The mean report of batches under the averaged weights.
    public func evaluate(_ evaluator: Evaluator, batches: some Sequence<[HostTensor]>) throws -> [String:
        Double]
    {
        try evaluator.mean(of: batches, weights: averagedBuffers())
    }
}

/// How one step went.
public struct StepReport: Sendable {
    /// Steps done, this one included.
    public let step: Int
    /// Steps in all.
    public let totalSteps: Int
    /// Pictures seen.
    public let samples: Int
    /// The step's learning rate.
    public let learningRate: Double
    /// How long it took.
    public let duration: Duration
    /// The loss and what is reported beside it, with their names.
    public let values: [(name: String, value: Double)]
}
