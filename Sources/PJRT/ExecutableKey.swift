/// What a compiled program depends on; where any of it differs, so does the key.
struct ExecutableKey: Hashable {
    /// The SHA-256 over everything.
    let digest: [UInt8]

    /// The file name of the entry.
    var fileName: String { ContentDigest.hexadecimal(digest) + ".executable" }

    /// Takes a digest worked out before.
    init(digest: [UInt8]) { self.digest = digest }

    /// Makes a key.
    /// - Parameters:
    ///   - pluginDigest: of the plugin's file. Plugins report the same version for years, so only the file tells.
    ///   - processorFeatures: machine code made for one processor may end the process on another.
    init(
        program: String, signature: ProgramSignature, optionBytes: [UInt8], pluginDigest: String,
        platformName: String, platformVersion: String, devices: [Device], processorFeatures: String
    ) {
        var content = ContentDigest()
        content.add("format", "1")
        content.add("plugin", pluginDigest)
        content.add("platform", platformName)
        content.add("platform version", platformVersion)
        content.add("device count", String(devices.count))
        content.add("device kind", devices.first?.kind ?? "")
        content.add("compute capability", devices.first?.computeCapability ?? "")
        content.add("processor", processorFeatures)
        content.add("options", optionBytes)
        content.add("arguments", signature.arguments.map(\.description).joined(separator: ";"))
        content.add("results", signature.results.map(\.description).joined(separator: ";"))
        content.add("program", program)
        digest = content.finished()
    }
}
