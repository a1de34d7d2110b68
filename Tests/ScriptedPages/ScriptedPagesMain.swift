import FoundationEssentials
import Hummingbird
import Logging
import Pages
import ScriptedService
import Server
import Serving

/// Serves the pages over a line at a pace of its own, for tests in a browser.
///
/// Called with a port, a folder of pictures (see `Tools/pages/pictures.py`) and the seconds that a step takes.
@main
enum ScriptedPagesMain {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let port = Int(arguments[1]), let tick = Double(arguments[3]) else {
            preconditionFailure("give a port, a folder of pictures, and the seconds that a step takes")
        }
        let pictures = try PaintedPictures(folder: arguments[2])
        let line = PacedLine(pictures: pictures, tickSeconds: tick)
        let service = ScriptedService(
            script: { try line.script($0) }, course: { line.course($0, $1) })
        var settings = ServerSettings(linkSecret: Array(repeating: 7, count: 32))
        settings.publicAddress = "http://127.0.0.1:\(port)"
        let floor = ScriptedFloor()
        let api = try PictureAPI(
            settings: settings,
            environment: ServerEnvironment(
                now: { Moment(secondsSinceEpoch: Date().timeIntervalSince1970) },
                randomBits: {
                    var generator = SystemRandomNumberGenerator()
                    return generator.next()
                }), catalogue: try catalogue(), generation: service, keys: ScriptedKeys(), pictures: pictures,
            visitors: ScriptedVisitors(), floor: floor, verification: ScriptedVerification(),
            policy: ScriptedPolicy(),
            claims: try ScriptedClaims { Moment(secondsSinceEpoch: Date().timeIntervalSince1970) },
            artists: try ScriptedArtists())
        let site = try PageSite(
            api: api, cards: ShownStyles(styles: try ScriptedStyles(), pictures: pictures))
        var logger = Logger(label: "pages")
        logger.logLevel = .warning
        let application = api.application(
            address: .hostname("127.0.0.1", port: port),
            router: api.router(otherRoutes: site.routes) { site.addRoutes(to: $0) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await line.run(service) }
            group.addTask { try await warm(floor) }
            try await application.runService()
            group.cancelAll()
        }
    }

    private static func catalogue() throws -> ModelCatalogue {
        let sizes = ["512x512", "640x448", "448x640"].compactMap { PictureSize($0) }
        return try ModelCatalogue(models: [
            ModelDescription(
                name: "hanji", created: ScriptedService.moment, sizes: .listed(sizes), defaultSize: sizes[0])
        ])
    }

    /// Lets the floor live: time goes on, and the first device gets a little warmer and cooler.
    private static func warm(_ floor: ScriptedFloor) async throws {
        var beat = 0
        while true {
            let now = Date().timeIntervalSince1970
            let celsius = Double(66 + beat % 6)
            await floor.change { report in
                report.moment = Moment(secondsSinceEpoch: now)
                report.devices[0].celsius = celsius
            }
            beat += 1
            try await Task.sleep(for: .seconds(2))
        }
    }
}
