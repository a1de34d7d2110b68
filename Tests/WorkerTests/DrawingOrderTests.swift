import Images
import Serving
import Stores
import TestSupport
import Testing

@testable import Worker

@Suite struct DrawingOrderTests {
    private static var full: DrawingOrder {
        var order = DrawingOrder.sample(1, 2, .max)
        order.negativePrompt = "rain"
        order.ownRecipe = TierRecipe(steps: 7, solver: .eulerAncestral, guidedShare: 0.5)
        order.guidanceScale = 3.5
        order.output = .init(.webp, quality: 70)
        var generator = SeededGenerator(seed: 1)
        order.photo = .init(
            PictureIdentifier(at: ManualClock.start, using: &generator), strength: 0.4,
            mask: PictureIdentifier(at: ManualClock.start, using: &generator))
        order.previewCount = 3
        order.keptSeconds = 60
        order.styles = [StyleUse("maru-ink"), StyleUse("dal", strengthMilli: 250)]
        return order
    }

    @Test(
        "An order comes back as it was written, and the same order is the same bytes",
        arguments: [full, .sample(9)])
    func roundTrip(_ order: DrawingOrder) throws {
        let payload = try order.payload()
        #expect(try DrawingOrder(payload: payload) == order)
        #expect(try order.payload() == payload)
    }

    @Test("Only an order with styles or a mask needs a worker that knows them")
    func versions() throws {
        var order = Self.full
        #expect(String(decoding: try order.payload(), as: UTF8.self).contains(#""version":3"#))
        order.styles = []
        #expect(String(decoding: try order.payload(), as: UTF8.self).contains(#""version":2"#))
        order.photo?.mask = nil
        #expect(String(decoding: try order.payload(), as: UTF8.self).contains(#""version":1"#))
    }

    @Test("What describes an order shows no word of its prompt")
    func hidden() {
        let order = Self.full
        var dumped = ""
        dump(order, to: &dumped)
        for text in ["\(order)", String(reflecting: order), dumped] {
            #expect(!text.contains("노을") && !text.contains("rain"))
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout DrawingOrder) -> Void
        init(_ name: String, _ change: @escaping @Sendable (inout DrawingOrder) -> Void) {
            testDescription = name
            self.change = change
        }
    }

    @Test(
        "What no worker may draw is refused, and the message names the field",
        arguments: [
            Refusal("prompt") { $0.prompt = String(repeating: "a", count: 32_001) },
            Refusal("negativePrompt") { $0.negativePrompt = String(repeating: "a", count: 32_001) },
            Refusal("model") { $0.shape = PictureShape(model: "", width: 64, height: 64) },
            Refusal("size") { $0.shape = PictureShape(model: "m", width: 0, height: 64) },
            Refusal("size") { $0.shape = PictureShape(model: "m", width: 64, height: .max) },
            Refusal("seeds") { $0.seeds = [] },
            Refusal("seeds") { $0.seeds = Array(repeating: 1, count: 65) },
            Refusal("guidanceScale") { $0.guidanceScale = -1 },
            Refusal("guidanceScale") { $0.guidanceScale = .nan },
            Refusal("quality") { $0.output.quality = 0 },
            Refusal("strength") { $0.photo?.strength = 0 },
            Refusal("strength") { $0.photo?.strength = 1.01 },
            Refusal("previewCount") { $0.previewCount = 4 },
            Refusal("previewCount") { $0.previewCount = -1 },
            Refusal("keptSeconds") { $0.keptSeconds = -.infinity },
            Refusal("styles") { $0.styles = (0..<5).map { StyleUse("style-\($0)") } },
            Refusal("styles") { $0.styles = [StyleUse("a"), StyleUse("a", strengthMilli: 5)] },
            Refusal("styles") { $0.styles = [StyleUse("a", strengthMilli: 0)] },
            Refusal("styles") { $0.styles = [StyleUse("a", strengthMilli: 2001)] },
            Refusal("styles") { $0.styles = [StyleUse("")] },
            Refusal("steps") { $0.ownRecipe?.steps = 0 },
            Refusal("guidedShare") { $0.ownRecipe?.guidedShare = 2 },
        ])
    func refused(_ refusal: Refusal) {
        var order = Self.full
        refusal.change(&order)
        let error = #expect(throws: WorkerError.self) { try order.payload() }
        #expect(error?.code == .invalidOrder)
        #expect(error?.message.contains(refusal.testDescription) == true)
    }

