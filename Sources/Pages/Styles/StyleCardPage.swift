import Rights
import Server

/// What stands on the pages of style cards.
struct StyleCardPage: Sendable {
    let words: Words

    /// The list of all styles.
    func list(_ cards: [StyleCard]) -> Markup {
        guard !cards.isEmpty else { return Markup("p", ["class": "lead"], words.say("styles.none")) }
        return Markup("ul", ["class": "cards"], cards.map(entry))
    }

    private func entry(_ card: StyleCard) -> Markup {
        let link = Markup(
            "a", ["href": "styles/\(card.style)"], words.pick(card.title))
        return Markup(
            "li", ["class": "card"],
            [
                Markup("h2", [:], [link, state(card)]),
                Markup("p", ["class": "by"], words.say("styles.by", ["artist": card.credit])),
                Markup("p", ["class": "hint"], words.count("styles.works", card.workCount)),
            ])
    }

    private func state(_ card: StyleCard) -> Markup {
        guard card.stage != .published else { return .none }
        return Markup("span", ["class": "state"], words.say("styles.stage.\(card.stage.rawValue)"))
    }

    /// A style's card.
    func card(_ dossier: StyleDossier) -> Markup {
        let card = dossier.card
        return Markup([
            Markup("h1", [:], [Markup(words.pick(card.title) + " "), state(card)]),
            Markup("p", ["class": "by"], words.say("styles.by", ["artist": card.credit])),
            Markup("p", ["class": "statement"], words.pick(card.statement)),
            samples(dossier), section("works", works(card)), section("terms", terms(card)),
            section("training", training(card)), section("use", use(card)),
            section("base", base(card.baseModel)), section("data", data(dossier)),
            section("claim", claim(card)),
        ])
    }

    private func section(_ name: String, _ content: [Markup]) -> Markup {
        let title = Markup("h2", ["id": "\(name)-title"], words.say("card.\(name).title"))
        return Markup("section", ["id": name, "aria-labelledby": "\(name)-title"], [title] + content)
    }

    private func samples(_ dossier: StyleDossier) -> Markup {
        guard dossier.sampleCount > 0 else { return .none }
        let pictures = (1...dossier.sampleCount).map { number in
            Markup(
                "li", [:],
                [
                    Markup(
                        empty: "img",
                        [
                            "src": "\(dossier.card.style)/samples/\(number)", "loading": "lazy",
                            "alt": words.say("card.sample", ["number": words.number(number)]),
                        ])
                ])
        }
        return Markup(
            "section", ["aria-labelledby": "samples-title"],
            [
                Markup("h2", ["id": "samples-title"], words.say("card.samples.title")),
                Markup("p", ["class": "hint"], words.say("card.samples.hint")),
                Markup("ul", ["class": "samples"], pictures),
            ])
    }

    private func works(_ card: StyleCard) -> [Markup] {
        let rows = card.terms.map { group in
            [
                words.number(group.workCount),
                words.say(group.isCommercial ? "card.works.commercial" : "card.works.private"),
                group.territories.isEmpty
                    ? words.say("card.works.world") : group.territories.joined(separator: ", "),
                group.until.map { "\($0)" } ?? words.say("card.works.forever"),
            ]
        }
        let heads = ["card.works.count", "card.works.use", "card.works.where", "card.works.until"]
        return [
            Markup("p", [:], words.count("card.works", card.workCount)),
            table(heads.map { words.say($0) }, rows, label: "works-title"),
        ]
    }

    private func table(_ heads: [String], _ rows: [[String]], label: String) -> Markup {
        let head = Markup("tr", [:], heads.map { Markup("th", ["scope": "col"], $0) })
        let body = rows.map { row in Markup("tr", [:], row.map { Markup("td", [:], $0) }) }
        let content = [Markup("thead", [:], [head]), Markup("tbody", [:], body)]
        return Markup(
            "div", ["class": "scroller", "tabindex": "0", "role": "region", "aria-labelledby": label],
            [Markup("table", [:], content)])
    }

    private func terms(_ card: StyleCard) -> [Markup] {
        [
            list([
                (
                    "card.terms.agreement",
                    words.days(from: card.agreementFrom, until: card.agreementUntil)
                ),
                ("card.terms.fee", words.amount(micros: card.feeMicros, currency: card.currency)),
                ("card.terms.share", words.percent(basisPoints: card.holderBasisPoints)),
            ]), Markup("p", ["class": "hint"], words.say("card.terms.split")),
        ]
    }

    private func training(_ card: StyleCard) -> [Markup] {
        guard let adapter = card.adapter else { return [Markup("p", [:], words.say("card.training.none"))] }
        return [
            list([
                ("card.training.count", words.number(card.trainingCount)),
                ("card.training.adapter", "sha256:\(adapter)"),
                (
                    "card.training.check",
                    card.copyCheckReport.map { "\(words.say("card.training.checked")) sha256:\($0)" }
                        ?? words.say("card.training.unchecked")
                ),
            ])
        ]
    }

    private func use(_ card: StyleCard) -> [Markup] {
        let allowed = words.say(card.isCommercial ? "card.use.commercial" : "card.use.private")
        let now =
            card.stage == .published ? [] : [Markup("p", [:], words.say("card.use.\(card.stage.rawValue)"))]
        return now + [
            Markup("p", [:], allowed), Markup("p", ["class": "hint"], words.say("card.use.credit")),
        ]
    }

    private func base(_ base: BaseModelFacts) -> [Markup] {
        let count = base.pictureCount.map { words.number($0) } ?? words.say("card.base.unknown")
        let crawled: String
        switch base.isTrainedOnCrawledPictures {
        case true?: crawled = words.say("card.base.crawled")
        case false?: crawled = words.say("card.base.notCrawled")
        case nil: crawled = words.say("card.base.unknown")
        }
        return [
            Markup("p", [:], words.say("card.base.why")),
            list([
                ("card.base.name", "\(base.name) \(base.version)"),
                ("card.base.history", words.pick(base.trainingHistory)),
                ("card.base.count", count), ("card.base.web", crawled),
                ("card.base.until", base.dataUntil.map { "\($0)" } ?? words.say("card.base.unknown")),
                ("card.base.licence", base.licence), ("card.base.weights", "sha256:\(base.weights)"),
            ]),
        ]
    }

    private func data(_ dossier: StyleDossier) -> [Markup] {
        let style = dossier.card.style
        var links = [
            ("\(style)/card.json", "card.data.card"), ("\(style)/croissant.json", "card.data.croissant"),
        ]
        if dossier.summary != nil { links.append(("\(style)/training-summary.json", "card.data.summary")) }
        return [
            Markup(
                "ul", ["class": "links"],
                links.map { address, text in
                    Markup("li", [:], [Markup("a", ["href": address], words.say(text))])
                })
        ]
    }

    private func claim(_ card: StyleCard) -> [Markup] {
        [
            Markup("p", [:], words.say("card.claim.words")),
            Markup(
                "p", [:],
                [
                    Markup(
                        "a", ["href": "../claims?style=\(card.style)", "class": "button"],
                        words.say("card.claim.link"))
                ]
            ),
        ]
    }

    private func list(_ rows: [(String, String)]) -> Markup {
        Markup(
            "dl", ["class": "facts"],
            rows.flatMap { key, value in
                [Markup("dt", [:], words.say(key)), Markup("dd", [:], value)]
            })
    }
}
