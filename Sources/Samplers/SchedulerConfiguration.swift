/// The content of a diffusers `scheduler_config.json`: how the model was trained, and how to sample from it.
///
/// The solver named in the file is only a suggestion: a plan may use any ``Solver`` with any configuration,
/// as diffusers' `from_config` on another class does.
///
/// Source: the `__init__` of the four schedulers in diffusers 0.42.1, `src/diffusers/schedulers/`.
public struct SchedulerConfiguration: Sendable, Equatable {
    /// How the added variance beta grows over the training timesteps.
    public enum BetaSchedule: String, Sendable, CaseIterable {
        /// Evenly from `betaStart` to `betaEnd`.
        case linear
        /// The square roots evenly: what Stable Diffusion was trained with.
        case scaledLinear = "scaled_linear"
        /// A squared cosine of the cumulative alpha, each beta at most 0.999.
        ///
        /// Source: A. Nichol, P. Dhariwal, 2021, https://arxiv.org/abs/2102.09672, equation 17.
        case squaredCosine = "squaredcos_cap_v2"
    }

    /// What the model's output means.
    public enum PredictionType: String, Sendable, CaseIterable {
        /// The noise that was added.
        case epsilon
        /// The velocity sqrt(ā)·noise − sqrt(1−ā)·picture.
        ///
        /// Source: T. Salimans, J. Ho, 2022, https://arxiv.org/abs/2202.00512, appendix D.
        case velocity = "v_prediction"
        /// The picture itself.
        case sample
    }

    /// Which training timesteps the steps visit.
    ///
    /// Source: S. Lin et al., 2024, https://arxiv.org/abs/2305.08891, table 2.
    public enum TimestepSpacing: String, Sendable, CaseIterable {
        /// Counted from the beginning in whole strides, plus `stepsOffset`; never reaches the noisiest one.
        case leading
        /// Counted from the end; always begins with the noisiest one.
        case trailing
        /// Evenly from the first to the last.
        case linspace
    }

    /// The sigma after the last step.
    public enum FinalSigma: String, Sendable, CaseIterable {
        /// No noise is left.
        case zero
        /// The smallest sigma of training is left.
        case smallest = "sigma_min"
    }

    /// The solver named by `_class_name`, or nil where the file names a class that is not one of ours.
    public var solver: Solver?
    /// How many timesteps the model was trained on; 2 to 10,000.
    public var trainingTimesteps = 1_000
    /// The first beta; greater than 0.
    public var betaStart = 0.0001
    /// The last beta; less than 1.
    public var betaEnd = 0.02
    /// How beta grows between them.
    public var betaSchedule = BetaSchedule.linear
    /// Whether betas are rescaled so that the last timestep is pure noise.
    public var rescalesToZeroTerminalSNR = false
    /// What the model's output means.
    public var predictionType = PredictionType.epsilon
    /// Which timesteps are visited; nil takes the solver's own: leading for DDIM, linspace for the others.
    public var timestepSpacing: TimestepSpacing?
    /// Added to the timesteps of leading spacing; 1 for Stable Diffusion 1.
    public var stepsOffset = 0
    /// Whether DDIM's last step ends at a cumulative alpha of 1, instead of that of timestep 0.
    public var endsAtAlphaOne = true
    /// The sigma after the last step; read by Euler and DPM-Solver++.
    public var finalSigma = FinalSigma.zero
    /// Whether sigmas follow Karras' curve; read by Euler and DPM-Solver++.
    public var usesKarrasSigmas = false
    /// Whether DPM-Solver++ takes its last step by the first-order rule when there are fewer than 15.
    public var lowersFinalOrder = true
    /// Whether DPM-Solver++ always takes its last step by the first-order rule.
    public var usesEulerAtFinal = false
    /// DPM-Solver++ leaves out timesteps whose half log-SNR lies below; minus infinity leaves out none.
    public var smallestLambda = -Double.infinity

    /// The defaults that the four classes share.
    public init() {}

    /// Refuses values that no schedule can be made from.
    ///
    /// - Throws: ``SamplerError`` with code `unsupportedValue`, naming the field.
    func validate() throws(SamplerError) {
        func require(_ condition: Bool, _ field: String, _ supported: String) throws(SamplerError) {
            guard condition else {
                throw SamplerError(.unsupportedValue, "\(field) must be \(supported).")
            }
        }
        try require((2...10_000).contains(trainingTimesteps), "num_train_timesteps", "2 to 10000")
        try require(betaStart > 0 && betaStart < 1, "beta_start", "between 0 and 1")
        try require(
            betaEnd >= betaStart && betaEnd < 1, "beta_end", "from beta_start up to, not including, 1")
        try require((0..<trainingTimesteps).contains(stepsOffset), "steps_offset", "less than the timesteps")
        try require(!smallestLambda.isNaN && smallestLambda < 100, "lambda_min_clipped", "less than 100")
    }
}
