/// Where a scene plays.
public enum Place: String, CaseIterable, Codable, Sendable, Hashable {
    case forest
    case magicForest
    case meadow
    case seaside
    case town
    case mountainLake
    /// A wheat field; under snow, stubble.
    case field
}

/// The light of a scene.
public enum TimeOfDay: String, CaseIterable, Codable, Sendable, Hashable {
    case day, sunset, night
}

/// The weather of a scene.
public enum Weather: String, CaseIterable, Codable, Sendable, Hashable {
    case clear, rain, snow
}

/// Who is in a scene, always alone.
public enum Subject: String, CaseIterable, Codable, Sendable, Hashable {
    case girl, boy, oldMan, cat, dog, bird
    /// Nobody: a landscape.
    case none

    /// Whether the subject is a person.
    public var isPerson: Bool { self == .girl || self == .boy || self == .oldMan }
}

/// What the subject does.
public enum Action: String, CaseIterable, Codable, Sendable, Hashable {
    /// Walking; a bird flies.
    case walking
    case sitting
    /// Standing; also the value that every landscape without a subject carries.
    case standing
}

/// The way a picture looks made.
public enum Medium: String, CaseIterable, Codable, Sendable, Hashable {
    case watercolor, oil, ink, pencil, pastel, flat
}

/// The tone of the colours.
public enum Mood: String, CaseIterable, Codable, Sendable, Hashable {
    case none, soft, vivid
}
