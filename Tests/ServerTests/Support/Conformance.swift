@testable import Server

/// Holds answers against the description that the server gives of itself.
struct Conformance {
    let description: JSONValue

    /// What is wrong with an answer; nothing for an address or a method that is not described.
    func problems(_ method: String, _ address: String, _ answer: Answer) -> [String] {
        let path = address.split(separator: "?").first.map(String.init) ?? address
        guard let operation = operation(method, path) else { return [] }
        guard let declared = operation["responses"]?[String(answer.status)] else {
            return ["status \(answer.status) is not declared"]
        }
        guard let type = answer["content-type"]?.split(separator: ";").first.map(String.init) else {
            return declared["content"] == nil ? [] : ["no Content-Type"]
        }
        guard let content = declared["content"]?[type] else { return ["\(type) is not declared"] }
        guard type == "application/json", let schema = content["schema"] else { return [] }
        return problems(answer.json, schema, at: "body")
    }

    private func operation(_ method: String, _ path: String) -> JSONValue? {
        guard case .object(let paths)? = description["paths"] else { return nil }
        let segments = path.split(separator: "/")
        return paths.members.first { member in
            let pattern = member.name.split(separator: "/")
            return pattern.count == segments.count
                && zip(pattern, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }?.value[method.lowercased()]
    }

    /// The part of JSON Schema that the description uses.
    func problems(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
        if let reference = schema["$ref"]?.text {
            let name = String(reference.split(separator: "/").last ?? "")
            guard let found = description["components"]?["schemas"]?[name] else {
                return ["no schema \(name)"]
            }
            return problems(value, found, at: place)
        }
        for key in ["oneOf", "anyOf"] {
            guard case .array(let choices)? = schema[key] else { continue }
            let matching = choices.count { problems(value, $0, at: place).isEmpty }
            if key == "oneOf" ? matching != 1 : matching == 0 {
                return ["\(place) matches \(matching) of \(key)"]
            }
        }
        var found: [String] = []
        if let type = schema["type"], !Self.types(value).contains(where: { Self.names(type).contains($0) }) {
            found.append("\(place) is \(value.kind)")
        }
        if case .array(let words)? = schema["enum"], !words.contains(value) {
            found.append("\(place) is not in enum")
        }
        if let constant = schema["const"], constant != value { found.append("\(place) is not \(constant)") }
        if case .array(let elements) = value, let items = schema["items"] {
            for (index, element) in elements.enumerated() {
                found += problems(element, items, at: "\(place)[\(index)]")
            }
        }
        if case .object(let object) = value { found += problems(object, schema, at: place) }
        return found
    }

    private func problems(_ object: JSONObject, _ schema: JSONValue, at place: String) -> [String] {
        var found: [String] = []
        if case .array(let required)? = schema["required"] {
            for name in required.compactMap(\.text) where object[name] == nil {
                found.append("\(place) has no \(name)")
            }
        }
        for member in object.members {
            if let property = schema["properties"]?[member.name] {
                found += problems(member.value, property, at: "\(place).\(member.name)")
            } else if schema["additionalProperties"] == .bool(false) {
                found.append("\(place).\(member.name) is not described")
            }
        }
        return found
    }

    private static func names(_ type: JSONValue) -> [String] {
        if case .array(let names) = type { names.compactMap(\.text) } else { [type.text].compactMap { $0 } }
    }

    private static func types(_ value: JSONValue) -> [String] {
        switch value {
        case .null: ["null"]
        case .bool: ["boolean"]
        case .integer: ["integer", "number"]
        case .number: ["number"]
        case .string: ["string"]
        case .array: ["array"]
        case .object: ["object"]
        }
    }
}
