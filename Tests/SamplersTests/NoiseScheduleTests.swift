import Testing

@testable import Samplers

/// Training schedules equal diffusers 0.42.1 bit for bit, those with zero terminal SNR to f32 rounding.
@Suite struct NoiseScheduleTests {
    /// PyTorch takes the square roots of the rescaling from a vector library that is a last place off on some
    /// processors.
    private static let rescalingTolerance = 5e-7

    @Test func schedulesEqualTheReference() throws {
        let all: Fixtures.Schedules = try Fixtures.read("schedules.json")
        #expect(all.schedules.count == 6)
        for reference in all.schedules {
            let configuration = try SchedulerConfiguration(json: Array(reference.configuration.utf8))
            let alphas = try NoiseSchedule(configuration).cumulativeAlphas
            let expected = reference.cumulativeAlphas.map(Float.init(bitPattern:))
            let ours = reference.timesteps.map { alphas[$0] }
            if configuration.rescalesToZeroTerminalSNR {
                #expect(zip(ours, expected).allSatisfy { abs(Double($0 - $1)) <= Self.rescalingTolerance })
            } else {
                #expect(ours == expected, "\(reference.configuration)")
                #expect(abs(alphas.map(Double.init).reduce(0, +) - reference.sum) < 1e-9)
            }
        }
    }

    @Test func weightsAndTargetsEqualTheReference() throws {
        let all: Fixtures.Schedules = try Fixtures.read("schedules.json")
        for reference in all.schedules {
            let configuration = try SchedulerConfiguration(json: Array(reference.configuration.utf8))
            let schedule = try NoiseSchedule(configuration)
            for (index, timestep) in reference.timesteps.enumerated() {
                let target = schedule.target(at: timestep, for: .velocity)
                let pairs: [(String, Float, Double)] = [
                    ("ratio", schedule.signalToNoiseRatio(at: timestep), reference.signalToNoise[index]),
                    (
                        "velocity", schedule.minimumSNRWeight(at: timestep, for: .velocity),
                        reference.velocityWeight[index]
                    ),
                    // The reference has 0/0 at zero terminal SNR; the limit is 1.
                    (
                        "epsilon", schedule.minimumSNRWeight(at: timestep, for: .epsilon),
                        reference.epsilonWeight[index] ?? 1
                    ),
                    ("picture", target.picture, reference.velocityOfPicture[index]),
                    ("noise", target.noise, reference.velocityOfNoise[index]),
                ]
                // What a rounding of ā does to a quotient with ā or 1−ā below the line.
                let alpha = Double(schedule.cumulativeAlphas[timestep])
                let rounding = configuration.rescalesToZeroTerminalSNR ? Self.rescalingTolerance : 0
                let tolerance = 2e-6 + (alpha > 0 ? rounding / min(alpha, 1 - alpha) : 0)
                for (name, ours, theirs) in pairs {
                    #expect(
                        abs(Double(ours) - theirs) <= tolerance * abs(theirs),
                        "\(name) at \(timestep): \(reference.configuration)")
                }
            }
        }
    }

    @Test func zeroTerminalSNREndsInNoiseAlone() throws {
        var configuration = SchedulerConfiguration()
        configuration.rescalesToZeroTerminalSNR = true
        let schedule = try NoiseSchedule(configuration)
        #expect(schedule.mixture(at: 999) == NoiseSchedule.Mixture(picture: 0, noise: 1))
        #expect(schedule.signalToNoiseRatio(at: 999) == 0)
        #expect(schedule.target(at: 999, for: .velocity).picture == -1)
    }
}
