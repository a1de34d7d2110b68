/// Writes which styles a picture is drawn with, and whose they are.
struct StyleAnswer: Sendable {
    let directory: any StyleDirectory

    /// The styles with their credits; nil where there are none, so that such answers stay as they were.
    func json(_ wishes: [StyleWish]) -> JSONValue? {
        guard !wishes.isEmpty else { return nil }
        return .array(
            wishes.map { wish in
                let style = directory.style(named: wish.id)
                var titles = JSONObject()
                for (language, title) in (style?.titles ?? [:]).sorted(by: { $0.key < $1.key }) {
                    titles.append(language, .string(title))
                }
                return [
                    "id": .string(wish.id), "strength": .number(wish.strength), "title": .object(titles),
                    "artist": JSONValue(style?.artist),
                ]
            })
    }
}
