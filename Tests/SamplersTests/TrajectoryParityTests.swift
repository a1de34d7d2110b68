import Glibc
import Testing

@testable import Samplers

/// Whole trajectories equal diffusers 0.42.1, step by step, for every solver with every setting.
///
/// The model and the noise are those of `Tools/parity/samplers_fixtures.py`. Both sides compute in f32.
@Suite struct TrajectoryParityTests {
    /// How far apart both sides may be.
    private struct Tolerance {
        /// Of latents, relative to the largest so far. Measured: 2e-6, and 3.4e-5 with zero terminal SNR.
        let latent: Double
        /// Of the timestep told to the model, where it is fractional. Measured: 5e-5, and 1e-3.
        let timestep: Double

        /// Zero terminal SNR is rescaled through f32 square roots, which PyTorch takes from a vector library
        /// that is a last place off on some processors; the difference of two of them carries it on.
        init(_ reference: Fixtures.Case) {
            let isRescaled = reference.configuration.contains("rescale_betas_zero_snr")
            latent = isRescaled ? 6e-5 : 5e-6
            timestep = isRescaled ? 2e-3 : 1e-4
        }
    }

    private static func noise(_ index: Int) -> [Float] {
        (0..<3).map { Float(cos(13.0 * Double(index) + 1.7 * Double($0) + 0.3) * 1.3) }
    }

    private static let picture: [Float] = [0.8, -0.5, 0.1]

    private static func model(_ input: Float, _ timestep: Double) -> Float {
        sinf(0.9 * input + 0.01 * Float(timestep))
    }

    /// Runs a plan as an engine would: only multiplications and additions by the plan's numbers.
    private static func latents(_ plan: SolverPlan) -> [[Float]] {
        var latent = zip(picture, noise(0)).map {
            Float(plan.start.picture) * $0 + Float(plan.start.noise) * $1
        }
        var previousDenoised: [Float] = [0, 0, 0]
        var all = [latent]
        for (index, step) in plan.steps.enumerated() {
            let fresh = noise(index + 1)
            var next = latent
            for element in latent.indices {
                let output = model(Float(step.inputScale) * latent[element], step.timestep)
                next[element] =
                    Float(step.latentWeight) * latent[element] + Float(step.outputWeight) * output
                    + Float(step.previousDenoisedWeight) * previousDenoised[element]
                    + Float(step.noiseWeight) * fresh[element]
                previousDenoised[element] =
                    Float(step.denoisedFromLatent) * latent[element] + Float(step.denoisedFromOutput) * output
            }
            latent = next
            all.append(latent)
        }
        return all
    }

    private static func plan(_ reference: Fixtures.Case) throws -> SolverPlan {
        let solver: Solver = try #require(Solver(rawValue: reference.solver))
        return try SolverPlan(
            SchedulerConfiguration(json: Array(reference.configuration.utf8)), solver: solver,
            stepCount: reference.steps,
            eta: reference.eta ?? 0, strength: reference.strength)
    }

    @Test(arguments: Solver.allCases)
    func trajectoriesEqualTheReference(solver: Solver) throws {
        let all: Fixtures.Trajectories = try Fixtures.read("trajectories.json")
        let cases = all.cases.filter { $0.solver == solver.rawValue && $0.latents != nil }
        #expect(cases.count > 100)
        var worst = 0.0
        for reference in cases {
            let plan = try Self.plan(reference)
            let tolerance = Tolerance(reference)
            let name = "\(reference.configuration) steps \(reference.steps) eta \(reference.eta ?? 0)"
            let timesteps = plan.steps.map(\.timestep)
            let expected = try #require(reference.timesteps)
            #expect(timesteps.count == expected.count, "\(name)")
            #expect(
                zip(timesteps, expected).allSatisfy { abs($0 - $1) <= tolerance.timestep },
                "\(name) \(timesteps) \(expected)")
            let latents = Self.latents(plan)
            for (step, values) in try #require(reference.latents) {
                let index = try #require(Int(step))
                let scale = latents[...index].joined().map { Double(abs($0)) }.max() ?? 1
                for (ours, theirs) in zip(latents[index], values) {
                    worst = max(worst, abs(Double(ours) - theirs) / max(scale, 1))
                }
                let difference = zip(latents[index], values).map { abs(Double($0) - $1) }.max() ?? .infinity
                #expect(difference <= tolerance.latent * max(scale, 1), "\(name) after step \(step)")
            }
        }
        #expect(worst > 0, "f32 on both sides cannot agree to the last bit: nothing was compared")
    }

    /// Where the reference divides by zero we say so; where it only loses a square root's sign to f32
    /// rounding (DDIM, eta 1, zero terminal SNR) there is a finite plan.
    @Test func whatTheReferenceCannotStepIsRefused() throws {
        let all: Fixtures.Trajectories = try Fixtures.read("trajectories.json")
        let cases = all.cases.filter { $0.latents == nil }
        #expect(cases.count > 10)
        for reference in cases {
            if reference.configuration.contains("epsilon") {
                let error = #expect(throws: SamplerError.self) { try Self.plan(reference) }
                #expect(error?.code == .noFiniteStep)
                #expect(error?.message.contains("v_prediction") == true)
            } else {
                #expect(reference.eta == 1)
                #expect(try Self.plan(reference).steps.allSatisfy(\.isFinite))
            }
        }
    }

    @Test func denoisedGuessIsTheFinishedLatentWhenTheModelIsRight() throws {
        // A model that knows the answer: its output is the noise (or velocity) that is really there.
        for solver in Solver.allCases {
            var configuration = SchedulerConfiguration()
            configuration.predictionType = .velocity
            let schedule = try NoiseSchedule(configuration)
            for step in try SolverPlan(configuration, solver: solver, stepCount: 10).steps {
                guard step.timestep == step.timestep.rounded() else { continue }
                let shares = schedule.mixture(at: Int(step.timestep))
                let (signal, sigma) = (Double(shares.picture), Double(shares.noise))
                let isExploding = solver == .euler || solver == .eulerAncestral
                let latent = (signal * 0.7 + sigma * -0.4) / (isExploding ? signal : 1)
                let velocity = signal * -0.4 - sigma * 0.7
                let guess = step.denoisedFromLatent * latent + step.denoisedFromOutput * velocity
                #expect(abs(guess - 0.7) < 1e-5, "\(solver) at \(step.timestep)")
            }
        }
    }
}
