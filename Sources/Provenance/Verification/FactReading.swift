/// Reads what a credential says out of the library's account of it.
struct FactReading {
    private let manifest: JSONNode
    private let store: JSONNode
    private let text: (String) -> String?

    /// - Parameters:
    ///   - store: the library's account.
    ///   - text: a text that is kept beside the manifest, by its address.
    init(store: JSONNode, text: @escaping (String) -> String?) {
        self.store = store
        self.text = text
        manifest = store["active_manifest"]?.string.flatMap { store["manifests"]?[$0] } ?? .null
    }

    /// All that is said.
    var facts: CredentialFacts {
        var facts = CredentialFacts()
        readSigner(into: &facts)
        readActions(into: &facts)
        readIngredients(into: &facts)
        readWishes(into: &facts)
        return facts
    }

    private func clean(_ node: JSONNode?, limit: Int = 300) -> String? {
        guard let text = node?.string, !text.isEmpty else { return nil }
        return ForeignText.cleaned(text, limit: limit)
    }

    private func assertion(_ label: String) -> JSONNode? {
        let found = manifest["assertions"]?.elements.first {
            guard let name = $0["label"]?.string else { return false }
            return name == label || name.hasPrefix(label + "__")
        }
        return found?["data"]
    }

    private func readSigner(into facts: inout CredentialFacts) {
        let signature = manifest["signature_info"]
        facts.signer = clean(signature?["issuer"]) ?? ""
        facts.signerName = clean(signature?["common_name"]) ?? ""
        facts.stampedTime = clean(signature?["time"], limit: 40)
        facts.title = clean(manifest["title"]) ?? ""
        if let generator = manifest["claim_generator_info"]?.elements.first {
            let parts = [clean(generator["name"]), clean(generator["version"], limit: 40)]
            facts.program = parts.compactMap { $0 }.joined(separator: " ")
        }
        let results = store["validation_results"]?["activeManifest"]
        let codes = Set(
            ["success", "informational"].flatMap { results?[$0]?.elements ?? [] }.compactMap {
                $0["code"]?.string
            })
        if codes.contains("timeStamp.validated") {
            facts.stamp = codes.contains("timeStamp.trusted") ? .trusted : .unknownAuthority
        } else {
            facts.stampedTime = nil
            if assertion("org.ondol.time-stamp") != nil { facts.stamp = .failed }
        }
    }

    private func readActions(into facts: inout CredentialFacts) {
        let actions = assertion("c2pa.actions.v2") ?? assertion("c2pa.actions")
        for action in actions?["actions"]?.elements ?? [] {
            if facts.madeTime == nil { facts.madeTime = clean(action["when"], limit: 40) }
            guard let source = clean(action["digitalSourceType"]) else { continue }
            facts.digitalSourceType = source
            switch source.split(separator: "/").last {
            case "trainedAlgorithmicMedia": facts.making = .generated
            case "compositeWithTrainedAlgorithmicMedia": facts.making = .edited
            default: break
            }
        }
        let disclosure = assertion("c2pa.ai-disclosure")
        facts.model = clean(disclosure?["modelName"])
        facts.modelIdentifier = clean(disclosure?["modelIdentifier"])
    }

    private func readIngredients(into facts: inout CredentialFacts) {
        var modelCount = 0
        for ingredient in manifest["ingredients"]?.elements ?? [] {
            switch ingredient["relationship"]?.string {
            case "parentOf": facts.parent = parent(ingredient)
            case "inputTo":
                let type = ingredient["data_types"]?.elements.first?["type"]?.string ?? ""
                let kept = ingredient["data"]?["identifier"]?.string.flatMap(text)
                switch type {
                case "c2pa.types.generator.prompt":
                    facts.prompt = kept.map { ForeignText.cleaned($0, limit: 4000) }
                case "c2pa.types.generator.seed":
                    facts.seed = kept.map { ForeignText.cleaned($0, limit: 40) }
                case "c2pa.types.model":
                    if let words = ingredient["description"]?.string.flatMap(StyleWords.init) {
                        facts.style = clean(ingredient["title"])
                        facts.styleHolder = ForeignText.cleaned(words.holder)
                        facts.agreement = ForeignText.cleaned(words.agreement)
                    } else if modelCount == 0 {
                        facts.model = facts.model ?? clean(ingredient["title"])
                        modelCount += 1
                    }
                default: break
                }
            default: break
            }
        }
    }

    private func parent(_ ingredient: JSONNode) -> CredentialFacts.Parent {
        var parent = CredentialFacts.Parent()
        parent.title = clean(ingredient["title"]) ?? ""
        guard let label = ingredient["active_manifest"]?.string else { return parent }
        parent.hasCredential = true
        parent.signer = clean(store["manifests"]?[label]?["signature_info"]?["issuer"]) ?? ""
        let failures = ingredient["validation_results"]?["activeManifest"]?["failure"]?.elements ?? []
        let findings = failures.compactMap { $0["code"]?.string.flatMap(ValidationCodes.finding) }
        parent.isIntact = !findings.contains {
            [.pictureChanged, .credentialChanged, .signatureInvalid].contains($0)
        }
        return parent
    }

    private func readWishes(into facts: inout CredentialFacts) {
        if case .object(let entries) = assertion("cawg.training-mining")?["entries"] {
            // As many uses as the assertion knows, and a few that may come.
            for (use, entry) in entries.sorted(by: { $0.key < $1.key }).prefix(12) {
                // What is only constrained, without more, is not allowed.
                facts.training[ForeignText.cleaned(use, limit: 60)] = entry["use"]?.string == "allowed"
            }
        }
        guard let usage = assertion("org.ondol.usage") else { return }
        facts.isCommercialUseGranted = usage["commercialUse"]?.string.map { $0 == "allowed" }
        facts.termsAddress = clean(usage["terms"], limit: 500)
        facts.agreement = facts.agreement ?? clean(usage["agreement"])
    }
}
