/// Everything that decides a picture: what is in it, how it is made, and the seed of its composition.
///
/// A scene is checked when made: a landscape without a subject always carries the action `standing`, so two
/// equal scenes are equal pictures. The same scene gives the same bytes on every machine.
public struct Scene: Sendable, Hashable, Codable {
    /// Where it plays.
    public let place: Place
    /// Its light.
    public let timeOfDay: TimeOfDay
    /// Its weather.
    public let weather: Weather
    /// Who is in it.
    public let subject: Subject
    /// What the subject does.
    public let action: Action
    /// How it looks made.
    public let medium: Medium
    /// The tone of its colours.
    public let mood: Mood
    /// The seed of everything else: positions, shapes, clothes, colours.
    public let composition: UInt64

    /// A scene with every attribute given.
    public init(
        place: Place, timeOfDay: TimeOfDay, weather: Weather, subject: Subject, action: Action,
        medium: Medium,
        mood: Mood, composition: UInt64
    ) {
        self.place = place
        self.timeOfDay = timeOfDay
        self.weather = weather
        self.subject = subject
        self.action = subject == .none ? .standing : action
        self.medium = medium
        self.mood = mood
        self.composition = composition
    }

    /// Samples a scene; attributes that are given are kept, the others follow from the seed.
    ///
    /// Giving one attribute does not change what the seed says about the others.
    public init(
        seed: UInt64, place: Place? = nil, timeOfDay: TimeOfDay? = nil, weather: Weather? = nil,
        subject: Subject? = nil, action: Action? = nil, medium: Medium? = nil, mood: Mood? = nil
    ) {
        var random = SeededGenerator(seed: seed, part: .attributes)
        let sampledPlace = random.pick(Place.allCases)
        let sampledTime = random.pick(TimeOfDay.allCases, weights: [0.38, 0.32, 0.30])
        let sampledWeather = random.pick(Weather.allCases, weights: [0.64, 0.18, 0.18])
        let sampledSubject = random.pick(
            Subject.allCases, weights: [0.19, 0.19, 0.15, 0.14, 0.14, 0.10, 0.09])
        let sampledAction = random.pick(Action.allCases)
        let sampledMedium = random.pick(Medium.allCases, weights: [0.22, 0.14, 0.16, 0.16, 0.16, 0.16])
        let sampledMood = random.pick(Mood.allCases, weights: [0.42, 0.34, 0.24])
        self.init(
            place: place ?? sampledPlace, timeOfDay: timeOfDay ?? sampledTime,
            weather: weather ?? sampledWeather,
            subject: subject ?? sampledSubject, action: action ?? sampledAction,
            medium: medium ?? sampledMedium,
            mood: mood ?? sampledMood, composition: random.next())
    }

    /// Reads a scene and checks it as `init` does.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            place: try values.decode(Place.self, forKey: .place),
            timeOfDay: try values.decode(TimeOfDay.self, forKey: .timeOfDay),
            weather: try values.decode(Weather.self, forKey: .weather),
            subject: try values.decode(Subject.self, forKey: .subject),
            action: try values.decode(Action.self, forKey: .action),
            medium: try values.decode(Medium.self, forKey: .medium),
            mood: try values.decode(Mood.self, forKey: .mood),
            composition: try values.decode(UInt64.self, forKey: .composition))
    }
}
