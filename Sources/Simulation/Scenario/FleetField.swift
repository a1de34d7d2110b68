import Serving
import TOMLKit

/// One setting of a device in a fleet file.
public struct FleetField: Sendable {
    /// Its name in the file.
    public let name: String
    /// What it means, with its unit.
    public let text: String
    /// Takes a value; a text says what was wrong with it.
    let read: @Sendable (any TOMLValueConvertible, inout DeviceGroup) -> String?

    /// All settings, `profile` first because the others change what it sets.
    public static let all: [FleetField] = [
        FleetField(
            name: "profile",
            text: "What the rest begins from: "
                + DeviceProfile.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ") + "."
        ) { value, group in
            guard let profile = value.string.flatMap(DeviceProfile.init(rawValue:)) else {
                return "must be one of " + DeviceProfile.allCases.map(\.rawValue).joined(separator: ", ")
            }
            group = profile.group(count: 1)
            return nil
        },
        FleetField(name: "name", text: "What reports call the devices.") { value, group in
            guard let name = value.string, (1...64).contains(name.utf8.count),
                !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
            else { return "must be 1 to 64 bytes of text" }
            group.name = name
            return nil
        },
        integer("count", \.count, 0...100_000, "How many there are."),
        number("speed", \.speed, 1e-3...1e3, "How fast one is beside what the costs below say."),
        number(
            "step_base_seconds", \.costPerMegapixel.baseSeconds, 0...3600,
            "Seconds of a denoising step before its first row."),
        number(
            "step_seconds_per_megapixel", \.costPerMegapixel.secondsPerEvaluation, 1e-6...3600,
            "Seconds that each evaluation of a megapixel adds to a step; a guided row has two."),
        number(
            "finishing_seconds_per_megapixel", \.finishingSecondsPerMegapixel, 0...3600,
            "Seconds of reading a prompt and decoding a megapixel."),
        number("step_jitter", \.stepJitter, 0...0.3, "How much step times vary, as a share."),
        number("model_load_seconds", \.modelLoadSeconds, 0...3600, "Seconds of loading a base model."),
        number(
            "adapter_load_seconds", \.adapterLoadSeconds, 0...3600,
            "Seconds of loading an adapter onto its base model."),
        integer("model_slots", \.modelSlots, 1...64, "Base models in a device's memory at one time."),
        integer("adapter_slots", \.adapterSlots, 1...64, "Adapters beside them."),
        FleetField(
            name: "failure_hours", text: "Mean hours between two breakdowns of one device; 0 for never."
        ) {
            value, group in
            guard let hours = value.double ?? value.int.map(Double.init), hours >= 0, hours <= 1e6 else {
                return "must be a number from 0 to 1000000"
            }
            group.meanSecondsBetweenFailures = hours > 0 ? hours * 3600 : nil
            return nil
        },
        number("repair_seconds", \.repairSeconds, 1...2_678_400, "Seconds that a broken device is gone."),
        heat("idle_celsius", \.idleCelsius, -50...150, "Temperature without load, in °C."),
        heat(
            "busy_celsius", \.busyCelsius, -50...200,
            "Temperature that full load leads to, in °C; from `heat.warm_celsius` of the service on it costs capacity."
        ),
        heat(
            "settling_seconds", \.settlingSeconds, 1...86400,
            "Seconds in which two thirds of the way are gone."),
        heat(
            "warm_celsius", \.guardSettings.warmCelsius, 1...150, "From here on batches are smaller, in °C."),
        heat("hot_celsius", \.guardSettings.hotCelsius, 1...150, "From here on there is no new work, in °C."),
        heat(
            "hysteresis_celsius", \.guardSettings.hysteresisCelsius, 0.5...50,
            "Degrees below a threshold at which it is left again."),
        heat(
            "warm_row_share", \.guardSettings.warmRowShare, 0.01...1,
            "Share of a full batch that a warm device takes."),
    ]

    private static func number(
        _ name: String, _ path: WritableKeyPath<DeviceGroup, Double> & Sendable,
        _ range: ClosedRange<Double>, _ text: String
    ) -> FleetField {
        FleetField(name: name, text: text) { value, group in
            guard let number = value.double ?? value.int.map(Double.init), range.contains(number) else {
                return
                    "must be a number from \(Figures.plain(range.lowerBound)) to \(Figures.plain(range.upperBound))"
            }
            group[keyPath: path] = number
            return nil
        }
    }

    private static func integer(
        _ name: String, _ path: WritableKeyPath<DeviceGroup, Int> & Sendable, _ range: ClosedRange<Int>,
        _ text: String
    ) -> FleetField {
        FleetField(name: name, text: text) { value, group in
            guard let number = value.int, range.contains(number) else {
                return "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            }
            group[keyPath: path] = number
            return nil
        }
    }

    private static func heat(
        _ name: String, _ path: WritableKeyPath<DeviceGroup.Heat, Double> & Sendable,
        _ range: ClosedRange<Double>, _ text: String
    ) -> FleetField {
        FleetField(name: name, text: text) { value, group in
            guard let number = value.double ?? value.int.map(Double.init), range.contains(number) else {
                return
                    "must be a number from \(Figures.plain(range.lowerBound)) to \(Figures.plain(range.upperBound))"
            }
            group.warmth[keyPath: path] = number
            return nil
        }
    }
}

extension DeviceGroup {
    /// The heat model, made where there was none.
    fileprivate var warmth: Heat {
        get { heat ?? Heat(busyCelsius: 72) }
        set { heat = newValue }
    }
}
