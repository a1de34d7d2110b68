public import Painter

/// What a classifier is asked about a picture.
public enum PictureAttribute: String, Sendable, CaseIterable {
    case place, timeOfDay, weather, subject, medium

    /// How many values it has.
    public var valueCount: Int {
        switch self {
        case .place: Place.allCases.count
        case .timeOfDay: TimeOfDay.allCases.count
        case .weather: Weather.allCases.count
        case .subject: Subject.allCases.count
        case .medium: Medium.allCases.count
        }
    }

    /// The number of a scene's value among all.
    public func value(of scene: Scene) -> Int {
        switch self {
        case .place: Place.allCases.firstIndex(of: scene.place) ?? 0
        case .timeOfDay: TimeOfDay.allCases.firstIndex(of: scene.timeOfDay) ?? 0
        case .weather: Weather.allCases.firstIndex(of: scene.weather) ?? 0
        case .subject: Subject.allCases.firstIndex(of: scene.subject) ?? 0
        case .medium: Medium.allCases.firstIndex(of: scene.medium) ?? 0
        }
    }

    /// The columns of the network's answers that belong to this attribute.
    public var columns: Range<Int> {
        let start = Self.allCases.prefix { $0 != self }.reduce(0) { $0 + $1.valueCount }
        return start..<start + valueCount
    }

    /// The columns of all attributes.
    public static var columnCount: Int { allCases.reduce(0) { $0 + $1.valueCount } }
}