    @Test(
        "Garbage is refused, and its text is not quoted",
        arguments: [
            "", "노을", "null", "[]", "{}", #"{"version":1}"#, #"{"version":"1"}"#,
            #"{"version":1,"prompt":"secret","model":"m","width":64,"height":64,"seeds":[-1],"format":"png","quality":9}"#,
            #"{"version":1,"prompt":"secret","model":"m","width":64,"height":64,"seeds":[1],"format":"gif","quality":9}"#,
            #"{"version":1,"prompt":"secret","model":"m","width":64,"height":64,"seeds":[],"format":"png","quality":9}"#,
            #"{"version":1,"prompt":7,"model":"m","width":64,"height":64,"seeds":[1],"format":"png","quality":9}"#,
        ])
    func garbage(_ text: String) {
        let error = #expect(throws: WorkerError.self) { try DrawingOrder(payload: Array(text.utf8)) }
        #expect(error?.code == .invalidOrder)
        #expect(error?.message.contains("secret") == false)
    }

    @Test(
        "Bytes that chance has changed are refused or are another valid order; nothing else happens",
        arguments: [1, 2, 3])
    func changed(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let payload = try Self.full.payload()
        for _ in 0..<300 {
            var bytes = payload
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(
                    in: 0...255, using: &generator)
            }
            if let order = try? DrawingOrder(payload: bytes) { try order.validate() }
        }
    }

    @Test("An order of a newer version says so")
    func newer() {
        let error = #expect(throws: WorkerError.self) {
            try DrawingOrder(payload: Array(#"{"version":4,"shape":"round"}"#.utf8))
        }
        #expect(error?.code == .newerOrder)
    }

    @Test("A tier's recipe is taken unless the caller spelled one out")
    func recipe() {
        let recipes = TierRecipes()
        #expect(DrawingOrder.sample(1).recipe(tier: .quick, of: recipes) == recipes.quick)
        #expect(Self.full.recipe(tier: .quick, of: recipes).steps == 7)
    }

    @Test("Seeds follow on one another, beyond the largest as well")
    func seeds() {
        #expect(DrawingOrder.seeds(from: .max, count: 3) == [.max, 0, 1])
        #expect(DrawingOrder.seeds(from: 1, count: -1) == [])
    }
}

@Suite struct JobNoticeTests {
    private static var changes: [JobNotice.Change] {
        var generator = SeededGenerator(seed: 2)
        let picture = PictureIdentifier(at: ManualClock.start, using: &generator)
        return [
            .waiting, .drawing(step: 3, count: 20, remainingSeconds: 1.5),
            .drawing(step: 3, count: 20, remainingSeconds: nil), .preview(number: 1, picture: picture),
            .completed(picture: picture, seed: .max, promptTokens: 12), .failed(.workerLost), .cancelled,
        ]
    }

    @Test("A notice comes back from its event", arguments: changes)
    func roundTrip(_ change: JobNotice.Change) throws {
        var generator = SeededGenerator(seed: 3)
        let notice = JobNotice(
            job: JobIdentifier(at: ManualClock.start, using: &generator), position: 2, change)
        let event = notice.event
        #expect(event.kind == notice.kind)
        #expect(JobNotice(data: event.data) == notice)
        #expect(JobNotice(data: Array(event.data.dropLast())) == nil)
    }
}
