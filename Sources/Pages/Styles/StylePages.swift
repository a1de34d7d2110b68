import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import Rights
import Server

/// The public pages of styles: `/styles`, and below it each style's card, the same for programs, and sample pictures.
///
/// They are made on the server, whole, so that they are there without JavaScript and for whoever collects what is public.
struct StylePages: Sendable {
    private let cards: any StyleCardService
    private let words: [Language: Words]
    private let list = PageFrame.styles.template(around: WebFiles.styles)
    private let one = PageFrame.style.template(around: WebFiles.style)

    /// - Throws: ``PagesError`` where the pages name texts that are not there.
    init(cards: any StyleCardService, words: [Language: Words]) throws(PagesError) {
        self.cards = cards
        self.words = words
        for words in words.values {
            let pieces = ["content": Markup.none, "title": Markup.none]
            _ = try list.filled(with: words.table, pieces: pieces)
            _ = try one.filled(with: words.table, pieces: pieces)
        }
    }

    /// The addresses, as patterns.
    static let paths = [
        "styles", "styles/{style}", "styles/{style}/card.json", "styles/{style}/croissant.json",
        "styles/{style}/training-summary.json", "styles/{style}/samples/{number}",
    ]

    func add(to router: Router<APIContext>) {
        router.get("styles") { request, _ in try await showList(request) }
        router.get("styles/{style}") { request, context in try await show(request, context) }
        router.get("styles/{style}/card.json") { _, context in
            try Self.json(try await dossier(context).card, type: "application/json")
        }
        router.get("styles/{style}/croissant.json") { _, context in
            try Self.json(
                try await dossier(context).dataset,
                type: "application/ld+json; profile=\"http://mlcommons.org/croissant/1.1\"")
        }
        router.get("styles/{style}/training-summary.json") { _, context in
            guard let summary = try await dossier(context).summary else { throw Self.unknownStyle }
            return try Self.json(summary, type: "application/json")
        }
        router.get("styles/{style}/samples/{number}") { _, context in try await sample(context) }
    }

    private static let unknownStyle = APIError(
        .notFound, .invalidRequest, code: "style_not_found", param: "style",
        "There is no such style here. The page /styles lists those that there are.")

    private func dossier(_ context: APIContext) async throws -> StyleDossier {
        guard let style = context.parameters.get("style"), let dossier = try await cards.dossier(of: style)
        else { throw Self.unknownStyle }
        return dossier
    }

    private func showList(_ request: Request) async throws -> Response {
        if let answer = PageSite.keepLanguage(request, at: "styles") { return answer }
        let language = Language.wished(by: request.headers)
        guard let words = words[language] else { throw Self.unknownStyle }
        let content = StyleCardPage(words: words).list(try await cards.cards())
        return try page(list, ["content": content], words)
    }

    private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        let dossier = try await dossier(context)
        if let answer = PageSite.keepLanguage(request, at: "\(dossier.card.style)") { return answer }
        let language = Language.wished(by: request.headers)
        guard let words = words[language] else { throw Self.unknownStyle }
        let title = "\(words.say("name")) — \(words.pick(dossier.card.title))"
        let content = StyleCardPage(words: words).card(dossier)
        return try page(one, ["content": content, "title": Markup(title)], words)
    }

    private func page(
        _ template: PageTemplate, _ pieces: [String: Markup], _ words: Words
    ) throws -> Response {
        let text = try template.filled(with: words.table, pieces: pieces)
        return PageSite.page(Array(text.utf8), in: words.language)
    }

    private static func json(_ value: some Encodable, type: String) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let bytes = Array(try encoder.encode(value))
        return Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func sample(_ context: APIContext) async throws -> Response {
        guard let style = context.parameters.get("style"),
            let number = context.parameters.get("number").flatMap({ Int($0) }),
            let picture = try await cards.sample(number, of: style)
        else { throw Self.unknownStyle }
        var headers = MiningSignals.reserved
        headers[.contentType] = picture.format.mediaType
        headers[.cacheControl] = "public, max-age=3600"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: picture.bytes)))
    }
}
