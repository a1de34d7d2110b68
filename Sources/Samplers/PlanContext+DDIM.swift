extension PlanContext {
    /// DDIM: next = sqrt(ā')·picture + sqrt(1−ā'−s²)·epsilon + s·noise, where ā' belongs to the timestep one
    /// stride on and s = eta·sqrt((1−ā')/(1−ā)·(1−ā/ā')).
    ///
    /// Source: J. Song, C. Meng, S. Ermon, 2021, https://arxiv.org/abs/2010.02502, equations 12 and 16;
    /// `step`, diffusers 0.42.1 `schedulers/scheduling_ddim.py`.
    func ddim(eta: Double, fromPicture: Bool) throws(SamplerError) -> Plan {
        let timesteps = try timesteps(configuration.timestepSpacing ?? .leading)
            .map { Int($0.rounded(.toNearestOrEven)) }
        guard first < timesteps.count else { throw Self.nothingLeft }
        let stride = schedule.count / stepCount
        let steps = timesteps[first...].map { timestep in
            ddimStep(at: timestep, next: timestep - stride, eta: eta)
        }
        guard fromPicture else { return (SolverPlan.Start(picture: 0, noise: 1), steps) }
        let alpha = Double(schedule.cumulativeAlphas[timesteps[first]])
        return (SolverPlan.Start(picture: alpha.squareRoot(), noise: (1 - alpha).squareRoot()), steps)
    }

    private func ddimStep(at timestep: Int, next: Int, eta: Double) -> SolverStep {
        let alphas = schedule.cumulativeAlphas
        let alpha = Double(alphas[timestep])
        let nextAlpha =
            next >= 0 ? Double(alphas[next]) : configuration.endsAtAlphaOne ? 1 : Double(alphas[0])
        let signal = alpha.squareRoot()
        let noise = (1 - alpha).squareRoot()
        let deviation = eta * ((1 - nextAlpha) / (1 - alpha) * (1 - alpha / nextAlpha)).squareRoot()
        let direction = max(1 - nextAlpha - deviation * deviation, 0).squareRoot()
        let guess = DenoisedGuess.variancePreserving(
            configuration.predictionType, signal: signal, noise: noise)
        var step = SolverStep(
            timestep: Double(timestep), denoised: guess, latent: 0, denoisedWeight: nextAlpha.squareRoot(),
            noise: deviation)
        step.knownWeight = nextAlpha.squareRoot()
        step.knownNoiseWeight = (1 - nextAlpha).squareRoot()
        // Epsilon as a combination of its own: through the guess it would be 0/0 where no signal is left.
        switch configuration.predictionType {
        case .epsilon: step.outputWeight += direction
        case .velocity:
            step.latentWeight += direction * noise
            step.outputWeight += direction * signal
        case .sample:
            step.latentWeight += direction / noise
            step.outputWeight -= direction * signal / noise
        }
        return step
    }

    static let nothingLeft = SamplerError(
        .invalidArgument, "No step is left to take. Raise steps or strength.")
}
