import TestSupport
import Testing

@testable import Samplers

/// What a `scheduler_config.json` may say, and what each refusal must name.
@Suite struct SchedulerConfigurationTests {
    private static func read(_ json: String) throws -> SchedulerConfiguration {
        try SchedulerConfiguration(json: Array(json.utf8))
    }

    @Test func stableDiffusionsOwnFileIsRead() throws {
        // As published with Stable Diffusion 1.5.
        let configuration = try Self.read(
            """
            {"_class_name": "PNDMScheduler", "_diffusers_version": "0.6.0", "beta_end": 0.012,
             "beta_schedule": "scaled_linear", "beta_start": 0.00085, "num_train_timesteps": 1000,
             "set_alpha_to_one": false, "skip_prk_steps": true, "steps_offset": 1,
             "trained_betas": null, "clip_sample": false}
            """)
        #expect(configuration.solver == nil)
        #expect(configuration.betaSchedule == .scaledLinear)
        #expect(configuration.stepsOffset == 1)
        #expect(!configuration.endsAtAlphaOne)
        #expect(configuration.timestepSpacing == nil)
        #expect(try SolverPlan(configuration, stepCount: 20).solver == .ddim)
    }

    @Test func minusInfinityAsPythonWritesItIsRead() throws {
        let configuration = try Self.read(
            #"{"_class_name": "DPMSolverMultistepScheduler", "lambda_min_clipped": -Infinity, "_note": "\"-Infinity"}"#
        )
        #expect(configuration.smallestLambda == -.infinity)
        #expect(configuration.solver == .dpmSolverPlusPlus)
    }

    @Test(arguments: Solver.allCases)
    func whatIsWrittenIsReadBack(solver: Solver) throws {
        var configuration = SchedulerConfiguration()
        configuration.solver = solver
        configuration.trainingTimesteps = 500
        configuration.betaStart = 0.00085
        configuration.betaEnd = 0.0125
        configuration.betaSchedule = .squaredCosine
        configuration.rescalesToZeroTerminalSNR = true
        configuration.predictionType = .velocity
        configuration.timestepSpacing = .trailing
        configuration.stepsOffset = 1
        configuration.endsAtAlphaOne = false
        configuration.finalSigma = .smallest
        configuration.usesKarrasSigmas = true
        configuration.lowersFinalOrder = false
        configuration.usesEulerAtFinal = true
        configuration.smallestLambda = -5.1
        #expect(try Self.read(configuration.json()) == configuration)
    }

    @Test(arguments: [
        ("", "JSON"), ("[]", "JSON"), ("{\"beta_start\": ", "JSON"), ("nonsense", "JSON"),
        (#"{"trained_betas": [0.1]}"#, "trained_betas"),
        (#"{"clip_sample": true}"#, "clip_sample"),
        (#"{"thresholding": true}"#, "thresholding"),
        (#"{"use_exponential_sigmas": true}"#, "use_exponential_sigmas"),
        (#"{"use_beta_sigmas": true}"#, "use_beta_sigmas"),
        (#"{"use_lu_lambdas": true}"#, "use_lu_lambdas"),
        (#"{"use_flow_sigmas": true}"#, "use_flow_sigmas"),
        (#"{"interpolation_type": "log_linear"}"#, "interpolation_type"),
        (#"{"timestep_type": "continuous"}"#, "timestep_type"),
        (#"{"sigma_max": 80}"#, "sigma_max"),
        (#"{"algorithm_type": "sde-dpmsolver++"}"#, "algorithm_type"),
        (#"{"solver_order": 3}"#, "solver_order"),
        (#"{"solver_type": "heun"}"#, "solver_type"),
        (#"{"variance_type": "learned_range"}"#, "variance_type"),
        (#"{"beta_schedule": "sigmoid"}"#, "squaredcos_cap_v2"),
        (#"{"prediction_type": "flow_prediction"}"#, "v_prediction"),
        (#"{"timestep_spacing": "uniform"}"#, "trailing"),
        (#"{"final_sigmas_type": "none"}"#, "sigma_min"),
        (#"{"steps_offset": 0.5}"#, "steps_offset"),
        (#"{"steps_offset": -1}"#, "steps_offset"),
        (#"{"num_train_timesteps": 1}"#, "num_train_timesteps"),
        (#"{"num_train_timesteps": 1e300}"#, "num_train_timesteps"),
        (#"{"num_train_timesteps": "many"}"#, "num_train_timesteps"),
        (#"{"num_train_timesteps": 1000000000}"#, "num_train_timesteps"),
        (#"{"beta_start": 0}"#, "beta_start"),
        (#"{"beta_start": NaN}"#, "JSON"),
        (#"{"beta_start": 0.5, "beta_end": 0.1}"#, "beta_end"),
        (#"{"beta_end": 1}"#, "beta_end"),
        (#"{"lambda_min_clipped": 200}"#, "lambda_min_clipped"),
        (#"{"use_karras_sigmas": "yes"}"#, "use_karras_sigmas"),
        (#"{"_class_name": 7}"#, "_class_name"),
        (#"{"base_shift": 0.5}"#, "base_shift"),
    ])
    func refusalsNameTheField(json: String, named: String) {
        let error = #expect(throws: SamplerError.self) { try Self.read(json) }
        #expect(error?.message.contains(named) == true, "\(error?.message ?? "")")
    }

    @Test func betasThatLeaveNothingAreRefused() throws {
        let configuration = try Self.read(#"{"beta_start": 0.9, "beta_end": 0.95}"#)
        #expect(throws: SamplerError.self) { try NoiseSchedule(configuration) }
        #expect(throws: SamplerError.self) { try SolverPlan(configuration, stepCount: 5) }
    }

    @Test func deepAndLargeTextsAreRefused() {
        let deep = #"{"a": "# + String(repeating: "[", count: 100_000)
        #expect(throws: SamplerError.self) { try Self.read(deep) }
        #expect(throws: SamplerError.self) { try Self.read(String(repeating: " ", count: 2 << 20)) }
    }

    /// Changed at places drawn from the printed seed, a text is read or refused; what is read gives plans or
    /// refusals, never a trap.
    @Test(arguments: UInt64(1)...8)
    func damagedTextsNeverTrap(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let whole = Array(SchedulerConfiguration().json().utf8)
        let digits = Array("0123456789eE+-.\"{}[],:tfn".utf8)
        for _ in 0..<100 {
            var damaged = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                damaged[damaged.indices.randomElement(using: &generator) ?? 0] =
                    Bool.random(using: &generator)
                    ? UInt8.random(in: 0...255, using: &generator)
                    : digits.randomElement(using: &generator) ?? 0
            }
            do throws(SamplerError) {
                let configuration = try SchedulerConfiguration(json: damaged)
                for solver in Solver.allCases {
                    let plan = try SolverPlan(configuration, solver: solver, stepCount: 7)
                    let isFinite = plan.steps.allSatisfy { $0.isFinite }
                    #expect(isFinite)
                }
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }

    @Test func missingFilesAreRefused() {
        let error = #expect(throws: SamplerError.self) {
            try SchedulerConfiguration(file: "/nonexistent/scheduler_config.json")
        }
        #expect(error?.code == .invalidConfiguration)
    }
}
