import Samplers
import Testing
import Tokenizers

@testable import ImagePipelines

/// The seats of a batch, without a device.
struct BatchRowsTests {
    private func plan(_ request: PictureRequest) throws -> PicturePlan {
        try PicturePlan(
            request, tokenizer: Tokenizer(folder: "\(TinyModel.folder)/model/tokenizer"),
            scheduler: SchedulerConfiguration(
                file: "\(TinyModel.folder)/model/scheduler/scheduler_config.json"))
    }

    @Test func seatsAreTakenFromTheFirstAndGivenBack() throws {
        var rows = BatchRows(capacity: 2)
        let plan = try plan(.tiny(0, steps: 2))
        let (joinedFirst, joinedSecond) = (rows.join(plan), rows.join(plan))
        let (first, second) = (try #require(joinedFirst), try #require(joinedSecond))
        #expect((first.place, second.place) == (0, 1))
        let refused = rows.join(plan)
        #expect(refused == nil)
        rows.leave(first.row)
        #expect(rows.place(of: first.row) == nil)
        let joinedThird = rows.join(plan)
        let third = try #require(joinedThird)
        #expect(third.place == 0)
        #expect(third.row != first.row)
        #expect(rows.place(of: second.row) == 1)
    }

    @Test func emptyAndFinishedRowsRest() throws {
        var rows = BatchRows(capacity: 2)
        #expect(rows.numbers == [.resting, .resting])
        let seated = rows.join(try plan(.tiny(0, steps: 1)))
        let joined = try #require(seated)
        #expect(rows.numbers[0] != .resting)
        #expect(rows.numbers[1] == .resting)
        let moved = rows.advance()
        #expect(moved == [.init(row: joined.row, stepsDone: 1, stepCount: 1)])
        #expect(rows.numbers[0] == .resting)
        #expect(rows.active.isEmpty)
        let movedAgain = rows.advance()
        #expect(movedAgain.isEmpty)
    }

    @Test func guidanceIsAskedForOnlyWhileARowHasSome() throws {
        var rows = BatchRows(capacity: 2)
        _ = rows.join(try plan(.tiny(0, steps: 3, guidance: 0.5)))
        #expect(rows.guidance.slots.isEmpty)
        _ = rows.join(try plan(.tiny(1, steps: 1, guidance: 4)))
        #expect(rows.guidance.slots == [1])
        let column = StepNumbers.Place.guidance.rawValue
        #expect(rows.numbers.map { $0.values[column] } == [1, 4])
        _ = rows.advance()
        #expect(rows.guidance.slots.isEmpty)
    }

    @Test func onlyStochasticSolversAreGivenNoise() throws {
        var rows = BatchRows(capacity: 2)
        var request = PictureRequest.tiny(0, steps: 3, seed: 11)
        _ = rows.join(try plan(request))
        request.solver = .eulerAncestral
        _ = rows.join(try plan(request))
        #expect(rows.noise(at: 0, count: 8) == nil)
        #expect(rows.noise(at: 1, count: 8) == NoiseGenerator(seed: 11).normals(count: 8, stream: .step(0)))
        _ = rows.advance()
        #expect(rows.noise(at: 1, count: 8) == NoiseGenerator(seed: 11).normals(count: 8, stream: .step(1)))
    }

    @Test func theValueUsedLongestAgoGoesFirst() {
        var values = RecentlyUsed<String, Int>(limit: 2)
        func expect(_ key: String, _ expected: Int?) {
            let value = values.value(for: key)
            #expect(value == expected)
        }
        values.keep(1, for: "a")
        values.keep(2, for: "b")
        expect("a", 1)
        values.keep(3, for: "c")
        expect("b", nil)
        expect("a", 1)
        expect("c", 3)
    }
}
