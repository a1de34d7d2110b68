import FoundationEssentials
import Images
import Rights

/// What a credential says, as the credential library takes it: a definition in JSON, and texts that go into it whole.
struct ManifestDefinition {
    /// The definition.
    let json: JSONNode
    /// Texts by the names that the definition gives them.
    let resources: [(name: String, text: String)]
    /// How the photo is added, where there is one: its description.
    let parent: JSONNode?

    /// The version of the specification that is followed.
    static let specificationVersion = "2.4"

    /// Writes down where a picture comes from.
    /// - Parameters:
    ///   - format: the picture's format.
    ///   - timestampFailure: why there is no time stamp although there should be one; it is said in the credential.
    init(_ origin: PictureOrigin, format: PictureFormat, timestampFailure: TimestampFailure? = nil) {
        let inputs = Self.inputs(origin)
        resources = inputs.compactMap(\.resource)
        var assertions: [JSONNode] = [
            Self.assertion(
                "c2pa.actions.v2",
                [
                    "actions": .array(Self.actions(origin, inputs: inputs.map(\.label))),
                    "allActionsIncluded": true,
                ]), Self.assertion("c2pa.ai-disclosure", Self.disclosure(origin)),
        ]
        assertions += Self.wishes(origin)
        if let timestampFailure {
            assertions.append(
                Self.assertion(
                    "org.ondol.time-stamp",
                    ["status": "unavailable", "reason": .string(timestampFailure.rawValue)]))
        }
        var definition: [String: JSONNode] = [
            "claim_generator_info": [
                [
                    "name": "Ondol", "version": .string(origin.programVersion),
                    "specVersion": .string(Self.specificationVersion),
                ]
            ],
            "format": .string(format.mediaType), "assertions": .array(assertions),
        ]
        if let identifier = origin.identifier { definition["title"] = .string(identifier) }
        if !inputs.isEmpty { definition["ingredients"] = .array(inputs.map(\.ingredient)) }
        json = .object(definition)
        parent =
            switch origin.beginning {
            case .noise: nil
            case .photo, .lostPhoto:
                ["title": "photo", "relationship": "parentOf", "label": .string(Self.photoLabel)]
            }
    }

    private static let photoLabel = "photo"

    private static func assertion(_ label: String, _ data: JSONNode) -> JSONNode {
        ["label": .string(label), "created": true, "data": data]
    }

    // MARK: actions

    private static func actions(_ origin: PictureOrigin, inputs: [String]) -> [JSONNode] {
        let time = JSONNode.string(time(origin.time))
        var agent: [String: JSONNode] = ["name": .string(origin.model.name)]
        if let version = origin.model.version { agent["version"] = .string(version) }
        var drawing: [String: JSONNode] = [
            "action": "c2pa.created", "when": time, "softwareAgent": .object(agent),
            "digitalSourceType": .string(origin.digitalSourceType),
        ]
        if !inputs.isEmpty {
            drawing["parameters"] = ["ingredientIds": .array(inputs.map { .string($0) })]
        }
        if case .noise = origin.beginning { return [.object(drawing)] }
        drawing["action"] = "c2pa.edited"
        return [
            ["action": "c2pa.opened", "when": time, "parameters": ["ingredientIds": [.string(photoLabel)]]],
            .object(drawing),
        ]
    }

    /// A moment as RFC 3339 writes it.
    static func time(_ timestamp: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(timestamp.milliseconds) / 1000).formatted(.iso8601)
    }

    // MARK: what went in

    private struct Input {
        let label: String
        let ingredient: JSONNode
        var resource: (name: String, text: String)?

        init(
            _ label: String, title: String, type: String, text: String? = nil, description: String? = nil
        ) {
            self.label = label
            var ingredient: [String: JSONNode] = [
                "title": .string(title), "relationship": "inputTo", "label": .string(label),
                "data_types": [["type": .string(type)]],
            ]
            if let description { ingredient["description"] = .string(description) }
            if let text {
                ingredient["format"] = "text/plain"
                ingredient["data"] = ["format": "text/plain", "identifier": .string(label)]
                resource = (label, text)
            }
            self.ingredient = .object(ingredient)
        }
    }

    private static func inputs(_ origin: PictureOrigin) -> [Input] {
        var inputs = [
            Input(
                "model", title: origin.model.name, type: "c2pa.types.model",
                description: origin.model.identifier)
        ]
        if let style = origin.style {
            inputs.append(
                Input(
                    "style", title: style.name, type: "c2pa.types.model",
                    description: StyleWords(style).text))
        }
        if let prompt = origin.prompt {
            inputs.append(Input("prompt", title: "prompt", type: "c2pa.types.generator.prompt", text: prompt))
        }
        if let seed = origin.seed {
            inputs.append(Input("seed", title: "seed", type: "c2pa.types.generator.seed", text: "\(seed)"))
        }
        return inputs
    }

    // MARK: what else is said

    private static func disclosure(_ origin: PictureOrigin) -> JSONNode {
        var disclosure: [String: JSONNode] = [
            "modelType": "c2pa.types.model", "modelName": .string(origin.model.name),
        ]
        if let identifier = origin.model.identifier { disclosure["modelIdentifier"] = .string(identifier) }
        return .object(disclosure)
    }

    private static func wishes(_ origin: PictureOrigin) -> [JSONNode] {
        var assertions: [JSONNode] = []
        if let training = origin.training {
            let entries = training.entries.map {
                ($0.use, ["use": $0.isAllowed ? "allowed" : "notAllowed"] as JSONNode)
            }
            assertions.append(
                assertion(
                    "cawg.training-mining",
                    ["entries": .object(Dictionary(entries) { first, _ in first })]))
        }
        if let usage = origin.usage {
            var grant: [String: JSONNode] = ["commercialUse": usage.isCommercial ? "allowed" : "notAllowed"]
            if let address = usage.termsAddress { grant["terms"] = .string(address) }
            if let style = origin.style {
                grant["style"] = .string(style.name)
                grant["agreement"] = .string(style.agreement)
            }
            assertions.append(assertion("org.ondol.usage", .object(grant)))
        }
        return assertions
    }
}

/// A style's holder and agreement in the description of an ingredient: written here, read again by the verifier.
struct StyleWords {
    let holder: String
    let agreement: String
    let identifier: String?

    init(_ style: PictureOrigin.Style) {
        holder = style.holder
        agreement = style.agreement
        identifier = style.identifier
    }

    var text: String {
        var lines = ["holder: \(Self.line(holder))", "agreement: \(Self.line(agreement))"]
        if let identifier { lines.append("adapter: \(Self.line(identifier))") }
        return lines.joined(separator: "\n")
    }

    /// Reads what was written; nil for any other text.
    init?(_ text: String) {
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n").prefix(3) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            fields[String(parts[0])] = String(parts[1].drop { $0 == " " })
        }
        guard let holder = fields["holder"], let agreement = fields["agreement"] else { return nil }
        self.holder = holder
        self.agreement = agreement
        identifier = fields["adapter"]
    }

    private static func line(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
