import TOMLKit

/// One setting: its name in the file, what it means, and where it is kept.
struct SettingField: Sendable {
    /// The table and the name within it, as `server.port`.
    let key: String
    /// What it means, with its unit.
    let text: String
    /// The value as it stands in a file.
    let write: @Sendable (ServiceSettings) -> String
    /// Takes a value; a text says what was wrong with it.
    let read: @Sendable (any TOMLValueConvertible, inout ServiceSettings) -> String?
}

extension SettingField {
    /// A number without decimals.
    static func integer(
        _ key: String, _ path: WritableKeyPath<ServiceSettings, Int> & Sendable, _ range: ClosedRange<Int>,
        _ text: String
    ) -> Self {
        Self(key: key, text: text, write: { "\($0[keyPath: path])" }) { value, settings in
            guard let number = value.int, range.contains(number) else {
                return "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            }
            settings[keyPath: path] = number
            return nil
        }
    }

    /// A number.
    static func number(
        _ key: String, _ path: WritableKeyPath<ServiceSettings, Double> & Sendable,
        _ range: ClosedRange<Double>, _ text: String
    ) -> Self {
        Self(key: key, text: text, write: { Self.text($0[keyPath: path]) }) { value, settings in
            guard let number = value.double ?? value.int.map(Double.init), range.contains(number) else {
                return
                    "must be a number from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))"
            }
            settings[keyPath: path] = number
            return nil
        }
    }

    /// Several numbers.
    static func numbers(
        _ key: String, _ path: WritableKeyPath<ServiceSettings, [Double]> & Sendable, count: Int,
        _ text: String
    ) -> Self {
        Self(
            key: key, text: text,
            write: { "[" + $0[keyPath: path].map(Self.text).joined(separator: ", ") + "]" }
        ) { value, settings in
            let numbers = value.array?.map { $0.double ?? $0.int.map(Double.init) } ?? []
            guard numbers.count == count, !numbers.contains(nil) else {
                return "must be \(count) numbers, as [2, 6, 12]"
            }
            settings[keyPath: path] = numbers.compactMap { $0 }
            return nil
        }
    }

    /// True or false.
    static func flag(
        _ key: String, _ path: WritableKeyPath<ServiceSettings, Bool> & Sendable, _ text: String
    ) -> Self {
        Self(key: key, text: text, write: { "\($0[keyPath: path])" }) { value, settings in
            guard let flag = value.bool else { return "must be true or false" }
            settings[keyPath: path] = flag
            return nil
        }
    }

    /// A text, of the words allowed where there are any.
    static func text(
        _ key: String, _ path: WritableKeyPath<ServiceSettings, String> & Sendable, words: [String] = [],
        _ text: String
    ) -> Self {
        Self(key: key, text: text, write: { "\"\($0[keyPath: path])\"" }) { value, settings in
            guard let string = value.string, words.isEmpty || words.contains(string) else {
                return words.isEmpty
                    ? "must be a text in quotes" : "must be one of \(words.joined(separator: ", "))"
            }
            settings[keyPath: path] = string
            return nil
        }
    }

    /// Several texts.
    static func texts(
        _ key: String, _ path: WritableKeyPath<ServiceSettings, [String]> & Sendable, _ text: String
    ) -> Self {
        Self(
            key: key, text: text,
            write: { "[" + $0[keyPath: path].map { "\"\($0)\"" }.joined(separator: ", ") + "]" }
        ) { value, settings in
            let texts = value.array?.map(\.string) ?? [nil]
            guard !texts.contains(nil) else { return "must be texts in quotes, as [\"a\", \"b\"]" }
            settings[keyPath: path] = texts.compactMap { $0 }
            return nil
        }
    }

    /// A word of an enumeration.
    static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
        _ key: String, _ path: WritableKeyPath<ServiceSettings, Choice> & Sendable, _ text: String
    ) -> Self {
        Self(key: key, text: text, write: { "\"\($0[keyPath: path].rawValue)\"" }) { value, settings in
            guard let choice = value.string.flatMap(Choice.init(rawValue:)) else {
                return "must be one of " + Choice.allCases.map(\.rawValue).joined(separator: ", ")
            }
            settings[keyPath: path] = choice
            return nil
        }
    }

    /// A number as people write it.
    static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }
}
