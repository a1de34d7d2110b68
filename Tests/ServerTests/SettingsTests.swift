import ScriptedService
import Testing

@testable import Server

@Suite struct SettingsTests {
    @Test("All wrong settings are named at once")
    func settings() throws {
        try ServerSettings(linkSecret: Array(repeating: 1, count: 32)).validate()
        var settings = ServerSettings(linkSecret: [1])
        settings.publicAddress = "example.org/"
        settings.linkLifetimeSeconds = 0
        settings.jsonBytes = 1
        settings.uploads.bodyBytes = 0
        settings.uploads.maskBytes = 0
        settings.uploadsAtOnce = 0
        settings.bodySeconds = .nan
        settings.maximumConnections = 0
        settings.headerBytes = 1
        settings.headerCount = 1
        settings.allowedOrigins = ["example.org"]
        settings.visitorLifetimeSeconds = 1
        settings.trustedProxies = ["proxy"]
        let error = try #require(throws: ServerError.self) { try settings.validate() }
        for name in [
            "linkSecret", "publicAddress", "linkLifetimeSeconds", "jsonBytes", "uploads.bodyBytes",
            "maskBytes",
            "uploadsAtOnce", "bodySeconds", "maximumConnections", "headerBytes", "headerCount",
            "allowedOrigins", "visitorLifetimeSeconds", "trustedProxies",
        ] { #expect(error.message.contains(name), "\(name)") }
    }

    @Test("A catalogue that contradicts itself is refused")
    func catalogue() throws {
        let models = try ModelCatalogue.scripted().models
        #expect(throws: ServerError.self) { try ModelCatalogue(models: []) }
        #expect(throws: ServerError.self) { try ModelCatalogue(models: models, defaultModel: "other") }
        #expect(throws: ServerError.self) { try ModelCatalogue(models: models + models) }
        #expect(throws: ServerError.self) { try ModelCatalogue(models: models, aliases: ["a": "other"]) }
        #expect(throws: ServerError.self) { try ModelCatalogue(models: models, aliases: ["hanji": "wide"]) }
        let size = try #require(PictureSize("8x8"))
        let broken = ModelDescription(
            name: "m", created: ScriptedService.moment, sizes: .listed([]), defaultSize: size)
        #expect(throws: ServerError.self) { try ModelCatalogue(models: [broken]) }
        let named = try ModelCatalogue(
            models: models, defaultModel: "wide", aliases: ["gpt-image-1": "hanji"])
        #expect(named.defaultModel.name == "wide" && named.model(named: "gpt-image-1")?.name == "hanji")
        #expect(named.model(named: "dall-e-3") == nil)
    }

    @Test("The description describes every address once, and refers to nothing that is not there")
    func description() throws {
        let settings = ServerSettings(linkSecret: Array(repeating: 1, count: 32))
        let json = OpenAPIDescription(
            settings: settings, catalogue: try .scripted(), hasFloor: false
        ).json
        guard case .object(let paths)? = json["paths"],
            case .object(let schemas)? = json["components"]?["schemas"]
        else {
            throw Wire.Closed()
        }
        for route in RouteTable.standard.routes {
            for method in route.methods where method != .head {
                #expect(
                    paths[route.pattern]?[method.rawValue.lowercased()] != nil, "\(method) \(route.pattern)")
            }
        }
        #expect(paths.members.count == RouteTable.standard.routes.count)
        let text = String(decoding: json.bytes, as: UTF8.self)
        for reference in text.matches(of: /#\/components\/schemas\/(\w+)/).map({ String($0.1) }) {
            #expect(schemas[reference] != nil, "\(reference)")
        }
    }
}
