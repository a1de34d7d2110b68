import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import Server

/// The pages that people open: `/` draws, `/verify` looks where a picture comes from, `/styles` shows whose styles there are,
/// `/claims` and `/appeal` take what people claim and object to, `/artist` shows artists what is theirs, `/operator` watches the floor; and what they are made of, under `/page`.
///
/// Everything is in the program, and nothing is asked of anybody else. It may be used from any thread.
public struct PageSite: Sendable {
    private let api: PictureAPI
    private let styles: any StyleListing
    private let stylePages: StylePages
    private let files: [WebFile]
    private let pages: [Page: [Language: WebFile]]

    /// Prepares the pages in all their languages.
    ///
    /// - Parameters:
    ///   - api: the server that the pages talk to.
    ///   - styles: who knows which styles can be asked for.
    ///   - cards: who knows what is public of styles.
    /// - Throws: ``PagesError`` where the files contradict each other.
    public init(
        api: PictureAPI, styles: any StyleListing = NoStyles(), cards: any StyleCardService = NoStyleCards()
    ) throws(PagesError) {
        self.api = api
        self.styles = styles
        var files: [WebFile] = []
        for (name, bytes) in WebFiles.plain
            + Language.allCases.map({ ("\($0.rawValue).json", WebFiles.words($0)) })
        {
            guard let file = WebFile(path: "page/" + name, bytes: bytes) else {
                throw PagesError(.brokenFiles, "No browser knows what \(name) is; give it a known ending.")
            }
            files.append(file)
        }
        self.files = files
        var words: [Language: Words] = [:]
        for language in Language.allCases { words[language] = try Words(language) }
        var pages: [Page: [Language: WebFile]] = [:]
        for (language, words) in words {
            for page in Page.allCases {
                let template = PageFrame(of: page).template(around: WebFiles.part(page))
                let text = try template.filled(with: words.table)
                pages[page, default: [:]][language] = WebFile(
                    path: "\(page.rawValue).html", bytes: Array(text.utf8))
            }
        }
        self.pages = pages
        stylePages = try StylePages(cards: cards, words: words)
    }

    /// The addresses of the pages, as ``Server/PictureAPI/router(otherRoutes:addRoutes:)`` wants them.
    public var routes: [(pattern: String, methods: [HTTPRequest.Method])] {
        let paths =
            Page.allCases.map(\.path) + files.map(\.path) + ["page/visit", "page/offer"] + StylePages.paths
        return paths.map { ("/" + $0, [.get, .head]) }
    }

    /// Adds the pages to a router.
    public func addRoutes(to router: Router<APIContext>) {
        for page in Page.allCases {
            router.get(RouterPath(page.path)) { request, _ in show(page, request) }
        }
        for file in files {
            router.get(RouterPath(file.path)) { request, _ in
                Self.answer(file, to: request, headers: [.cacheControl: "no-cache"])
            }
        }
        router.get("page/visit") { request, _ in try visit(request) }
        router.get("page/offer") { request, _ in try await offer(request) }
        stylePages.add(to: router)
    }

    /// A page in its reader's language; where the reader chooses another, that choice is kept first.
    private func show(_ page: Page, _ request: Request) -> Response {
        if let answer = Self.keepLanguage(request, at: page.path.isEmpty ? "./" : page.path) { return answer }
        let language = Language.wished(by: request.headers)
        guard let file = pages[page]?[language] else { return Response(status: .notFound) }
        return Self.answer(file, to: request, headers: Self.headers(language))
    }

    /// Keeps a reader's choice of language and leads back to the page; nil where the reader chooses none.
    /// - Parameter location: the page as it is called from itself.
    static func keepLanguage(_ request: Request, at location: String) -> Response? {
        let wish = request.uri.queryParameters[values: "language"].first.flatMap {
            Language(rawValue: String($0))
        }
        return wish.map {
            Response(status: .seeOther, headers: [.location: location, .setCookie: $0.cookie])
        }
    }

    /// What every page is answered with.
    private static func headers(_ language: Language) -> HTTPFields {
        var headers = PageHeaders.fields
        headers[.contentLanguage] = language.rawValue
        headers[.vary] = "Accept-Language, Cookie"
        headers[.cacheControl] = "private, no-cache"
        return headers
    }

    /// A page that was made for this request.
    static func page(_ bytes: [UInt8], in language: Language) -> Response {
        var headers = headers(language)
        headers[.contentType] = "text/html; charset=utf-8"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func answer(_ file: WebFile, to request: Request, headers: HTTPFields) -> Response {
        var headers = headers
        headers[.eTag] = file.entityTag
        if file.isKnown(to: request.headers) { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = file.mediaType
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    /// Lets a visitor in: a cookie, and the token that goes with it.
    private func visit(_ request: Request) throws -> Response {
        let welcome = try api.welcome(request)
        var headers: HTTPFields = [:]
        if let cookie = welcome.cookie { headers[.setCookie] = cookie }
        return try Self.json(["token": welcome.token], headers: headers)
    }

    private func offer(_ request: Request) async throws -> Response {
        let offer = Offer(
            model: api.catalogue.defaultModel, styles: try await styles.styles(),
            language: .wished(by: request.headers))
        return try Self.json(offer)
    }

    private static func json(_ value: some Encodable, headers: HTTPFields = [:]) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = try encoder.encode(value)
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: Array(bytes))))
    }
}
