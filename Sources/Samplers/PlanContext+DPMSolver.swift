import Glibc

extension PlanContext {
    /// A noise level as DPM-Solver writes it: alpha = sqrt(ā), sigma = sqrt(1−ā), lambda = ln(alpha/sigma).
    private struct Level {
        let alpha: Double
        let sigma: Double
        let lambda: Double

        /// - Parameter ratio: sigma/alpha, the sigma of the other solvers.
        init(ratio: Double) {
            alpha = 1 / (ratio * ratio + 1).squareRoot()
            sigma = ratio * alpha
            lambda = -log(ratio)
        }
    }

    /// DPM-Solver++ 2M: with h the growth of lambda in this step and r that of the step before divided by h,
    ///
    ///     next = (sigma'/sigma)·latent − alpha'·(exp(−h) − 1)·(picture + (picture − previous)/(2r)).
    ///
    /// The first step, and at the end where the settings say so the last, leave out the last term.
    ///
    /// Source: C. Lu et al., 2022, https://arxiv.org/abs/2211.01095, algorithm 2;
    /// `dpm_solver_first_order_update`, `multistep_dpm_solver_second_order_update` and `step`, diffusers 0.42.1
    /// `schedulers/scheduling_dpmsolver_multistep.py`.
    func dpmSolverPlusPlus(fromPicture: Bool) throws(SamplerError) -> Plan {
        let (timesteps, sigmas) = try dpmTimestepsAndSigmas()
        guard first < timesteps.count else { throw Self.nothingLeft }
        let levels = sigmas.map { Level(ratio: Double(Float($0))) }
        let steps = (first..<timesteps.count).map { index in
            let usesPrevious =
                index > first && !(index == timesteps.count - 1 && endsWithFirstOrder(timesteps.count))
            return dpmStep(
                at: timesteps[index], previous: usesPrevious ? levels[index - 1] : nil, from: levels[index],
                to: levels[index + 1])
        }
        guard fromPicture else { return (SolverPlan.Start(picture: 0, noise: 1), steps) }
        return (SolverPlan.Start(picture: levels[first].alpha, noise: levels[first].sigma), steps)
    }

    private func endsWithFirstOrder(_ count: Int) -> Bool {
        configuration.usesEulerAtFinal || (configuration.lowersFinalOrder && count < 15)
            || configuration.finalSigma == .zero
    }

    private func dpmStep(at timestep: Double, previous: Level?, from: Level, to: Level) -> SolverStep {
        let growth = to.lambda - from.lambda
        let scale = -to.alpha * expm1(-growth)
        let correction = previous.map { 0.5 * scale * growth / (from.lambda - $0.lambda) } ?? 0
        let guess = DenoisedGuess.variancePreserving(
            configuration.predictionType, signal: from.alpha, noise: from.sigma)
        var step = SolverStep(
            timestep: timestep, denoised: guess, latent: to.sigma / from.sigma,
            denoisedWeight: scale + correction, previousDenoised: -correction)
        step.knownWeight = to.alpha
        step.knownNoiseWeight = to.sigma
        return step
    }

    /// Source: `set_timesteps`, diffusers 0.42.1 `schedulers/scheduling_dpmsolver_multistep.py`. Unlike the
    /// other schedulers it counts one interval more and leaves out the least noisy timestep.
    private func dpmTimestepsAndSigmas() throws(SamplerError) -> (timesteps: [Double], sigmas: [Double]) {
        let trained = schedule.sigmas
        var timesteps: [Double]
        var sigmas: [Double]
        if configuration.usesKarrasSigmas {
            let logarithms = KarrasSigmas.logarithms(of: trained)
            sigmas = KarrasSigmas.sigmas(
                from: Double(trained[trained.count - 1]), to: Double(trained[0]), stepCount)
            let rounding: FloatingPointRoundingRule =
                configuration.betaSchedule == .squaredCosine ? .towardZero : .toNearestOrEven
            timesteps = sigmas.map {
                KarrasSigmas.timestep(of: $0, logarithms: logarithms).rounded(rounding)
            }
        } else {
            timesteps = try dpmTimesteps(upTo: usableTimesteps(trained))
            sigmas = timesteps.map { Self.interpolated(trained, at: $0) }
        }
        sigmas.append(finalSigma(trained))
        return (timesteps, sigmas)
    }

    private func dpmTimesteps(upTo last: Int) throws(SamplerError) -> [Double] {
        switch configuration.timestepSpacing ?? .linspace {
        case .linspace:
            let all = Self.evenly(upTo: Double(last - 1), stepCount + 1)
            return try checked(all.dropFirst().reversed().map { $0.rounded(.toNearestOrEven) })
        case .leading:
            let stride = last / (stepCount + 1)
            return try checked(
                (1...stepCount).reversed().map { Double($0 * stride + configuration.stepsOffset) })
        case .trailing:
            return try checked(trailingTimesteps(from: last))
        }
    }

    /// How many timesteps remain when the noisiest, whose lambda lies below the limit, are left out.
    private func usableTimesteps(_ sigmas: [Float]) -> Int {
        sigmas.lastIndex { -log(Double($0)) >= configuration.smallestLambda }.map { $0 + 1 } ?? 0
    }
}
