import FoundationEssentials
import Rights

/// That a folder's works may be trained on: found out before the device is opened, with everything that is missing at once.
struct TrainingPermission {
    let manifest: WorksManifest
    /// The hash of the manifest, for the adapter's file.
    let digest: ContentHash

    /// The most lines that are printed; more of the same say no more.
    private static let lineLimit = 60

    /// Looks at every picture, its file, its documents and its own credentials.
    /// - Parameters:
    ///   - territory: where the style is to be used, ISO 3166-1; nil for the whole world.
    ///   - signals: what a file's own credentials say of training.
    /// - Throws: ``CommandError`` that names everything that is missing.
    init(
        _ pictures: CaptionedPictures, on day: CalendarDay, isCommercial: Bool = true,
        territory: String? = nil,
        signals: ([UInt8]) throws -> Set<Work.Signal>
    ) throws {
        manifest = try WorksManifest.read(folder: pictures.folder)
        digest = ContentHash(
            of: try InputFile.bytes(
                "\(pictures.folder)/\(WorksManifest.fileName)", maximumBytes: 8 << 20, kind: "works"))
        var reading = EvidenceReading(manifest: manifest, folder: pictures.folder)
        try reading.readWorks(pictures.entries.map(\.name), signals: signals)
        reading.readDocuments()
        var missing = reading.missing
        if let registry = try reading.registry(), let style = registry.styles[manifest.style] {
            let purpose = TrainingGate.Purpose(isCommercial: isCommercial, territory: territory)
            if case .incomplete(let gaps) = TrainingGate.check(style, in: registry, on: day, purpose: purpose)
            {
                missing += gaps.map { reading.text(of: $0) }
            }
        }
        guard missing.isEmpty else {
            let shown = missing.prefix(Self.lineLimit).map { "\n  - \($0)" }.joined()
            let more =
                missing.count > Self.lineLimit ? "\n  - and \(missing.count - Self.lineLimit) more" : ""
            throw CommandError("these works may not be trained on yet:\(shown)\(more)")
        }
    }
}

/// A folder's evidence, read into a registry of its own.
private struct EvidenceReading {
    let manifest: WorksManifest
    let folder: String
    private(set) var missing: [String] = []
    private var works: [(work: Work, file: String)] = []
    private var documents: [String: ContentHash] = [:]

    init(manifest: WorksManifest, folder: String) {
        self.manifest = manifest
        self.folder = folder
    }

    /// Every picture of the folder must be a work of the manifest, and the file that was agreed on.
    mutating func readWorks(_ names: [String], signals: ([UInt8]) throws -> Set<Work.Signal>) throws {
        var entries: [String: WorksManifest.Entry] = [:]
        for entry in manifest.works where entries.updateValue(entry, forKey: entry.file) != nil {
            missing.append("\(entry.file): \(WorksManifest.fileName) lists it twice; keep one")
        }
        let known = Set(names)
        for file in entries.keys.sorted() where !known.contains(file) {
            missing.append(
                "\(file): \(WorksManifest.fileName) lists it and it is not there; add it or leave it out")
        }
        for name in names {
            guard let entry = entries[name] else {
                missing.append(
                    "\(name): \(WorksManifest.fileName) does not list it; add it, or take the picture away")
                continue
            }
            let bytes = try InputFile.bytes(
                "\(folder)/\(name)", maximumBytes: WorksCommand.maximumBytes, kind: "picture")
            let hash = ContentHash(of: bytes)
            if let expected = entry.sha256, expected != hash {
                missing.append(
                    "\(name): the file was changed since it was agreed on; its hash is now \(hash)")
            } else if entry.sha256 == nil {
                missing.append("\(name): its hash is not given; the file has \(hash)")
            }
            works.append(
                (
                    Work(
                        identifier: try Identifier("work-\(works.count + 1)"), holder: manifest.holder.id,
                        title: entry.title ?? name, fileHash: hash,
                        signals: (entry.signals ?? []).union(try signals(bytes))), name
                ))
        }
    }

    /// Documents must be there; what they hash to goes into the evidence.
    mutating func readDocuments() {
        if manifest.holder.credit.isEmpty || manifest.title.korean.isEmpty || manifest.title.english.isEmpty {
            missing.append("\(WorksManifest.fileName): the holder's credit and both titles must be given")
        }
        for name in Set([manifest.agreement.document] + manifest.licences.map(\.document)).sorted() {
            // A list must not reach out of its folder.
            guard !name.isEmpty, !name.contains("/"), name != WorksManifest.fileName else {
                missing.append("\(name): a document lies beside the works, under a name of its own")
                continue
            }
            do {
                documents[name] = ContentHash(
                    of: try InputFile.bytes(
                        "\(folder)/\(name)", maximumBytes: WorksCommand.maximumBytes, kind: "document"))
            } catch {
                missing.append("\(name): \(error.description)")
            }
        }
    }

    /// The registry of this folder alone; nil where its own documents are missing, which was said.
    func registry() throws -> Registry? {
        guard let agreement = documents[manifest.agreement.document] else { return nil }
        var events: [RegistryEvent] = [
            .holderRegistered(.init(identifier: manifest.holder.id, creditName: manifest.holder.credit)),
            .agreementMade(
                try Agreement(
                    identifier: manifest.agreement.id, holder: manifest.holder.id, document: agreement,
                    holderBasisPoints: 0, feeMicros: 0, currency: Currency("KRW"),
                    from: manifest.agreement.from, until: manifest.agreement.until, noticeDays: 0)),
            .agreementLineAdded(manifest.agreement.id, .training(1)),
        ]
        for (work, file) in works {
            events.append(.workRegistered(work))
            for licence in manifest.licences where licence.works?.contains(file) ?? true {
                guard let document = documents[licence.document] else { continue }
                events.append(
                    .evidenceRecorded(
                        LicenceEvidence(
                            work: work.identifier, document: document, title: licence.title,
                            uses: licence.uses, isCommercial: licence.commercial,
                            territories: licence.territories ?? [], from: licence.from, until: licence.until,
                            overridesSignals: licence.overridesSignals ?? false)))
            }
        }
        events.append(
            .styleDrafted(
                manifest.style, holder: manifest.holder.id, agreement: manifest.agreement.id,
                title: manifest.title))
        events.append(.styleWorksChosen(manifest.style, Set(works.map(\.work.identifier))))
        var registry = Registry()
        let actor: Identifier<RegistryActor> = try Identifier("training")
        for event in events {
            do {
                _ = try registry.record(event, by: actor, at: Timestamp(milliseconds: 0))
            } catch let error as RightsError {
                throw CommandError("\(folder)/\(WorksManifest.fileName): \(error.message)")
            }
        }
        return registry
    }

    /// A gap by the name of its file.
    func text(of gap: MissingEvidence) -> String {
        let message = gap.message.english
        guard let name = gap.work, let file = works.first(where: { $0.work.identifier == name })?.file else {
            return message
        }
        return file + message.dropFirst(name.text.count)
    }
}
