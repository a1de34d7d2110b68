import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The HTTP server: OpenAI's images API, and our own of jobs and pictures.
///
/// It draws nothing and keeps nothing: what it needs of the rest are three protocols. It may be used from any thread.
public struct PictureAPI: Sendable {
    let services: RouteServices

    /// Puts a server together.
    ///
    /// - Parameters:
    ///   - visitors: who knows what visitors without a key may do; nil where everybody needs one.
    ///   - floor: who tells operators how the floor is; nil where nobody does.
    ///   - verification: who verifies pictures for everybody; nil where nobody does.
    ///   - policy: who says what the policy makes of a prompt; nil where nobody does.
    ///   - styles: who knows the styles that can be asked for.
    ///   - claims: who takes what people claim to be theirs; nil where nobody does.
    ///   - artists: who shows artists what is theirs; nil where nobody does.
    /// - Throws: ``ServerError`` that names every setting that is out of range.
    public init(
        settings: ServerSettings, environment: ServerEnvironment, catalogue: ModelCatalogue,
        generation: any GenerationService, keys: any KeyService, pictures: any PictureService,
        visitors: (any VisitorService)? = nil, floor: (any FloorService)? = nil,
        verification: (any VerificationService)? = nil, policy: (any PolicyService)? = nil,
        styles: any StyleDirectory = NoListedStyles(), claims: (any ClaimService)? = nil,
        artists: (any ArtistDesk)? = nil
    ) throws(ServerError) {
        try settings.validate()
        services = RouteServices(
            settings: settings, environment: environment, catalogue: catalogue, generation: generation,
            keys: keys,
            pictures: pictures, visitors: visitors, floor: floor, verification: verification, policy: policy,
            styles: styles, claims: claims, artists: artists,
            links: PictureLinks(settings: settings),
            bodies: RequestBodies(settings: settings))
    }

    /// The models that can be asked for.
    public var catalogue: ModelCatalogue { services.catalogue }
    /// The styles that can be asked for, and those that cannot now.
    public var styles: any StyleDirectory { services.styles }

    /// The API's description in OpenAPI 3.1, as `/openapi.json` serves it: JSON in UTF-8.
    public var openAPIDescription: [UInt8] { description.bytes }

    var description: JSONValue {
        OpenAPIDescription(
            settings: services.settings, catalogue: services.catalogue, hasFloor: services.floor != nil,
            verifies: services.verification != nil, hasPolicy: services.policy != nil,
            takesClaims: services.claims != nil, hasArtists: services.artists != nil
        ).json
    }

    /// Lets somebody in who opened the page, and who need not have a key.
    ///
    /// - Throws: ``APIError`` where the request does not come from this server's own page.
    public func welcome(_ request: Request) throws(APIError) -> Welcome { try services.welcome(request) }

    /// The routes of this room, and those of others beside them.
    ///
    /// - Parameters:
    ///   - otherRoutes: addresses that `addRoutes` adds, as patterns such as `/metrics` with their methods; they are then
    ///     known to logs and to refusals of wrong methods.
    ///   - addRoutes: adds routes of other rooms: pages, metrics. They go through the same envelope of ids and headers.
    public func router(
        otherRoutes: [(pattern: String, methods: [HTTPRequest.Method])] = [],
        addRoutes: (Router<APIContext>) -> Void = { _ in }
    ) -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        let own =
            RouteTable.standard.routes + (services.floor == nil ? [] : RouteTable.floor)
            + (services.verification == nil ? [] : RouteTable.verification)
            + (services.policy == nil ? [] : RouteTable.policy)
            + (services.claims == nil ? [] : RouteTable.claims)
            + (services.artists == nil ? [] : RouteTable.artists)
        let table = RouteTable(
            routes: own + otherRoutes.map { RouteTable.Route($0.pattern, $0.methods) })
        router.add(
            middleware: RequestEnvelope(
                environment: services.environment,
                origins: CrossOriginRule(allowedOrigins: services.settings.allowedOrigins), routes: table))
        ImageRoutes(services: services).add(to: router)
        JobRoutes(services: services).add(to: router)
        ModelRoutes(services: services).add(to: router)
        StyleRoutes(services: services).add(to: router)
        PictureRoutes(services: services).add(to: router)
        HealthRoutes(services: services, description: description).add(to: router)
        SignalRoutes(signals: services.settings.mining, publicAddress: services.settings.publicAddress)
            .add(to: router)
        if let floor = services.floor { FloorRoutes(services: services, floor: floor).add(to: router) }
        if let verification = services.verification {
            VerifyRoutes(services: services, verification: verification).add(to: router)
        }
        if let policy = services.policy { PolicyRoutes(services: services, policy: policy).add(to: router) }
        if let claims = services.claims { ClaimRoutes(services: services, claims: claims).add(to: router) }
        if let artists = services.artists {
            ArtistRoutes(services: services, artists: artists).add(to: router)
        }
        addRoutes(router)
        return router
    }

    /// The server as a service to run; it stops when its task is told to shut down gracefully, after running requests.
    ///
    /// - Parameters:
    ///   - address: where to listen.
    ///   - router: what ``router(otherRoutes:addRoutes:)`` gave.
    ///   - onRunning: called with the port once connections are taken.
    public func application(
        address: BindAddress, router: Router<APIContext>, logger: Logger,
        onRunning: @escaping @Sendable (Int?) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let settings = services.settings
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: settings.headerBytes, maxHeaderListSize: settings.headerBytes,
            maxHeaderFieldCount: settings.headerCount)
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionGuard(
                    slowReaderSeconds: settings.slowReaderSeconds,
                    newIdentifier: services.environment.requestIdentifier)
            ],
            idleTimeout: .nanoseconds(Int64(settings.idleSeconds * 1e9)), httpDecoderConfiguration: decoder)
        return Application(
            router: router, server: .http1(configuration: configuration),
            configuration: ApplicationConfiguration(
                address: address, serverName: "ondol", backlog: 1024,
                availableConnectionsDelegate: .maximum(settings.maximumConnections, logger: logger)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port) }, logger: logger)
    }
}
