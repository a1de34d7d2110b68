extension PlanContext {
    /// Euler: next = latent + (sigma' − sigma)·(latent − picture)/sigma. The model sees the latent divided by
    /// sqrt(sigma² + 1).
    ///
    /// Source: T. Karras et al., 2022, https://arxiv.org/abs/2206.00364, algorithm 2 without churn;
    /// `set_timesteps` and `step`, diffusers 0.42.1 `schedulers/scheduling_euler_discrete.py`.
    func euler(fromPicture: Bool) throws(SamplerError) -> Plan {
        let trained = schedule.sigmas
        var timesteps = try eulerTimesteps()
        var sigmas = timesteps.map { Self.interpolated(trained, at: $0) }
        if configuration.usesKarrasSigmas {
            let logarithms = KarrasSigmas.logarithms(of: trained)
            sigmas = KarrasSigmas.sigmas(from: sigmas[0], to: sigmas[sigmas.count - 1], sigmas.count)
            timesteps = sigmas.map { Double(Float(KarrasSigmas.timestep(of: $0, logarithms: logarithms))) }
        }
        sigmas = (sigmas + [finalSigma(trained)]).map { Double(Float($0)) }
        guard first < timesteps.count else { throw Self.nothingLeft }
        let steps = (first..<timesteps.count).map { index in
            eulerStep(at: timesteps[index], from: sigmas[index], to: sigmas[index + 1])
        }
        return (eulerStart(sigmas, fromPicture: fromPicture), steps)
    }

    /// Euler ancestral: Euler's step to sqrt(sigma'² − up²), then noise of deviation
    /// up = sqrt(sigma'²·(sigma² − sigma'²)/sigma²). Karras' curve and the final sigma are not read, as in
    /// the reference.
    ///
    /// Source: K. Crowson, k-diffusion, `get_ancestral_step`; `step`, diffusers 0.42.1
    /// `schedulers/scheduling_euler_ancestral_discrete.py`.
    func eulerAncestral(fromPicture: Bool) throws(SamplerError) -> Plan {
        guard configuration.predictionType != .sample else {
            throw SamplerError(
                .unsupportedValue,
                "prediction_type is \"sample\", which Euler ancestral does not define. Choose another solver."
            )
        }
        let trained = schedule.sigmas
        let timesteps = try eulerTimesteps()
        let sigmas = (timesteps.map { Self.interpolated(trained, at: $0) } + [0]).map { Double(Float($0)) }
        guard first < timesteps.count else { throw Self.nothingLeft }
        let steps = (first..<timesteps.count).map { index in
            let (from, to) = (sigmas[index], sigmas[index + 1])
            let up = (to * to * max(from * from - to * to, 0) / (from * from)).squareRoot()
            let down = max(to * to - up * up, 0).squareRoot()
            var step = eulerStep(at: timesteps[index], from: from, to: down)
            step.noiseWeight = up
            step.knownNoiseWeight = to
            return step
        }
        return (eulerStart(sigmas, fromPicture: fromPicture), steps)
    }

    /// The reference keeps them in 32 bits, and so tells them to the model.
    private func eulerTimesteps() throws(SamplerError) -> [Double] {
        try timesteps(configuration.timestepSpacing ?? .linspace).map { Double(Float($0)) }
    }

    private func eulerStep(at timestep: Double, from sigma: Double, to next: Double) -> SolverStep {
        let guess = DenoisedGuess.varianceExploding(configuration.predictionType, sigma: sigma)
        let ratio = (next - sigma) / sigma
        var step = SolverStep(
            timestep: timestep, inputScale: 1 / (sigma * sigma + 1).squareRoot(), denoised: guess,
            latent: 1 + ratio, denoisedWeight: -ratio)
        step.knownNoiseWeight = next
        return step
    }

    /// Source: `init_noise_sigma` and `add_noise` of the two Euler schedulers.
    private func eulerStart(_ sigmas: [Double], fromPicture: Bool) -> SolverPlan.Start {
        if fromPicture { return SolverPlan.Start(picture: 1, noise: sigmas[first]) }
        let largest = sigmas.max() ?? 0
        switch configuration.timestepSpacing ?? .linspace {
        case .linspace, .trailing: return SolverPlan.Start(picture: 0, noise: largest)
        case .leading: return SolverPlan.Start(picture: 0, noise: (largest * largest + 1).squareRoot())
        }
    }
}
