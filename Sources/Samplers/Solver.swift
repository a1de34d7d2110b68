/// A way of going from noise to a picture, step by step.
public enum Solver: String, Sendable, CaseIterable {
    /// Denoising diffusion implicit models: deterministic at eta 0, DDPM's ancestral sampling at eta 1.
    ///
    /// Source: J. Song, C. Meng, S. Ermon, 2021, https://arxiv.org/abs/2010.02502.
    case ddim
    /// Euler's method on the probability-flow equation in terms of sigma.
    ///
    /// Source: T. Karras et al., 2022, https://arxiv.org/abs/2206.00364, algorithm 2 without churn.
    case euler
    /// Euler's method to a smaller sigma than wanted, then noise up to the wanted one.
    ///
    /// Source: K. Crowson, k-diffusion, `sample_euler_ancestral`.
    case eulerAncestral = "euler-ancestral"
    /// DPM-Solver++ of order two with the midpoint rule, using the step before: "2M".
    ///
    /// Source: C. Lu et al., 2022, https://arxiv.org/abs/2211.01095, algorithm 2.
    case dpmSolverPlusPlus = "dpm++2m"

    /// The class of this solver in diffusers, as in `_class_name` of a `scheduler_config.json`.
    public var className: String {
        switch self {
        case .ddim: "DDIMScheduler"
        case .euler: "EulerDiscreteScheduler"
        case .eulerAncestral: "EulerAncestralDiscreteScheduler"
        case .dpmSolverPlusPlus: "DPMSolverMultistepScheduler"
        }
    }
}
