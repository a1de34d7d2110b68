import FoundationEssentials

extension SchedulerConfiguration {
    /// A configuration has about one KiB.
    private static let fileLimit = 1 << 20

    /// Reads a `scheduler_config.json`.
    ///
    /// - Throws: ``SamplerError``, as ``init(json:)``, and where the file cannot be read.
    public init(file path: String) throws(SamplerError) {
        let data: Data
        do {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64 ?? 0
            guard size <= Self.fileLimit else {
                throw SamplerError(
                    .invalidConfiguration, "\(path) has \(size) bytes; at most \(Self.fileLimit) are read.")
            }
            data = try Data(contentsOf: URL(filePath: path))
        } catch let error as SamplerError {
            throw error
        } catch {
            throw SamplerError(
                .invalidConfiguration,
                "\(path) cannot be read. A diffusers model folder has scheduler/scheduler_config.json.",
                cause: error)
        }
        try self.init(json: Array(data))
    }

    /// Reads the text of a `scheduler_config.json`.
    ///
    /// Fields that change nothing for the four solvers are passed over, as diffusers passes over them; every
    /// other field that is not understood is refused, so that no picture is silently wrong.
    ///
    /// - Throws: ``SamplerError`` naming the field and what is supported.
    public init(json: [UInt8]) throws(SamplerError) {
        guard json.count <= Self.fileLimit else {
            throw SamplerError(.invalidConfiguration, "The scheduler configuration is larger than 1 MiB.")
        }
        var fields: SchedulerFields
        do {
            fields = SchedulerFields(
                values: try JSONDecoder().decode(
                    [String: SchedulerFields.Value].self, from: Data(Self.withoutInfinities(json))))
        } catch {
            throw SamplerError(
                .invalidConfiguration, "The scheduler configuration is not an object in JSON.", cause: error)
        }
        self.init()
        let className = try fields.takeText("_class_name")
        solver = Solver.allCases.first { $0.className == className }
        try fields.refuseUnsupported()
        trainingTimesteps = try fields.takeInteger("num_train_timesteps") ?? trainingTimesteps
        betaStart = try fields.takeNumber("beta_start") ?? betaStart
        betaEnd = try fields.takeNumber("beta_end") ?? betaEnd
        betaSchedule = try fields.takeChoice("beta_schedule") ?? betaSchedule
        rescalesToZeroTerminalSNR = try fields.takeFlag("rescale_betas_zero_snr") ?? false
        predictionType = try fields.takeChoice("prediction_type") ?? predictionType
        timestepSpacing = try fields.takeChoice("timestep_spacing")
        stepsOffset = try fields.takeInteger("steps_offset") ?? stepsOffset
        endsAtAlphaOne = try fields.takeFlag("set_alpha_to_one") ?? endsAtAlphaOne
        finalSigma = try fields.takeChoice("final_sigmas_type") ?? finalSigma
        usesKarrasSigmas = try fields.takeFlag("use_karras_sigmas") ?? usesKarrasSigmas
        lowersFinalOrder = try fields.takeFlag("lower_order_final") ?? lowersFinalOrder
        usesEulerAtFinal = try fields.takeFlag("euler_at_final") ?? usesEulerAtFinal
        smallestLambda = try fields.takeNumber("lambda_min_clipped") ?? smallestLambda
        try fields.refuseUnknown()
        try validate()
    }

    /// Replaces `-Infinity`, which Python writes for an unset `lambda_min_clipped` although JSON has no such
    /// number, by `null`. The JSON5 mode of Foundation's decoder would read it, but traps on damaged texts.
    private static func withoutInfinities(_ json: [UInt8]) -> [UInt8] {
        let infinity = Array("-Infinity".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(json.count)
        var isInText = false
        var index = 0
        while index < json.count {
            let byte = json[index]
            if byte == UInt8(ascii: "\"") { isInText.toggle() }
            if isInText, byte == UInt8(ascii: "\\"), index + 1 < json.count {
                result += json[index...index + 1]
                index += 2
            } else if !isInText, byte == UInt8(ascii: "-"), json[index...].starts(with: infinity) {
                result += Array("null".utf8)
                index += infinity.count
            } else {
                result.append(byte)
                index += 1
            }
        }
        return result
    }

    /// The text of a `scheduler_config.json` that diffusers and ``init(json:)`` read back as this value.
    ///
    /// - Parameter solver: the class to name; nil takes this configuration's own, or DDIM.
    public func json(solver named: Solver? = nil) -> String {
        let solver = named ?? solver ?? .ddim
        var lines = [
            "\"_class_name\": \"\(solver.className)\"",
            "\"beta_end\": \(betaEnd)",
            "\"beta_schedule\": \"\(betaSchedule.rawValue)\"",
            "\"beta_start\": \(betaStart)",
            "\"clip_sample\": false",
            "\"euler_at_final\": \(usesEulerAtFinal)",
            "\"final_sigmas_type\": \"\(finalSigma.rawValue)\"",
            "\"lower_order_final\": \(lowersFinalOrder)",
            "\"num_train_timesteps\": \(trainingTimesteps)",
            "\"prediction_type\": \"\(predictionType.rawValue)\"",
            "\"rescale_betas_zero_snr\": \(rescalesToZeroTerminalSNR)",
            "\"set_alpha_to_one\": \(endsAtAlphaOne)",
            "\"steps_offset\": \(stepsOffset)",
            "\"use_karras_sigmas\": \(usesKarrasSigmas)",
        ]
        if let timestepSpacing { lines.append("\"timestep_spacing\": \"\(timestepSpacing.rawValue)\"") }
        if smallestLambda.isFinite { lines.append("\"lambda_min_clipped\": \(smallestLambda)") }
        return "{\n" + lines.map { "  \($0)" }.joined(separator: ",\n") + "\n}\n"
    }
}
