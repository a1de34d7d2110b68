import FoundationEssentials
import Glibc
import PJRT
import Provenance

/// Looks at this machine: processors, memory, plugins, devices, the cache, models, what signs pictures.
struct MachineCheckup {
    private let flag: String?
    private let environment = ProcessInfo.processInfo.environment
    private var folder: ProjectFolder { ProjectFolder(environment: environment) }

    /// - Parameter plugin: a plugin file from the command line.
    init(plugin: String?) { flag = plugin }

    /// Everything that was found.
    func look() -> Checkup {
        var checkup = Checkup()
        lookAtMachine(&checkup)
        lookAtPlugins(&checkup)
        lookAtCache(&checkup)
        lookAtModels(&checkup)
        CredentialCheckup(
            library: CredentialLibrary.path(environment: environment, state: folder.state),
            font: LabelPreset.fontPath
        ).look(&checkup)
        return checkup
    }

    private func lookAtMachine(_ checkup: inout Checkup) {
        let memory = MemoryInformation(text: Self.contents(of: "/proc/meminfo"))
        var text = "\(ProcessInfo.processInfo.activeProcessorCount) processors"
        if let memory {
            text += ", \(ByteCount.text(memory.total)) memory, \(ByteCount.text(memory.available)) available"
        }
        checkup.add(.ok, "machine", text)
        if let memory, memory.available < 1 << 30 {
            checkup.add(
                .note, "memory", "little is available",
                remedy:
                    "end what else runs: the built-in model takes half a gigabyte, Stable Diffusion 1.5 six")
        }
    }

    private func lookAtPlugins(_ checkup: inout Checkup) {
        let search = PluginSearch(
            flag: flag, environment: environment, projectFolder: "\(folder.state)/plugins",
            pythonFolders: InstalledFiles.pythonFolders(environment: environment))
        var opened = 0
        var seen: Set<String> = []
        for kind in [PluginKind.cuda, .tpu, .cpu] {
            let found = search.candidates(for: kind).first { InstalledFiles.exists($0.path) }
            guard let found else {
                if kind != .cpu, InstalledFiles.hasDevice(of: kind) {
                    checkup.add(
                        .note, "plugin", "there is a \(kind.rawValue) device and no plugin for it",
                        remedy: "install the \(kind.rawValue) plugin's Python wheel, or name its file by "
                            + PluginSearch.environmentVariable)
                }
                continue
            }
            // A flag or a variable names one file for all kinds.
            guard seen.insert(found.path).inserted else { continue }
            opened += lookAtDevices(of: found, &checkup) ? 1 : 0
        }
        if opened == 0 {
            checkup.add(
                .missing, "device", "no plugin that works was found",
                remedy: "run `make setup` to install the CPU plugin, or name a plugin's file by "
                    + PluginSearch.environmentVariable)
        }
    }

    /// Opens a plugin and adds its devices; whether there is one to draw on.
    private func lookAtDevices(of candidate: PluginSearch.Candidate, _ checkup: inout Checkup) -> Bool {
        do {
            let plugin = try Plugin.load(path: candidate.path)
            checkup.add(
                .ok, "plugin",
                "\(candidate.path) (PJRT \(plugin.interfaceVersion), \(candidate.origin.rawValue))")
            let client = try Client(plugin: plugin)
            for device in client.devices {
                var text = "\(client.platformName): \(device.kind)"
                if let memory = try client.memory(of: device), let limit = memory.bytesLimit {
                    text += ", \(ByteCount.text(limit - memory.bytesInUse)) of \(ByteCount.text(limit)) free"
                }
                checkup.add(.ok, "device", text)
            }
            return true
        } catch {
            checkup.add(.note, "plugin", "\(error)")
            return false
        }
    }

    private func lookAtCache(_ checkup: inout Checkup) {
        let usage = ExecutableCache(folder: folder.cache) { _ in }.usage()
        guard usage.entryCount > 0 else {
            checkup.add(
                .note, "cache", "\(folder.cache) is empty: the first picture of every size takes longer")
            return
        }
        checkup.add(
            .ok, "cache", "\(folder.cache): \(usage.entryCount) programs, \(ByteCount.text(usage.byteCount))")
        if access(folder.cache, W_OK) != 0 {
            checkup.add(
                .note, "cache", "it cannot be written, so that programs are compiled every time",
                remedy: "give \(folder.cache) to the user that draws")
        }
    }

    private func lookAtModels(_ checkup: inout Checkup) {
        let shelf = ModelShelf(environment: environment)
        var isUsable = false
        for name in shelf.names {
            do {
                let model = try ModelSummary(path: "\(shelf.folder)/\(name)")
                checkup.add(.ok, "model", "\(name): \(model.side) px, \(model.parameterText) parameters")
                isUsable = true
            } catch {
                checkup.add(.note, "model", "\(name) cannot be drawn with: \(error)")
            }
        }
        guard !isUsable else { return }
        checkup.add(
            .missing, "model", "there is none in \(shelf.folder)",
            remedy:
                "restore the built-in model with `git checkout -- Models`, train it with `ondol train`, or name "
                + "another shelf by \(ModelShelf.environmentVariable)")
    }

    /// The text of a small file of the system's.
    private static func contents(of path: String) -> String {
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

/// What Linux says of memory, in bytes.
struct MemoryInformation: Hashable {
    let total: Int
    let available: Int

    /// Reads the text of `/proc/meminfo`; nil where it is something else.
    init?(text: String) {
        func bytes(_ name: String) -> Int? {
            let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
            let number = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            return number.map { $0 * 1024 }
        }
        guard let total = bytes("MemTotal"), let available = bytes("MemAvailable") else { return nil }
        self.total = total
        self.available = available
    }
}
