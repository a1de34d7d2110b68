import Serving

/// What people asked of another service, to be asked again under the virtual clock.
public struct RecordedTrace: Sendable, Hashable, Codable {
    /// A request.
    public struct Request: Sendable, Hashable, Codable {
        /// Microseconds after the first request.
        public var microseconds: Int64
        /// Who: an offset into ``RecordedTrace/userCount``.
        public var user: Int32
        /// What: an offset into ``RecordedTrace/shapes``.
        public var shape: Int32
        /// Denoising steps; 0 where none were named, and the tier says it.
        public var steps: Int16
        /// How many pictures.
        public var count: Int16

        /// Makes a request.
        public init(microseconds: Int64, user: Int32, shape: Int32, steps: Int16, count: Int16) {
            self.microseconds = microseconds
            self.user = user
            self.shape = shape
            self.steps = steps
            self.count = count
        }
    }

    /// The requests in the order they came.
    public var requests: [Request]
    /// How many people there are.
    public var userCount: Int
    /// What was asked for, the most frequent first. A model with an adapter is called `model+adapter`.
    public var shapes: [PictureShape]

    /// Makes a trace.
    public init(requests: [Request], userCount: Int, shapes: [PictureShape]) {
        self.requests = requests
        self.userCount = userCount
        self.shapes = shapes
    }

    /// Seconds from the first request to the last.
    public var seconds: Double { Double(requests.last?.microseconds ?? 0) * 1e-6 }
    /// How many pictures were asked for.
    public var pictureCount: Int { requests.reduce(0) { $0 + Int($1.count) } }

    /// Throws where the crowd that is to ask has not as many people, or a request points at nothing.
    func validate(for crowd: Crowd) throws(SimulationError) {
        try SimulationError.require(!requests.isEmpty, "the recorded requests", "at least one")
        try SimulationError.require(
            crowd.callerCount == userCount, "callerCount of crowd \(crowd.name)",
            "\(userCount), as many people as were recorded")
        let isSound = requests.allSatisfy {
            (0..<userCount).contains(Int($0.user)) && shapes.indices.contains(Int($0.shape)) && $0.count >= 1
                && $0.steps >= 0 && $0.microseconds >= 0
        }
        let isInOrder = zip(requests, requests.dropFirst()).allSatisfy { $0.microseconds <= $1.microseconds }
        try SimulationError.require(
            isSound && isInOrder, "the recorded requests", "in the order of time, of known users and shapes")
    }
}

extension PictureShape {
    /// What stands between a base model's name and its adapter's.
    static let adapterMark: Character = "+"

    /// The base model that a device must have loaded.
    var baseModel: Substring { model.prefix { $0 != Self.adapterMark } }
    /// Whether an adapter lies over it.
    var hasAdapter: Bool { model.contains(Self.adapterMark) }
}
