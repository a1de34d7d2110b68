import HTTPTypes
import Hummingbird

/// What all routes work with.
struct RouteServices: Sendable {
    let settings: ServerSettings
    let environment: ServerEnvironment
    let catalogue: ModelCatalogue
    let generation: any GenerationService
    let keys: any KeyService
    let pictures: any PictureService
    /// Nil where nobody draws without a key.
    let visitors: (any VisitorService)?
    /// Nil where nobody watches.
    let floor: (any FloorService)?
    /// Nil where nobody verifies.
    let verification: (any VerificationService)?
    /// Nil where nobody says what the policy makes of a prompt.
    let policy: (any PolicyService)?
    /// Which styles can be asked for.
    let styles: any StyleDirectory
    /// Nil where nobody takes claims.
    let claims: (any ClaimService)?
    /// Nil where artists have no desk.
    let artists: (any ArtistDesk)?
    let links: PictureLinks
    let bodies: RequestBodies

    /// Who sent a request: the holder of a key, or a visitor of the page.
    ///
    /// A key that is sent decides alone. A cookie counts only together with the page's token, from the server's own page,
    /// and never for what operators do.
    ///
    /// - Throws: ``APIError`` where there is neither, it is not known, or it does not allow this.
    func authenticate(_ request: Request, scope: Scope, context: APIContext) async throws -> Caller {
        let caller: Caller
        if let header = request.headers[.authorization] {
            caller = try await holder(ofKeyIn: header)
        } else if let token = request.headers[.pageToken], let visitors, scope != .administer {
            caller = try await visitors.caller(of: visitor(request, token: token, context: context))
        } else {
            throw APIError.missingKey
        }
        context.callerNote.callerName = caller.id
        guard caller.scopes.contains(scope) else { throw APIError.missingScope(scope) }
        return caller
    }

    func holder(ofKeyIn header: String) async throws -> Caller {
        let words = header.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0].lowercased() == "bearer", let key = BearerKey(String(words[1])),
            let caller = try await keys.caller(of: key)
        else { throw APIError.invalidKey }
        return caller
    }

    private func visitor(_ request: Request, token: String, context: APIContext) throws(APIError) -> Visitor {
        guard ownPage.allows(request) else { throw .foreignPage }
        guard let pass = passes.pass(in: request.headers, at: environment.now()) else {
            throw .unknownVisitor
        }
        guard passes.isToken(token, of: pass) else { throw .foreignPage }
        return Visitor(
            id: pass.id, network: network.network(peer: context.peerAddress, headers: request.headers))
    }

    /// Where a request comes from; nil where that is not known.
    func network(of request: Request, context: APIContext) -> String? {
        network.network(peer: context.peerAddress, headers: request.headers)
    }

    private var passes: VisitorPasses { VisitorPasses(settings: settings) }
    private var ownPage: OwnPageRule { OwnPageRule(publicAddress: settings.publicAddress) }
    private var network: ClientNetwork {
        ClientNetwork(trustedProxies: Set(settings.trustedProxies.compactMap(ClientNetwork.normalized)))
    }

    /// Lets somebody in at the page: the cookie's pass, or a new one.
    ///
    /// - Throws: ``APIError`` where the request does not come from the server's own page.
    func welcome(_ request: Request) throws(APIError) -> Welcome {
        guard ownPage.allows(request) else { throw .foreignPage }
        let now = environment.now()
        guard let pass = passes.pass(in: request.headers, at: now) else {
            let pass = passes.newPass(at: now, randomBits: environment.randomBits)
            return Welcome(token: passes.token(of: pass), cookie: passes.cookie(pass, at: now))
        }
        let renewed = passes.renewed(pass, at: now)
        return Welcome(
            token: passes.token(of: pass), cookie: renewed.map { passes.cookie($0, at: now) })
    }

    /// The jobs that an address names.
    func reference(_ context: APIContext) throws -> JobReference {
        guard let text = context.parameters.get("id"), let reference = JobReference(text) else {
            throw APIError.unknownJob
        }
        return reference
    }

    /// How jobs are written now.
    var jobAnswer: JobAnswer {
        JobAnswer(links: links, now: environment.now(), styles: StyleAnswer(directory: styles))
    }
}

/// What the page is given at its start.
public struct Welcome: Sendable, Hashable {
    /// What the page sends in the header `Ondol-Page-Token` beside the cookie.
    public let token: String
    /// The value of `Set-Cookie`; nil where the visitor's cookie is good for long.
    public let cookie: String?
}
