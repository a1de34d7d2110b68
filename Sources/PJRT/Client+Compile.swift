import CPJRT

extension Client {
    /// Compiles a program, or takes it from the cache. Blocks the thread for as long as that takes; several threads
    /// may compile at once.
    /// - Parameters:
    ///   - program: a StableHLO module as text, with a public function `@main`.
    ///   - signature: what `@main` takes and returns. Results are held against the compiled program's; arguments
    ///     against every execution's.
    ///   - options: flags for the compiler.
    ///   - cache: where compiled programs are kept; nil compiles always.
    /// - Throws: ``PJRTError`` with the plugin's words where the program or an option is wrong.
    public func compile(
        _ program: String, signature: ProgramSignature, options: CompilerOptions = CompilerOptions(),
        cache: ExecutableCache? = nil
    ) throws -> LoadedExecutable {
        let optionBytes = options.serialized()
        guard let cache, let pluginDigest = cache.digest(of: plugin) else {
            return try compile(program, signature: signature, optionBytes: optionBytes)
        }
        let key = ExecutableKey(
            program: program, signature: signature, optionBytes: optionBytes, pluginDigest: pluginDigest,
            platformName: platformName, platformVersion: platformVersion, devices: devices,
            processorFeatures: ProcessorFeatures.current)
        if let payload = cache.load(key) {
            do {
                return try load(payload, signature: signature)
            } catch {
                // Whatever the reason: some processors reject their own entries, and compiling always works.
                cache.discard(key, because: "the plugin does not load it (\(error))")
            }
        }
        let executable = try compile(program, signature: signature, optionBytes: optionBytes)
        do {
            cache.store(try executable.serialized(), for: key)
        } catch {
            cache.warn("a compiled program is not kept: the plugin cannot write it down (\(error))")
        }
        return executable
    }

    private func compile(
        _ program: String, signature: ProgramSignature, optionBytes: [UInt8]
    ) throws -> LoadedExecutable {
        var arguments = CPJRTClientCompile()
        arguments.client = handle.pointer
        try optionBytes.withUnsafeBytes { optionBytes in
            arguments.options = optionBytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            arguments.optionsSize = optionBytes.count
            try withPluginProgram(program) { program in
                arguments.program = program
                try table.call(.clientCompile, &arguments)
            }
        }
        let compiled = try Handle(arguments.executable, from: .clientCompile)
        return try LoadedExecutable(client: self, handle: compiled, signature: signature, origin: .compiled)
    }

    private func load(_ payload: [UInt8], signature: ProgramSignature) throws -> LoadedExecutable {
        var arguments = CPJRTExecutableDeserialize()
        arguments.client = handle.pointer
        try payload.withUnsafeBytes { payload in
            arguments.bytes = payload.baseAddress?.assumingMemoryBound(to: CChar.self)
            arguments.byteCount = payload.count
            try table.call(.executableDeserialize, &arguments)
        }
        let loaded = try Handle(arguments.executable, from: .executableDeserialize)
        return try LoadedExecutable(client: self, handle: loaded, signature: signature, origin: .cached)
    }
}

/// Lends a program's text as the structure that plugins take.
func withPluginProgram<Result>(
    _ text: String, _ body: (UnsafePointer<CPJRTProgram>) throws -> Result
) throws -> Result {
    var text = text
    let format: StaticString = "mlir"
    return try text.withUTF8 { code in
        try code.withMemoryRebound(to: CChar.self) { code in
            var program = CPJRTProgram()
            program.code = code.baseAddress
            program.codeSize = code.count
            program.format = UnsafeRawPointer(format.utf8Start).assumingMemoryBound(to: CChar.self)
            program.formatSize = format.utf8CodeUnitCount
            // The closure of `withPadded` cannot throw, so its outcome is carried out by hand.
            return try PluginTable.withPadded(&program) { padded in
                Swift.Result { try body(UnsafePointer(padded.assumingMemoryBound(to: CPJRTProgram.self))) }
            }.get()
        }
    }
}
