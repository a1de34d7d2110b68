import Serving

/// Writes jobs as callers see them.
struct JobAnswer: Sendable {
    let links: PictureLinks
    let now: Moment
    let styles: StyleAnswer

    /// One job.
    func json(_ job: JobStatus) -> JSONValue {
        var object: JSONObject = [
            "id": .string(job.reference.text), "object": "ondol.job", "group": .string(job.group.text),
            "index": .integer(job.index), "created": .integer(Self.second(job.created)),
            "status": .string(job.state.word), "model": .string(job.model), "size": .string("\(job.size)"),
            "output_format": .string(job.format.rawValue), "quality": .string(job.tier.qualityWord),
            "tier": .string(job.tier.rawValue), "lowered": .bool(job.isLowered),
        ]
        if let styles = styles.json(job.styles) { object.append("styles", styles) }
        switch job.state {
        case .waiting(let waiting): append(waiting, to: &object)
        case .drawing(let drawing):
            append(drawing, to: &object)
            if let preview = drawing.preview {
                object.append("preview", ["url": .string(links.link(to: preview, at: now))])
            }
        case .completed(let result): append(result, to: &object)
        case .failed(let failure): object.append("error", APIError(failure).object)
        case .cancelled: break
        }
        return .object(object)
    }

    /// All jobs of a request.
    func json(group: JobReference, _ jobs: [JobStatus]) -> JSONValue {
        let states = jobs.map(\.state)
        let order = ["queued", "drawing", "completed", "failed", "cancelled"]
        let words = Set(states.map(\.word))
        // A group is as far as its slowest job; ended, it is what its luckiest job is.
        let word =
            words.isSubset(of: ["queued"])
            ? "queued"
            : words.contains("queued") || words.contains("drawing")
                ? "drawing"
                : order.first { words.contains($0) } ?? "cancelled"
        return [
            "id": .string(group.text), "object": "ondol.job_group",
            "created": .integer(jobs.map { Self.second($0.created) }.min() ?? 0), "status": .string(word),
            "jobs": .array(jobs.map(json)),
        ]
    }

    /// One event, as the data of a stream.
    func json(_ event: JobEvent) -> JSONValue {
        var object: JSONObject = [
            "type": .string(event.change.name), "sequence": .string(String(event.sequence)),
            "job": .string(event.job.text), "index": .integer(event.index),
        ]
        switch event.change {
        case .waiting(let waiting): append(waiting, to: &object)
        case .drawing(let drawing): append(drawing, to: &object)
        case .preview(let number, let picture):
            object.append(
                "preview", ["number": .integer(number), "url": .string(links.link(to: picture, at: now))])
        case .completed(let result): append(result, to: &object)
        case .failed(let failure): object.append("error", APIError(failure).object)
        case .cancelled: break
        }
        return .object(object)
    }

    private func append(_ waiting: Waiting, to object: inout JSONObject) {
        object.append("place", .integer(waiting.place))
        object.append("time_left", Self.json(waiting.timeLeft))
    }

    private func append(_ drawing: Drawing, to object: inout JSONObject) {
        object.append("progress", ["step": .integer(drawing.step), "steps": .integer(drawing.stepCount)])
        object.append("time_left", Self.json(drawing.timeLeft))
    }

    private func append(_ result: JobResult, to object: inout JSONObject) {
        object.append(
            "result",
            [
                "url": .string(links.link(to: result.picture, at: now)),
                "completed": .integer(Self.second(result.completed)), "usage": result.usage.json,
                "seed": JSONValue(result.seed.map(String.init)),
            ])
    }

    private static func json(_ range: TimeRange?) -> JSONValue {
        guard let range else { return .null }
        return [
            "earliest_seconds": JSONValue(seconds: range.earliestSeconds),
            "expected_seconds": JSONValue(seconds: range.expectedSeconds),
            "latest_seconds": JSONValue(seconds: range.latestSeconds),
            "confidence": JSONValue(seconds: range.confidence),
        ]
    }

    static func second(_ moment: Moment) -> Int { Int(moment.secondsSinceEpoch.rounded(.down)) }
}

extension JobStatus.State {
    /// The state in one word.
    var word: String {
        switch self {
        case .waiting: "queued"
        case .drawing: "drawing"
        case .completed: "completed"
        case .failed: "failed"
        case .cancelled: "cancelled"
        }
    }

    /// Whether nothing will happen any more.
    var isEnded: Bool {
        switch self {
        case .waiting, .drawing: false
        case .completed, .failed, .cancelled: true
        }
    }
}

extension JobEvent.Change {
    /// The event's name in a stream.
    var name: String {
        switch self {
        case .waiting: "job.queued"
        case .drawing: "job.drawing"
        case .preview: "job.preview"
        case .completed: "job.completed"
        case .failed: "job.failed"
        case .cancelled: "job.cancelled"
        }
    }
}
