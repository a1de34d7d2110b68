/// One denoising step of one picture: which timestep the model is asked about, and the numbers by which the
/// tensors are then combined.
///
/// With `latent` the tensor the picture stands in, and `output` what the model says when it is given
/// `inputScale`·latent and ``timestep``:
///
///     denoised   = denoisedFromLatent·latent + denoisedFromOutput·output
///     nextLatent = latentWeight·latent + outputWeight·output
///                + previousDenoisedWeight·previousDenoised + noiseWeight·noise
///
/// `denoised` is the solver's guess of the finished latent: what a preview shows, and what the next step
/// needs as `previousDenoised`. Every solver has this one form, so that the rows of a batch may stand at
/// different steps of different solvers. In a plan's first step `previousDenoisedWeight` is 0.
public struct SolverStep: Sendable, Equatable {
    /// The training timestep the model is told; fractional for Euler with Karras or linspace spacing.
    public var timestep: Double
    /// The model's input is the latent times this.
    public var inputScale = 1.0
    /// The latent's share in the finished picture's guess.
    public var denoisedFromLatent: Double
    /// The model output's share in the finished picture's guess.
    public var denoisedFromOutput: Double
    /// The latent's share in the next latent.
    public var latentWeight: Double
    /// The model output's share in the next latent.
    public var outputWeight: Double
    /// The share of the step before's guess; other than 0 only in DPM-Solver++.
    public var previousDenoisedWeight = 0.0
    /// The share of fresh unit Gaussian noise; other than 0 only in Euler ancestral and DDIM with eta > 0.
    public var noiseWeight = 0.0
    /// The share of the finished latent in a latent that stands where this step leaves it: with a finished latent that is
    /// known, as a photo's, `knownWeight`·latent + ``knownNoiseWeight``·noise takes its place at this boundary.
    ///
    /// Source: `add_noise` of the schedulers, as `pipelines/stable_diffusion/pipeline_stable_diffusion_inpaint.py` of
    /// diffusers 0.42.1 calls it with the next timestep.
    public var knownWeight = 1.0
    /// The share of unit Gaussian noise in such a latent; 0 after the last step.
    public var knownNoiseWeight = 0.0

    /// Makes a step whose next latent is `a·latent + b·denoised + …`, the form the papers write.
    init(
        timestep: Double, inputScale: Double = 1, denoised: DenoisedGuess, latent: Double,
        denoisedWeight: Double, previousDenoised: Double = 0, noise: Double = 0
    ) {
        self.timestep = timestep
        self.inputScale = inputScale
        denoisedFromLatent = denoised.latent
        denoisedFromOutput = denoised.output
        latentWeight = latent + denoisedWeight * denoised.latent
        outputWeight = denoisedWeight * denoised.output
        previousDenoisedWeight = previousDenoised
        noiseWeight = noise
    }

    var isFinite: Bool {
        [
            timestep, inputScale, denoisedFromLatent, denoisedFromOutput, latentWeight, outputWeight,
            previousDenoisedWeight, noiseWeight, knownWeight, knownNoiseWeight,
        ].allSatisfy(\.isFinite)
    }
}

/// The finished latent as a combination of the present one and the model's output.
struct DenoisedGuess {
    let latent: Double
    let output: Double

    /// For a latent sqrt(ā)·picture + sqrt(1−ā)·noise: `signal` is sqrt(ā), `noise` is sqrt(1−ā).
    static func variancePreserving(
        _ type: SchedulerConfiguration.PredictionType, signal: Double, noise: Double
    ) -> DenoisedGuess {
        switch type {
        case .epsilon: DenoisedGuess(latent: 1 / signal, output: -noise / signal)
        case .velocity: DenoisedGuess(latent: signal, output: -noise)
        case .sample: DenoisedGuess(latent: 0, output: 1)
        }
    }

    /// For a latent picture + sigma·noise.
    static func varianceExploding(
        _ type: SchedulerConfiguration.PredictionType, sigma: Double
    ) -> DenoisedGuess {
        let square = sigma * sigma + 1
        return switch type {
        case .epsilon: DenoisedGuess(latent: 1, output: -sigma)
        case .velocity: DenoisedGuess(latent: 1 / square, output: -sigma / square.squareRoot())
        case .sample: DenoisedGuess(latent: 0, output: 1)
        }
    }
}
