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
    let links: PictureLinks
    let bodies: RequestBodies

    /// Who sent a request.
    ///
    /// - Throws: ``APIError`` where there is no key, it is not known, or it does not allow this.
    func authenticate(_ request: Request, scope: Scope, context: APIContext) async throws -> Caller {
        guard let header = request.headers[.authorization] else { throw APIError.missingKey }
        let words = header.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0].lowercased() == "bearer", let key = BearerKey(String(words[1]))
        else {
            throw APIError.invalidKey
        }
        guard let caller = try await keys.caller(of: key) else { throw APIError.invalidKey }
        context.callerNote.callerName = caller.id
        guard caller.scopes.contains(scope) else { throw APIError.missingScope(scope) }
        return caller
    }

    /// The jobs that an address names.
    func reference(_ context: APIContext) throws -> JobReference {
        guard let text = context.parameters.get("id"), let reference = JobReference(text) else {
            throw APIError.unknownJob
        }
        return reference
    }

    /// How jobs are written now.
    var jobAnswer: JobAnswer { JobAnswer(links: links, now: environment.now()) }
}
