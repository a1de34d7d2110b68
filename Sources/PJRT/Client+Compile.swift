import CPJRT

extension Client {
    /// Compiles a program. Blocks the thread for as long as that takes; several threads may compile at once.
    /// - Parameters:
    ///   - program: a StableHLO module as text, with a public function `@main`.
    ///   - signature: what `@main` takes and returns. Results are held against the compiled program's; arguments
    ///     against every execution's.
    ///   - options: flags for the compiler.
    /// - Throws: ``PJRTError`` with the plugin's words where the program or an option is wrong.
    public func compile(
        _ program: String, signature: ProgramSignature, options: CompilerOptions = CompilerOptions()
    ) throws -> LoadedExecutable {
        let optionBytes = options.serialized()
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
        return try LoadedExecutable(
            client: self, handle: try Handle(arguments.executable, from: .clientCompile),
            signature: signature,
            origin: .compiled)
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
            // The closure of `withPadded` cannot throw, so that its outcome is carried out by hand.
            return try PluginTable.withPadded(&program) { padded in
                Swift.Result { try body(UnsafePointer(padded.assumingMemoryBound(to: CPJRTProgram.self))) }
            }.get()
        }
    }
}
