import Testing

@testable import Samplers

/// Limits of plans, and what is promised about them beyond the reference's numbers.
@Suite struct SolverPlanTests {
    private static func stableDiffusion() -> SchedulerConfiguration {
        var configuration = SchedulerConfiguration()
        configuration.betaStart = 0.00085
        configuration.betaEnd = 0.012
        configuration.betaSchedule = .scaledLinear
        return configuration
    }

    @Test(arguments: Solver.allCases, [0, -1, 1_001, 1_000_000, Int.min, Int.max])
    func impossibleStepCountsAreRefused(solver: Solver, stepCount: Int) {
        let error = #expect(throws: SamplerError.self) {
            try SolverPlan(Self.stableDiffusion(), solver: solver, stepCount: stepCount)
        }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("1 to 1000") == true)
    }

    /// Every count gives a plan of that many finite steps, or a refusal that says why.
    @Test(arguments: Solver.allCases, SchedulerConfiguration.TimestepSpacing.allCases)
    func everyStepCountGivesAWholePlan(
        solver: Solver, spacing: SchedulerConfiguration.TimestepSpacing
    ) throws {
        var configuration = Self.stableDiffusion()
        configuration.timestepSpacing = spacing
        configuration.rescalesToZeroTerminalSNR = true
        configuration.predictionType = .velocity
        for stepCount in [1, 2, 3, 61, 103, 121, 333, 499, 500, 501, 769, 998, 999, 1_000] {
            do {
                let plan = try SolverPlan(configuration, solver: solver, stepCount: stepCount)
                #expect(plan.steps.count == stepCount)
                #expect(plan.steps.allSatisfy { $0.isFinite && (0...999).contains($0.timestep) })
                #expect(plan.steps[0].previousDenoisedWeight == 0)
                #expect(zip(plan.steps, plan.steps.dropFirst()).allSatisfy { $0.timestep >= $1.timestep })
            } catch {
                #expect(error.code == .noFiniteStep)
                #expect(solver == .dpmSolverPlusPlus && stepCount > 499, "\(stepCount): \(error)")
            }
        }
    }

    /// Where the model is right about a finished latent x, the latent stands after each step where ``SolverStep/knownWeight``
    /// and ``SolverStep/knownNoiseWeight`` put x and the first noise: what is kept of a photo is what would have been drawn.
    @Test(arguments: Solver.allCases, SchedulerConfiguration.PredictionType.allCases)
    func whatIsKnownStandsWhereADrawnLatentWould(
        solver: Solver, prediction: SchedulerConfiguration.PredictionType
    ) throws {
        guard solver != .eulerAncestral || prediction != .sample else { return }
        for strength in [0.35, 1.0] { try check(solver, prediction, strength: strength) }
    }

    private func check(
        _ solver: Solver, _ prediction: SchedulerConfiguration.PredictionType, strength: Double
    ) throws {
        var configuration = Self.stableDiffusion()
        configuration.predictionType = prediction
        let plan = try SolverPlan(configuration, solver: solver, stepCount: 12, strength: strength)
        let (known, noise) = (0.7, -1.3)
        var latent = plan.start.picture * known + plan.start.noise * noise
        for (index, step) in plan.steps.enumerated() {
            let output = (known - step.denoisedFromLatent * latent) / step.denoisedFromOutput
            latent =
                step.latentWeight * latent + step.outputWeight * output + step.previousDenoisedWeight * known
            // An ancestral step puts fresh noise in the place of a part of the old.
            let old = (step.knownNoiseWeight * step.knownNoiseWeight - step.noiseWeight * step.noiseWeight)
            let expected = step.knownWeight * known + max(old, 0).squareRoot() * noise
            if index < plan.steps.count - 1 {
                #expect(abs(latent - expected) < 1e-6, "step \(index)")
                latent = step.knownWeight * known + step.knownNoiseWeight * noise
            }
        }
        #expect(plan.steps.last?.knownWeight == 1 && plan.steps.last?.knownNoiseWeight == 0)
        let levels = plan.steps.map { $0.knownNoiseWeight / $0.knownWeight }
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test(arguments: [-0.1, 1.1, Double.nan, .infinity])
    func impossibleEtasAndStrengthsAreRefused(value: Double) {
        #expect(throws: SamplerError.self) {
            try SolverPlan(Self.stableDiffusion(), solver: .ddim, stepCount: 10, eta: value)
        }
        #expect(throws: SamplerError.self) {
            try SolverPlan(Self.stableDiffusion(), solver: .ddim, stepCount: 10, strength: value)
        }
    }

    @Test func aStrengthThatLeavesNoStepIsRefused() {
        let error = #expect(throws: SamplerError.self) {
            try SolverPlan(Self.stableDiffusion(), stepCount: 10, strength: 0.05)
        }
        #expect(error?.message.contains("no step") == true)
    }

    @Test func strengthTakesTheLastStepsOfTheWholePlan() throws {
        for solver in Solver.allCases {
            let whole = try SolverPlan(Self.stableDiffusion(), solver: solver, stepCount: 20)
            let part = try SolverPlan(Self.stableDiffusion(), solver: solver, stepCount: 20, strength: 0.5)
            #expect(part.steps.count == 10)
            #expect(part.steps.dropFirst() == whole.steps.suffix(9))
            #expect(part.start.picture > 0)
            #expect(whole.start.picture == 0)
        }
    }

    @Test func offsetsBeyondTheTrainingTimestepsAreRefused() {
        var configuration = Self.stableDiffusion()
        configuration.timestepSpacing = .leading
        configuration.stepsOffset = 1
        let error = #expect(throws: SamplerError.self) {
            try SolverPlan(configuration, solver: .ddim, stepCount: 1_000)
        }
        #expect(error?.message.contains("steps_offset") == true)
    }

    @Test func onlyStochasticSolversAskForNoise() throws {
        func asks(_ solver: Solver, eta: Double) throws -> Bool {
            try SolverPlan(Self.stableDiffusion(), solver: solver, stepCount: 10, eta: eta).steps
                .contains { $0.noiseWeight != 0 }
        }
        #expect(try !asks(.ddim, eta: 0))
        #expect(try asks(.ddim, eta: 1))
        #expect(try !asks(.euler, eta: 1))
        #expect(try asks(.eulerAncestral, eta: 0))
        #expect(try !asks(.dpmSolverPlusPlus, eta: 1))
    }

    @Test func eulerAncestralRefusesSamplePrediction() {
        var configuration = Self.stableDiffusion()
        configuration.predictionType = .sample
        let error = #expect(throws: SamplerError.self) {
            try SolverPlan(configuration, solver: .eulerAncestral, stepCount: 10)
        }
        #expect(error?.message.contains("prediction_type") == true)
    }
}
