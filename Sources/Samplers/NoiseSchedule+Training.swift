extension NoiseSchedule {
    /// How a noisy picture is mixed: noisy = `picture`·picture + `noise`·noise.
    public struct Mixture: Sendable, Equatable {
        /// sqrt(ā), the picture's share.
        public let picture: Float
        /// sqrt(1−ā), the noise's share.
        public let noise: Float
    }

    /// The shares of picture and noise at a training timestep in `0..<count`.
    ///
    /// Source: `add_noise`, diffusers 0.42.1 `schedulers/scheduling_ddim.py`.
    public func mixture(at timestep: Int) -> Mixture {
        let alpha = cumulativeAlphas[timestep]
        return Mixture(picture: alpha.squareRoot(), noise: (1 - alpha).squareRoot())
    }

    /// What the model is to predict at a timestep, as shares: target = `picture`·picture + `noise`·noise.
    ///
    /// Source: `get_velocity`, diffusers 0.42.1 `schedulers/scheduling_ddim.py`.
    public func target(
        at timestep: Int, for type: SchedulerConfiguration.PredictionType
    ) -> Mixture {
        switch type {
        case .epsilon: return Mixture(picture: 0, noise: 1)
        case .sample: return Mixture(picture: 1, noise: 0)
        case .velocity:
            let mixture = mixture(at: timestep)
            return Mixture(picture: -mixture.noise, noise: mixture.picture)
        }
    }

    /// ā/(1−ā): the signal's power over the noise's at a timestep; 0 at a zero terminal SNR.
    ///
    /// Source: `compute_snr`, diffusers 0.42.1 `training_utils.py`.
    public func signalToNoiseRatio(at timestep: Int) -> Float {
        let mixture = mixture(at: timestep)
        let root = mixture.picture / mixture.noise
        return root * root
    }

    /// The weight of a timestep's squared error under the min-SNR strategy.
    ///
    /// min(SNR, gamma) divided by SNR for epsilon, by SNR + 1 for velocity, by 1 for the picture. Where SNR
    /// is 0 the epsilon weight is its limit, 1.
    ///
    /// Source: T. Hang et al., 2023, https://arxiv.org/abs/2303.09556, section 3.4; the velocity form is that
    /// of diffusers 0.42.1 `examples/text_to_image/train_text_to_image.py`.
    ///
    /// - Parameter gamma: the largest ratio that still counts; 5 in the paper. Greater than 0.
    public func minimumSNRWeight(
        at timestep: Int, gamma: Float = 5, for type: SchedulerConfiguration.PredictionType
    ) -> Float {
        let ratio = signalToNoiseRatio(at: timestep)
        let clipped = min(ratio, gamma)
        switch type {
        case .epsilon: return ratio > 0 ? clipped / ratio : 1
        case .velocity: return clipped / (ratio + 1)
        case .sample: return clipped
        }
    }
}
