import ProgramRunning
import StableHLO
import TestSupport
import Testing

@testable import Training

/// A run that was interrupted goes on as if it had not been.
@Suite(.enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"))
struct ResumeTests {
    @Test(
        "three steps, a checkpoint and three more in a new run end at the bytes of six steps at once",
        arguments: ProgramRunner.kernelChoices)
    func bitForBit(kernels: KernelLowering?) throws {
        try withTemporaryTree { folder in
            let compiler = try ProgramRunner.compiler(cacheFolder: "\(folder)/cache")
            func run(_ name: String, steps: Int) throws {
                let run = try makeRun(
                    // Wide enough for every kernel.
                    TinyNetworks.diffusion(batchSize: 4, channels: kernels == nil ? 8 : 64),
                    TinyNetworks.source(batchSize: 4), steps: 6, folder: "\(folder)/\(name)",
                    compiler: compiler,
                    policy: kernels == nil ? .reference : .cpuTrainingWithKernels)
                try run.run(shouldStop: { run.step >= steps }) { _ in }
                #expect(run.step == steps)
            }
            try run("whole", steps: 6)
            try run("parts", steps: 3)
            try run("parts", steps: 6)
            let name = "checkpoint-000000006"
            let whole = readBytes("\(folder)/whole/\(name)/state.safetensors")
            #expect(whole.count > 10_000)
            #expect(whole == readBytes("\(folder)/parts/\(name)/state.safetensors"))
            #expect(whole != readBytes("\(folder)/parts/checkpoint-000000003/state.safetensors"))
            let progress = try #require(try Checkpoint.latest(in: "\(folder)/parts")).progress
            #expect(progress.step == 6)
            #expect(progress.samples == 24)
        }
    }

    @Test("a run resumed with another batch size counts the samples that were seen")
    func samples() throws {
        try withTemporaryTree { folder in
            let first = try makeRun(LineObjective(), PointSource(), steps: 8, folder: folder, batchSize: 4)
            try first.run(shouldStop: { first.step >= 2 }) { _ in }
            let second = try makeRun(LineObjective(), PointSource(), steps: 8, folder: folder, batchSize: 16)
            try second.run(shouldStop: { second.step >= 3 }) { _ in }
            #expect(try Checkpoint.latest(in: folder)?.progress.samples == 24)
        }
    }

    @Test("a run that is done does nothing more")
    func finished() throws {
        try withTemporaryTree { folder in
            let run = try makeRun(LineObjective(), PointSource(), steps: 2, folder: folder)
            try run.run { _ in }
            let again = try makeRun(LineObjective(), PointSource(), steps: 2, folder: folder)
            try again.run { _ in Issue.record("nothing should happen") }
            #expect(again.step == 2)
        }
    }
}
