/// The words that are true of one scene, by what they name; the plainest first.
///
/// Each list is made from the scene and its details, so a word that is not true of the picture is not in it.
struct CaptionWords {
    /// A time or weather word in the form before a noun and the form before a verb.
    struct Circumstance {
        var beforeNoun: String
        var beforeVerb: String

        init(_ beforeNoun: String, _ beforeVerb: String? = nil) {
            self.beforeNoun = beforeNoun
            self.beforeVerb = beforeVerb ?? beforeNoun
        }
    }

    var place: [String]
    var time: [Circumstance]
    var weather: [Circumstance]
    var subject: [String]
    var action: [String]
    var medium: [String]
    var mood: [String]
    /// That the subject is alone.
    var solitude: [String]
    /// How the subject seems.
    var manner: [String]
    /// The colour of clothes or coat.
    var color: [String]
    /// What the subject holds or sits on.
    var prop: [String]
    /// What kind of picture it feels like.
    var impression: [String]
}
