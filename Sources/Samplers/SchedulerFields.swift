/// The fields of a scheduler configuration, taken out one by one so that what remains is known not to be
/// understood.
struct SchedulerFields {
    /// A JSON value as far as scheduler configurations use them.
    enum Value: Decodable, Equatable {
        case null
        case flag(Bool)
        case number(Double)
        case text(String)
        case other

        init(from decoder: any Decoder) throws {
            guard let container = try? decoder.singleValueContainer() else {
                self = .other
                return
            }
            if container.decodeNil() {
                self = .null
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .other
            }
        }

        /// How an error text shows the value.
        var shown: String {
            switch self {
            case .null: "null"
            case .flag(let flag): "\(flag)"
            case .number(let number): "\(number)"
            case .text(let text): "\"\(text.prefix(40))\""
            case .other: "a list or an object"
            }
        }
    }

    private(set) var values: [String: Value]

    init(values: [String: Value]) {
        self.values = values
    }

    /// Fields of which only one value is supported, because any other asks for a different computation.
    private static let supportedValues: [String: [Value]] = [
        "trained_betas": [.null],
        "clip_sample": [.flag(false)],
        "thresholding": [.flag(false)],
        "use_exponential_sigmas": [.flag(false)],
        "use_beta_sigmas": [.flag(false)],
        "use_lu_lambdas": [.flag(false)],
        "use_flow_sigmas": [.flag(false)],
        "use_dynamic_shifting": [.flag(false)],
        "interpolation_type": [.text("linear")],
        "timestep_type": [.text("discrete")],
        "sigma_min": [.null],
        "sigma_max": [.null],
        "algorithm_type": [.text("dpmsolver++")],
        "solver_order": [.number(2)],
        "solver_type": [.text("midpoint")],
        // The two "fixed" kinds concern DDPM's own sampling; the "learned" ones widen the model's output.
        "variance_type": [.null, .text("fixed_small"), .text("fixed_large")],
    ]

    /// Fields of the four solvers and of the classes found beside them in Stable Diffusion folders (PNDM,
    /// DDPM, LMS, Heun, UniPC, DEIS) that change nothing here: parameters of what is switched off above, and
    /// parameters of the other classes' own methods, which diffusers passes over as well.
    private static let withoutEffect: Set<String> = [
        "dynamic_thresholding_ratio", "sample_max_value", "clip_sample_range", "flow_shift",
        "time_shift_type", "skip_prk_steps", "predict_x0", "disable_corrector", "solver_p", "shift_terminal",
    ]

    mutating func refuseUnsupported() throws(SamplerError) {
        for (name, supported) in Self.supportedValues.sorted(by: { $0.key < $1.key }) {
            guard let value = values.removeValue(forKey: name), value != .null else { continue }
            guard supported.contains(value) else {
                let list = supported.map(\.shown).joined(separator: " or ")
                throw SamplerError(
                    .unsupportedValue,
                    "\(name) is \(value.shown) in the scheduler configuration; \(list) is supported.")
            }
        }
    }

    func refuseUnknown() throws(SamplerError) {
        let unknown = values.keys.filter { !$0.hasPrefix("_") && !Self.withoutEffect.contains($0) }
        guard let name = unknown.min() else { return }
        throw SamplerError(
            .unsupportedValue,
            "\(name.prefix(60)) is not a field of a supported scheduler configuration. Supported are DDIM, Euler, Euler "
                + "ancestral and DPM-Solver++ multistep as diffusers 0.42 writes them.")
    }

    mutating func takeText(_ name: String) throws(SamplerError) -> String? {
        switch values.removeValue(forKey: name) {
        case nil, .null: return nil
        case .text(let text): return text
        case .some(let value): throw Self.mismatch(name, value, "a text")
        }
    }

    mutating func takeFlag(_ name: String) throws(SamplerError) -> Bool? {
        switch values.removeValue(forKey: name) {
        case nil, .null: return nil
        case .flag(let flag): return flag
        case .some(let value): throw Self.mismatch(name, value, "true or false")
        }
    }

    mutating func takeNumber(_ name: String) throws(SamplerError) -> Double? {
        switch values.removeValue(forKey: name) {
        case nil, .null: return nil
        case .number(let number): return number
        case .some(let value): throw Self.mismatch(name, value, "a number")
        }
    }

    mutating func takeInteger(_ name: String) throws(SamplerError) -> Int? {
        guard let number = try takeNumber(name) else { return nil }
        guard let integer = Int(exactly: number) else {
            throw Self.mismatch(name, .number(number), "a whole number")
        }
        return integer
    }

    mutating func takeChoice<Choice: RawRepresentable & CaseIterable>(
        _ name: String
    ) throws(SamplerError) -> Choice? where Choice.RawValue == String {
        guard let text = try takeText(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let list = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw Self.mismatch(name, .text(text), "one of \(list)")
        }
        return choice
    }

    private static func mismatch(_ name: String, _ value: Value, _ expected: String) -> SamplerError {
        SamplerError(
            .unsupportedValue,
            "\(name) is \(value.shown) in the scheduler configuration; it must be \(expected).")
    }
}
