import NeuralNetworks
import Training

extension AutoencoderStage {
    /// Steps between looks at pictures that are never trained on.
    private static let lookSteps = 250
    /// Convolutions of fewer features are left to the plugin.
    private static let fewestLoweredFeatures = 32

    /// Trains to the end of the schedule or until `shouldStop` says so.
    /// - Parameter crop: height and width of the pixels that are trained on.
    /// - Returns: the run, as it was left.
    @discardableResult
    func train(
        with settings: TrainingSettings, batchSize: Int, crop: Int, runtime: DeviceRuntime,
        shouldStop: @escaping () -> Bool
    ) throws -> TrainingRun<AutoencoderObjective, PictureBatchSource> {
        let objective = objective(batchSize: batchSize, crop: crop)
        let loop = try TrainingLoop(
            folder: folder, batchSize: batchSize, lookSteps: Self.lookSteps, shouldStop: shouldStop)
        Terminal.note("compiling for \(runtime.client.platformName)")
        // Thin layers at the picture's full size are most of the work here, and the plugin's slowest.
        var policy = runtime.trainingPolicy
        policy.kernelLowering?.fewestFeatures = Self.fewestLoweredFeatures
        let run = try TrainingRun(
            objective: objective, source: source(for: objective), settings: settings, policy: policy,
            client: runtime.client, compiler: runtime.compiler, folder: folder, objectiveText: objectiveText,
            batchSize: batchSize, training: isTrained, weights: weights)
        let look = try AutoencoderLook(recipe: recipe, runtime: runtime, folder: folder)
        // A run that is done was perhaps set to something else.
        if !run.isFinished {
            try RunDescription(
                settings: settings, batchSize: batchSize, pictures: recipe.trainingPictures.count,
                device: runtime.client.platformName, crop: objective.pictureSize,
                lossWeights: [
                    "edges": objective.edgeWeight, "divergence": objective.divergenceWeight,
                    "lines": objective.lineWeight, "ratio": objective.ratioWeight,
                ]
            ).write(to: folder)
        }
        try loop.run(run) { step in
            let ratios = try look.take(step: step, weights: run.averagedBuffers())
            try loop.log.keep(
                step: step, ["unseen PSNR": ratios.all, "unseen PSNR beside lines": ratios.lines])
            Terminal.note(
                "step \(step): PSNR of unseen pictures \(Terminal.fixed(ratios.all, 2)) dB, "
                    + "beside lines \(Terminal.fixed(ratios.lines, 2)) dB")
        }
        return run
    }
}
