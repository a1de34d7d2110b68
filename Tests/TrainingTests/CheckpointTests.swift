import FoundationEssentials
import ProgramRunning
import TestSupport
import Testing

@testable import Training

/// Checkpoints are whole or absent, and what is wrong with one is said in a sentence.
@Suite(.enabled(if: ProgramRunner.isAvailable, "run 'make setup' for a plugin"))
struct CheckpointTests {
    private func run(_ steps: Int, in folder: String, text: String = "a test", source: PointSource = .init())
        throws
    {
        let run = try makeRun(LineObjective(), source, steps: 100, folder: folder, text: text)
        try run.run(shouldStop: { run.step >= steps }) { _ in }
    }

    /// Calls `body`, which must throw a ``TrainingError``, and returns it.
    private func failure(_ body: () throws -> Void) throws -> TrainingError {
        var found: TrainingError?
        do { try body() } catch let error as TrainingError { found = error }
        return try #require(found)
    }

    @Test("the newest two are kept, and what was not finished is passed over")
    func newest() throws {
        try withTemporaryTree { folder in
            for step in [1, 2, 3] { try run(step, in: folder) }
            try FileManager.default.createDirectory(
                atPath: "\(folder)/checkpoint-000000009.partial", withIntermediateDirectories: true)
            #expect(try Checkpoint.latest(in: folder)?.progress.step == 3)
            try run(4, in: folder)
            let left = fileNames(in: folder).filter { !$0.hasSuffix(".partial") }
            #expect(left == ["checkpoint-000000003", "checkpoint-000000004"])
        }
    }

    @Test("a folder that is not there has no checkpoint")
    func none() throws {
        #expect(try Checkpoint.latest(in: "/no/such/folder") == nil)
    }

    @Test(
        "a damaged checkpoint is refused with what to do",
        arguments: [
            ("progress.json", ""), ("progress.json", "{}"),
            ("progress.json", #"{"step": -1, "samples": 0, "seconds": 1, "objective": "a test"}"#),
            ("state.safetensors", ""), ("state.safetensors", "\u{8}\0\0\0\0\0\0\0{\"a\":1}}"),
        ])
    func damaged(name: String, text: String) throws {
        try withTemporaryTree { folder in
            try run(2, in: folder)
            let path = "\(folder)/checkpoint-000000002"
            writeBytes(Array(text.utf8), to: "\(path)/\(name)")
            let error = try failure { try run(4, in: folder) }
            #expect(error.code == .malformed)
            #expect(error.message.contains(path) && error.message.contains("remove"))
        }
    }

    @Test("a state that is cut off is refused, and one without a file")
    func cutOff() throws {
        try withTemporaryTree { folder in
            try run(2, in: folder)
            let path = "\(folder)/checkpoint-000000002/state.safetensors"
            writeBytes(Array(readBytes(path).dropLast(5)), to: path)
            #expect(try failure { try run(4, in: folder) }.code == .malformed)
            try FileManager.default.removeItem(atPath: path)
            #expect(try failure { try run(4, in: folder) }.code == .malformed)
        }
    }

    @Test("a run with another objective is refused, whether it says so or its tensors do")
    func otherObjective() throws {
        try withTemporaryTree { folder in
            try run(2, in: folder)
            let said = try failure { try run(4, in: folder, text: "another") }
            #expect(said.code == .settings)
            #expect(said.message.contains("a test") && said.message.contains("choose another folder"))
            let seen = try failure {
                _ = try makeRun(LineObjective(isSteepAtStart: true), PointSource(), steps: 4, folder: folder)
            }
            #expect(seen.code == .malformed)
            #expect(seen.message.contains("choose another folder"))
        }
    }

    @Test("a loss that is no number ends the run and spoils no checkpoint")
    func diverged() throws {
        try withTemporaryTree { folder in
            try run(2, in: folder)
            var seen: [Int] = []
            let broken = try makeRun(LineObjective(), PointSource(brokenStep: 3), steps: 8, folder: folder)
            let error = try failure {
                try broken.run { if case .step(let report) = $0 { seen.append(report.step) } }
            }
            #expect(error.code == .diverged)
            #expect(error.message.contains("step 4") && error.message.contains("lower learning rate"))
            #expect(seen == [3])
            #expect(fileNames(in: folder) == ["checkpoint-000000002"])
        }
    }

    @Test("a gradient that is no number ends the run too, though the loss still is one")
    func steep() throws {
        try withTemporaryTree { folder in
            let run = try makeRun(
                LineObjective(isSteepAtStart: true), PointSource(), steps: 8, folder: folder)
            #expect(try failure { try run.run { _ in } }.code == .diverged)
            #expect(fileNames(in: folder).isEmpty)
        }
    }

    @Test("on a full disk the checkpoint before stays, and nothing half-written is left")
    func fullDisk() async {
        await #expect(processExitsWith: .success) {
            try withTemporaryTree { folder in
                let run = try makeRun(LineObjective(), PointSource(), steps: 100, folder: folder)
                try run.run(shouldStop: { run.step >= 2 }) { _ in }
                limitFileSize(to: 256)
                var refusal: TrainingError?
                do {
                    try run.run(shouldStop: { run.step >= 4 }) { _ in }
                } catch let error as TrainingError {
                    refusal = error
                }
                precondition(refusal?.code == .file && refusal?.message.contains("make room") == true)
                precondition(fileNames(in: folder) == ["checkpoint-000000002"])
                let left = try Checkpoint.latest(in: folder)
                precondition(left?.progress.step == 2)
            }
        }
    }
}
