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

    /// Where the attribute's columns begin among the network's answers.
    var firstColumn: Int { Self.allCases.prefix { $0 != self }.reduce(0) { $0 + $1.valueCount } }
}

/// What a classifier has learned to tell apart.
public enum ClassifierWorld: String, Sendable {
    /// The pictures of the painter's first edition.
    case scenes
    /// Those, and ``Cyanotype``, which is one more medium, the last.
    case scenesAndCyanotype = "scenes-and-cyanotype"

    /// The number of ``Cyanotype`` among the media.
    public static let cyanotype = Medium.allCases.count

    /// The columns of the network's answers that belong to an attribute.
    public func columns(_ attribute: PictureAttribute) -> Range<Int> {
        let more = self == .scenesAndCyanotype && attribute == .medium ? 1 : 0
        return attribute.firstColumn..<attribute.firstColumn + attribute.valueCount + more
    }

    /// The columns of all attributes.
    public var columnCount: Int { PictureAttribute.allCases.map { columns($0).upperBound }.max() ?? 0 }
}
