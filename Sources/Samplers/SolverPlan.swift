/// Everything about one picture's way from noise to latent that does not depend on the picture.
///
/// A plan is numbers only; the engine combines tensors by them, one ``SolverStep`` at a time. Plans of
/// different solvers and lengths can run side by side in one batch.
public struct SolverPlan: Sendable, Equatable {
    /// The most steps a plan may have.
    public static let stepLimit = 1_000

    /// How the first latent is mixed: latent = `picture`·encodedPicture + `noise`·noise.
    public struct Start: Sendable, Equatable {
        /// The share of the encoded picture; 0 when a picture is drawn from text alone.
        public let picture: Double
        /// The share of unit Gaussian noise.
        public let noise: Double
    }

    /// The solver that the numbers belong to.
    public let solver: Solver
    /// How the first latent is made.
    public let start: Start
    /// The steps in order; never empty.
    public let steps: [SolverStep]

    /// Plans a picture.
    ///
    /// - Parameters:
    ///   - configuration: how the model was trained, and the preferences of its folder.
    ///   - solver: the method; nil takes the configuration's own, or DDIM where that is not one of ours.
    ///   - stepCount: how many steps a whole picture takes, 1 to ``stepLimit`` and at most the training
    ///     timesteps.
    ///   - eta: how much of DDPM's noise DDIM puts back, 0 to 1; the other solvers do not read it.
    ///   - strength: nil draws from noise alone. Otherwise a picture is the start, and only the last
    ///     `strength` of the steps are taken, greater than 0 up to 1.
    /// - Throws: ``SamplerError`` where an argument is out of range, a field of the configuration does not go
    ///   with the solver, or no finite step exists.
    ///
    /// Source for `strength`: `get_timesteps`, diffusers 0.42.1
    /// `pipelines/stable_diffusion/pipeline_stable_diffusion_img2img.py`.
    public init(
        _ configuration: SchedulerConfiguration, solver: Solver? = nil, stepCount: Int, eta: Double = 0,
        strength: Double? = nil
    ) throws(SamplerError) {
        let solver = solver ?? configuration.solver ?? .ddim
        let schedule = try NoiseSchedule(configuration)
        let limit = min(Self.stepLimit, schedule.count)
        guard (1...limit).contains(stepCount) else {
            throw SamplerError(
                .invalidArgument, "\(stepCount) steps were asked for; 1 to \(limit) can be taken.")
        }
        guard (0...1).contains(eta) else {
            throw SamplerError(.invalidArgument, "eta is \(eta); it must be between 0 and 1.")
        }
        let first = try Self.firstStep(stepCount: stepCount, strength: strength)
        let context = PlanContext(
            configuration: configuration, schedule: schedule, stepCount: stepCount, first: first)
        var (start, steps) =
            switch solver {
            case .ddim: try context.ddim(eta: eta, fromPicture: strength != nil)
            case .euler: try context.euler(fromPicture: strength != nil)
            case .eulerAncestral: try context.eulerAncestral(fromPicture: strength != nil)
            case .dpmSolverPlusPlus: try context.dpmSolverPlusPlus(fromPicture: strength != nil)
            }
        // What the last step leaves is the finished latent, whatever little noise a solver still counts.
        if let last = steps.indices.last { (steps[last].knownWeight, steps[last].knownNoiseWeight) = (1, 0) }
        guard steps.allSatisfy(\.isFinite), start.noise.isFinite else {
            throw SamplerError(
                .noFiniteStep,
                "With \(solver.rawValue), \(stepCount) steps and these settings a step would divide by zero. Zero "
                    + "terminal SNR needs v_prediction; very many steps need another spacing or fewer steps.")
        }
        self.solver = solver
        self.start = start
        self.steps = steps
    }

    private static func firstStep(stepCount: Int, strength: Double?) throws(SamplerError) -> Int {
        guard let strength else { return 0 }
        guard strength > 0, strength <= 1 else {
            throw SamplerError(
                .invalidArgument, "strength is \(strength); it must be greater than 0 and at most 1.")
        }
        let taken = min(Int(Double(stepCount) * strength), stepCount)
        guard taken > 0 else {
            throw SamplerError(
                .invalidArgument,
                "strength \(strength) of \(stepCount) steps leaves no step to take. Raise one of them.")
        }
        return stepCount - taken
    }
}
