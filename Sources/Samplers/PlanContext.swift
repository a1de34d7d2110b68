import Glibc

/// What the planning of each solver starts from: the checked arguments of ``SolverPlan``.
struct PlanContext {
    let configuration: SchedulerConfiguration
    let schedule: NoiseSchedule
    /// Steps of a whole picture.
    let stepCount: Int
    /// The first of them that is taken.
    let first: Int

    typealias Plan = (start: SolverPlan.Start, steps: [SolverStep])

    /// The timesteps of `count` steps, the noisiest first, not yet rounded under linspace.
    ///
    /// Follows NumPy's arithmetic: `linspace` multiplies and sets the end; `arange` counts with the
    /// difference of its first two values; `round` goes to the even neighbour.
    ///
    /// Source: `set_timesteps` of the four schedulers in diffusers 0.42.1. For some step counts (61, 103, …)
    /// its trailing spacing yields one timestep too many, numbered −1, by rounding; that one is left out here.
    func timesteps(_ spacing: SchedulerConfiguration.TimestepSpacing) throws(SamplerError) -> [Double] {
        let total = schedule.count
        let result: [Double]
        switch spacing {
        case .linspace:
            result = Self.evenly(upTo: Double(total - 1), stepCount).reversed()
        case .leading:
            let stride = total / stepCount
            result = (0..<stepCount).reversed().map { Double($0 * stride + configuration.stepsOffset) }
        case .trailing:
            result = trailingTimesteps(from: total)
        }
        return try checked(result)
    }

    func trailingTimesteps(from last: Int) -> [Double] {
        let start = Double(last)
        let stride = (start - Double(schedule.count) / Double(stepCount)) - start
        return (0..<stepCount).map { (start + Double($0) * stride).rounded(.toNearestOrEven) - 1 }
            .filter { $0 >= 0 }
    }

    func checked(_ timesteps: [Double]) throws(SamplerError) -> [Double] {
        guard let noisiest = timesteps.first, noisiest <= Double(schedule.count - 1) else {
            throw SamplerError(
                .noFiniteStep,
                "\(stepCount) steps with this timestep_spacing and a steps_offset of \(configuration.stepsOffset) reach "
                    + "beyond the \(schedule.count) training timesteps. Take fewer steps, or set steps_offset to 0."
            )
        }
        return timesteps
    }

    /// NumPy's `linspace(0, end, count)`.
    static func evenly(upTo end: Double, _ count: Int) -> [Double] {
        guard count > 1 else { return [0] }
        let step = end / Double(count - 1)
        return (0..<count).map { $0 == count - 1 ? end : Double($0) * step }
    }

    /// Sigma between two training timesteps by linear interpolation, as NumPy's `interp` does.
    static func interpolated(_ sigmas: [Float], at timestep: Double) -> Double {
        let last = sigmas.count - 1
        guard timestep < Double(last) else { return Double(sigmas[last]) }
        let index = Int(timestep)
        let low = Double(sigmas[index])
        return (Double(sigmas[index + 1]) - low) * (timestep - Double(index)) + low
    }

    /// The sigma after the last step.
    func finalSigma(_ sigmas: [Float]) -> Double {
        switch configuration.finalSigma {
        case .zero: 0
        case .smallest: Double(sigmas[0])
        }
    }
}

/// Karras' sigmas and the way back from a sigma to a timestep.
///
/// Source: T. Karras et al., 2022, https://arxiv.org/abs/2206.00364, equation 5 with rho 7;
/// `_convert_to_karras` and `_sigma_to_t`, diffusers 0.42.1 `schedulers/scheduling_euler_discrete.py`.
enum KarrasSigmas {
    static func sigmas(from largest: Double, to smallest: Double, _ count: Int) -> [Double] {
        let rho = 7.0
        let low = pow(smallest, 1 / rho)
        let high = pow(largest, 1 / rho)
        return PlanContext.evenly(upTo: 1, count).map { pow(high + $0 * (low - high), rho) }
    }

    /// The timestep at which training had this sigma, by linear interpolation of logarithms.
    static func timestep(of sigma: Double, logarithms: [Float]) -> Double {
        let logarithm = log(max(sigma, 1e-10))
        let found = logarithms.lastIndex { Double($0) <= logarithm } ?? 0
        let index = min(found, logarithms.count - 2)
        let low = logarithms[index]
        let weight = (Double(low) - logarithm) / Double(low - logarithms[index + 1])
        let clipped = min(max(weight, 0), 1)
        return (1 - clipped) * Double(index) + clipped * Double(index + 1)
    }

    static func logarithms(of sigmas: [Float]) -> [Float] {
        sigmas.map { Float(log(Double($0))) }
    }
}
