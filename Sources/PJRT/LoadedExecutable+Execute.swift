import CPJRT

extension LoadedExecutable {
    /// Starts the program on its arguments' device and returns before it is done; what reads the results waits.
    ///
    /// An error that comes up while the program runs is thrown by whatever first waits for a result.
    /// - Parameters:
    ///   - arguments: one buffer for each argument of the signature, all on one device. Those at donated indices
    ///     are used up.
    ///   - kept: indices of donated arguments that this call shall leave as they are, at the price of a copy.
    ///   - device: where to run a program without arguments; nil stands for the first device.
    /// - Returns: one buffer for each result of the signature.
    /// - Throws: ``PJRTError`` where an argument does not fit the signature, was donated before, or lies elsewhere.
    public func execute(
        _ arguments: [Buffer], keeping kept: Set<Int> = [], on device: Device? = nil
    ) throws -> [Buffer] {
        try signature.check(arguments: arguments.map(\.type))
        let device = arguments.first?.device ?? device ?? client.devices[0]
        try check(clientAndDeviceOf: arguments, device: device)
        // What the execution before has left is known by now.
        HostAllocator.giveBackUnused()

        let donated = signature.donatedArguments.subtracting(kept)
        try begin(arguments, donating: donated)
        do {
            let handles = try run(
                arguments.map(\.handle), keeping: kept.intersection(signature.donatedArguments), on: device)
            end(arguments, donated: donated)
            return zip(signature.results, handles).map { type, handle in
                Buffer(client: client, device: device, type: type, handle: handle)
            }
        } catch {
            end(arguments, donated: donated)
            for index in donated { arguments[index].takeBackDonationUnlessDeleted() }
            throw error
        }
    }

    private func check(clientAndDeviceOf arguments: [Buffer], device: Device) throws {
        for (index, argument) in arguments.enumerated() {
            guard argument.client === client else {
                throw PJRTError(
                    .invalidArgument, "argument \(index) belongs to another client",
                    operation: "check arguments")
            }
            guard argument.device.ordinal == device.ordinal else {
                throw PJRTError(
                    .invalidArgument,
                    "argument \(index) is on \(argument.device.description) and the program runs on "
                        + device.description,
                    operation: "check arguments")
            }
        }
    }

    /// Marks every argument as read or donated for the length of the call, or none where one cannot be.
    private func begin(_ arguments: [Buffer], donating donated: Set<Int>) throws {
        for (index, argument) in arguments.enumerated() {
            let isDonated = donated.contains(index)
            guard let refusal = isDonated ? argument.donate() : argument.beginReading() else { continue }
            for earlier in 0..<index {
                if donated.contains(earlier) {
                    arguments[earlier].takeBackDonationUnlessDeleted()
                } else {
                    arguments[earlier].endReading()
                }
            }
            throw refusal.error(of: "argument \(index)", operation: "check arguments")
        }
    }

    private func end(_ arguments: [Buffer], donated: Set<Int>) {
        for (index, argument) in arguments.enumerated() where !donated.contains(index) {
            argument.endReading()
        }
    }

    private func run(_ arguments: [Handle], keeping kept: Set<Int>, on device: Device) throws -> [Handle] {
        let inputs: [OpaquePointer?] = arguments.map(\.pointer)
        var outputs = [OpaquePointer?](repeating: nil, count: signature.results.count)
        let keptIndices = kept.sorted().map(Int64.init)
        let deviceHandle = try client.handle(of: device)

        try inputs.withUnsafeBufferPointer { inputs in
            try outputs.withUnsafeMutableBufferPointer { outputs in
                try keptIndices.withUnsafeBufferPointer { keptIndices in
                    var options = CPJRTExecuteOptions()
                    options.keptArguments = keptIndices.baseAddress
                    options.keptArgumentCount = keptIndices.count
                    try PluginTable.withPadded(&options) { options in
                        Result {
                            try start(
                                inputs, outputs, on: deviceHandle,
                                options: options.assumingMemoryBound(to: CPJRTExecuteOptions.self))
                        }
                    }.get()
                }
            }
        }
        return try outputs.map { try Handle($0, from: .loadedExecutableExecute) }
    }

    private func start(
        _ inputs: UnsafeBufferPointer<OpaquePointer?>, _ outputs: UnsafeMutableBufferPointer<OpaquePointer?>,
        on device: Handle, options: UnsafeMutablePointer<CPJRTExecuteOptions>
    ) throws {
        try withUnsafePointer(to: inputs.baseAddress) { inputList in
            try withUnsafePointer(to: outputs.baseAddress) { outputList in
                var arguments = CPJRTExecute()
                arguments.executable = handle.pointer
                arguments.options = options
                arguments.argumentLists = inputList
                arguments.argumentCount = inputs.count
                arguments.outputLists = outputList
                arguments.deviceCount = 1
                arguments.device = device.pointer
                try client.table.call(.loadedExecutableExecute, &arguments)
            }
        }
    }
}
