import Glibc

/// How much of the picture and how much noise each training timestep holds.
///
/// At timestep t, noisy = sqrt(ā[t])·picture + sqrt(1−ā[t])·noise, where ā is the cumulative product of
/// 1−beta. The numbers equal the reference's bit for bit: they are kept in `Float` where it keeps 32 bits,
/// and the product is carried in `Double`, as PyTorch's `cumprod` does on CPUs.
///
/// Source: `__init__` and `rescale_zero_terminal_snr` of diffusers 0.42.1
/// `schedulers/scheduling_ddim.py`; J. Ho, A. Jain, P. Abbeel, 2020, https://arxiv.org/abs/2006.11239.
public struct NoiseSchedule: Sendable {
    /// ā for every training timestep, falling from nearly 1; the last is 0 with zero terminal SNR.
    public let cumulativeAlphas: [Float]

    /// Makes the schedule that a configuration describes.
    ///
    /// - Throws: ``SamplerError`` where a field is out of range.
    public init(_ configuration: SchedulerConfiguration) throws(SamplerError) {
        try configuration.validate()
        var betas = Self.betas(configuration)
        if configuration.rescalesToZeroTerminalSNR { betas = Self.rescaled(betas) }
        cumulativeAlphas = Self.cumulativeProduct(betas.map { 1 - $0 })
        guard cumulativeAlphas.dropLast().allSatisfy({ $0 > 0 }) else {
            throw SamplerError(
                .unsupportedValue,
                "beta_start and beta_end leave nothing of the picture long before the last timestep.")
        }
    }

    /// How many training timesteps there are.
    public var count: Int { cumulativeAlphas.count }

    /// sqrt((1−ā)/ā) for every timestep, as the solvers that work with sigmas see it.
    ///
    /// With zero terminal SNR the last would be infinite; the reference takes ā = 2⁻²⁴ there.
    var sigmas: [Float] {
        var alphas = cumulativeAlphas
        if let last = alphas.last, last == 0 {
            alphas[alphas.count - 1] = Float(sign: .plus, exponent: -24, significand: 1)
        }
        return alphas.map { ((1 - $0) / $0).squareRoot() }
    }

    private static func betas(_ configuration: SchedulerConfiguration) -> [Float] {
        let count = configuration.trainingTimesteps
        switch configuration.betaSchedule {
        case .linear:
            return evenly(from: Float(configuration.betaStart), to: Float(configuration.betaEnd), count)
        case .scaledLinear:
            let start = Float(configuration.betaStart.squareRoot())
            let end = Float(configuration.betaEnd.squareRoot())
            return evenly(from: start, to: end, count).map { $0 * $0 }
        case .squaredCosine:
            func alpha(_ time: Double) -> Double {
                let cosine = cos((time + 0.008) / 1.008 * .pi / 2)
                return cosine * cosine
            }
            return (0..<count).map { index in
                let ratio = alpha(Double(index + 1) / Double(count)) / alpha(Double(index) / Double(count))
                return Float(min(1 - ratio, 0.999))
            }
        }
    }

    /// PyTorch's `linspace`: counted from both ends, each value rounded once.
    private static func evenly(from start: Float, to end: Float, _ count: Int) -> [Float] {
        let step = (end - start) / Float(count - 1)
        return (0..<count).map { index in
            index < count / 2
                ? start.addingProduct(step, Float(index))
                : end.addingProduct(-step, Float(count - 1 - index))
        }
    }

    /// Source: S. Lin et al., 2024, https://arxiv.org/abs/2305.08891, algorithm 1.
    private static func rescaled(_ betas: [Float]) -> [Float] {
        var roots = cumulativeProduct(betas.map { 1 - $0 }).map { $0.squareRoot() }
        let first = roots[0]
        let last = roots[roots.count - 1]
        let scale = first / (first - last)
        roots = roots.map { ($0 - last) * scale }
        let alphas = roots.map { $0 * $0 }
        return [1 - alphas[0]] + zip(alphas.dropFirst(), alphas).map { 1 - $0 / $1 }
    }

    private static func cumulativeProduct(_ factors: [Float]) -> [Float] {
        var product = 1.0
        return factors.map { factor in
            product *= Double(factor)
            return Float(product)
        }
    }
}
