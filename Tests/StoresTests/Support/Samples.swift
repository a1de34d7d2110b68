import FoundationEssentials
import Serving
import Stores
import TestSupport
import Testing

/// Requests as admission would hand them over, with places of the test's choice.
struct Samples {
    static let start = Moment(secondsSinceEpoch: 1_800_000_000)
    static let shape = PictureShape(model: "hanji", width: 512, height: 512)
    static let prompt = "노을 속 혼자 앉아 있는 조용한 소년"

    var generator: SeededGenerator
    private var nextNumber: UInt64 = 1

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    static func memory() throws -> AdmissionDesk.Memory {
        AdmissionDesk.Memory(
            prices: try PriceBook(), tiers: try TierController(), calibration: try RangeCalibration())
    }

    /// Terms that a desk gave, at another place.
    static func terms(tag: Double, number: UInt64, isLight: Bool = false) throws -> JobTerms {
        var desk = try AdmissionDesk(memory: memory())
        desk.capacity.set("device", .init(rows: 1))
        var account = CallerAccount()
        let order = PictureOrder(shape: shape, count: 1)
        let plan = Plan(name: "test", longestWaitSeconds: 3600)
        guard case .accepted(let admission) = desk.decide(order, plan: plan, account: &account, at: start)
        else { throw StoresError(.invalidArgument, "the desk turned the sample away") }
        let terms = admission.jobs[0]
        return JobTerms(
            place: QueuePlace(tag: tag, number: number), tier: terms.tier, price: terms.price,
            weight: terms.weight, promise: terms.promise, isLight: isLight)
    }

    static func caller(_ number: Int) -> CallerIdentifier { .visitor("caller-\(number)")! }

    /// A request for pictures at given tags.
    mutating func request(
        tags: [Double] = [0], caller: Int = 0, shape: PictureShape = Samples.shape,
        payload: String = Samples.prompt, tiers: [Tier] = [],
        idempotencyKey: NewRequest.IdempotencyKey? = nil
    ) throws -> NewRequest {
        let template = try Self.template.get()
        let jobs = tags.enumerated().map { position, tag in
            nextNumber += 1
            return NewRequest.Job(
                id: JobIdentifier(at: Self.start, using: &generator), shape: shape,
                terms: JobTerms(
                    place: QueuePlace(tag: tag, number: nextNumber),
                    tier: tiers.isEmpty ? template.tier : tiers[position % tiers.count],
                    price: template.price,
                    weight: template.weight, promise: template.promise, isLight: template.isLight))
        }
        return NewRequest(
            id: RequestIdentifier(at: Self.start, using: &generator), caller: Self.caller(caller),
            payload: Array(payload.utf8), jobs: jobs, idempotencyKey: idempotencyKey)
    }

    private static let template = Result { try terms(tag: 0, number: 0) }

    mutating func picture() -> PictureIdentifier { PictureIdentifier(at: Self.start, using: &generator) }

    /// Bytes of chance, so that none can be found where they should not be by accident.
    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
