import ArgumentParser
import FoundationEssentials
import Service
import Stores
import Worker

/// Serves pictures over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves pictures over HTTP: OpenAI's images API, jobs, and a page for people.",
        discussion:
            "The first start prints an administrator's key, once. SIGTERM and Ctrl-C let running pictures end; what "
            + "is not drawn by then is drawn after the next start.")

    @OptionGroup var data: DataOptions

    @Option(help: ArgumentHelp("A host name or address to listen at.", valueName: "host"))
    var host: String?

    @Option(help: "A port to listen at; 0 takes one that is free.")
    var port: Int?

    @Option(help: ArgumentHelp("A model to serve instead of those of the settings.", valueName: "folder"))
    var model: [String] = []

    @Option(help: "A PJRT plugin file; by default the best that is installed.")
    var plugin: String?

    func validate() throws {
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port must be 0 to 65535") }
    }

    func run() async throws {
        var settings = try data.readSettings()
        if let host { settings.listening.host = host }
        if let port { settings.listening.port = port }
        if settings.listening.port == 0 {
            settings.listening.port = try FreePort.find(at: settings.listening.host)
        }
        if !model.isEmpty { settings.drawing.models = model }
        let lock = try ServiceLock(folder: data.folder)
        let store = try SQLiteStore(folder: data.folder)
        let service = try await RunningService(
            store: store, folder: data.folder, settings: settings, plugin: plugin)
        try await service.prepare()
        try await service.announceFirstKey()
        try await service.run()
        try store.close()
        withExtendedLifetime(lock) {}
    }
}

/// Where a service keeps its things, and how it is set.
struct DataOptions: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(
            "The folder of database and pictures; .ondol/data unless given.", valueName: "folder"))
    var folderOption: String?

    @Option(
        name: .customLong("settings"),
        help: ArgumentHelp(
            "The settings file; settings.toml in the data folder unless given. `ondol settings` prints one.",
            valueName: "file"))
    var file: String?

    /// The data folder.
    var folder: String { folderOption ?? "\(ProjectFolder().state)/data" }

    /// The settings: of the file that was named, of the one in the data folder, or the usual ones.
    /// - Throws: ``CommandError`` where the file cannot be read, `ServiceError` where it cannot be used.
    func readSettings() throws -> ServiceSettings {
        let path = file ?? "\(folder)/settings.toml"
        guard file != nil || FileManager.default.fileExists(atPath: path) else { return ServiceSettings() }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandError("the settings file \(path) cannot be read; check its path and permissions")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError("the settings file \(path) is not UTF-8; save it as that")
        }
        do {
            return try ServiceSettings(toml: text)
        } catch {
            throw CommandError("\(path): \(error.message)")
        }
    }
}
