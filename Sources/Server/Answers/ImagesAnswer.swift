import FoundationEssentials
import Serving

/// Writes finished requests as OpenAI's API does.
///
/// Source: OpenAI's API description, `ImagesResponse`, `ImageGenCompletedEvent` and `ImageGenPartialImageEvent`.
struct ImagesAnswer: Sendable {
    let request: GenerationRequest
    let group: AcceptedGroup
    let links: PictureLinks
    let now: Moment
    let styles: StyleAnswer

    /// A job and what became of it.
    struct Ending: Sendable {
        let job: JobStatus
        let outcome: Result<(result: JobResult, picture: StoredPicture?), APIError>
    }

    /// What all answers about the request say of how its pictures were drawn.
    private var description: JSONObject {
        [
            "background": request.background == .transparent ? "transparent" : "opaque",
            "output_format": .string(request.format.rawValue),
            "quality": .string((group.jobs.first?.tier ?? .full).qualityWord),
            "size": .string("\(group.jobs.first?.size ?? request.size)"),
        ]
    }

    /// The whole answer.
    func json(_ endings: [Ending]) -> JSONValue {
        let delivered = endings.compactMap { try? $0.outcome.get() }
        let created = delivered.map { JobAnswer.second($0.result.completed) }.max() ?? JobAnswer.second(now)
        var object: JSONObject = ["created": .integer(created)]
        for member in description.members { object.append(member.name, member.value) }
        object.append(
            "data",
            .array(
                delivered.map { result, picture in
                    guard let picture else {
                        return ["url": .string(links.link(to: result.picture, at: now))]
                    }
                    return ["b64_json": .string(Self.base64(picture))]
                }))
        object.append("usage", TokenUsage.ofRequest(delivered.map(\.result.usage)).json)
        if let user = request.user { object.append("safety_identifier", .string(user)) }
        object.append("ondol", own(endings))
        return .object(object)
    }

    private func own(_ endings: [Ending]) -> JSONValue {
        [
            "group": .string(group.reference.text), "model": .string(request.model),
            "repeated": .bool(group.isRepeated),
            "jobs": .array(
                endings.map { ending in
                    var object = own(ending.job)
                    switch ending.outcome {
                    case .success(let delivered):
                        object.append("seed", JSONValue(delivered.result.seed.map(String.init)))
                    case .failure(let error): object.append("error", error.object)
                    }
                    return .object(object)
                }),
        ]
    }

    private func own(_ job: JobStatus) -> JSONObject {
        var object: JSONObject = [
            "id": .string(job.reference.text), "index": .integer(job.index),
            "tier": .string(job.tier.rawValue),
            "lowered": .bool(job.isLowered),
        ]
        if let styles = styles.json(job.styles) { object.append("styles", styles) }
        return object
    }

    /// A picture in between, as the data of a stream.
    func partial(_ picture: StoredPicture, number: Int, job: JobStatus) -> JSONValue {
        .object(event("partial_image", picture, job: job, more: ["partial_image_index": .integer(number)]))
    }

    /// A finished picture, as the data of a stream.
    func completed(_ picture: StoredPicture, result: JobResult, job: JobStatus) -> JSONValue {
        var more: JSONObject = ["usage": result.usage.json]
        if let user = request.user { more.append("safety_identifier", .string(user)) }
        return .object(event("completed", picture, job: job, more: more))
    }

    /// The name of a stream's event.
    func eventName(_ name: String) -> String {
        (request.edit == nil ? "image_generation." : "image_edit.") + name
    }

    private func event(_ name: String, _ picture: StoredPicture, job: JobStatus, more: JSONObject)
        -> JSONObject
    {
        var object: JSONObject = [
            "type": .string(eventName(name)), "b64_json": .string(Self.base64(picture)),
            "created_at": .integer(JobAnswer.second(now)),
        ]
        for member in description.members + more.members { object.append(member.name, member.value) }
        object.append("ondol", .object(own(job)))
        return object
    }

    private static func base64(_ picture: StoredPicture) -> String {
        Data(picture.bytes).base64EncodedString()
    }
}
