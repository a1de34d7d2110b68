import ArgumentParser
import FoundationEssentials
import Images
import Provenance
import Rights
import Stores

/// Works and the documents that say what may be done with them.
struct WorksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "works", abstract: "Registers works, their licences, and what their owners take back.",
        subcommands: [Add.self, Licence.self, Withdraw.self, List.self, Show.self])

    /// The largest file that is hashed, in bytes.
    static let maximumBytes = 256 << 20

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Registers a work by its file, of which only hashes are kept.",
            discussion:
                "What the file's own credentials say of training is read from it; what its place says (robots, TDMRep, RSL) you add "
                + "with --signal.")

        @OptionGroup var change: ChangeOptions
        @Argument(help: "What everything else calls it.")
        var id: String
        @Option(help: "Whose it is.")
        var holder: String
        @Option(help: "Its title.")
        var title: String
        @Option(help: "The picture's file.")
        var file: String
        @Option(
            help: ArgumentHelp(
                "A wish about training that the place it came from carries; may be given several times.",
                valueName: "signal"))
        var signal: [Work.Signal] = []

        func run() async throws {
            guard (1...500).contains(title.utf8.count) else {
                throw ValidationError("a title has 1 to 500 bytes")
            }
            let bytes = try InputFile.bytes(file, maximumBytes: WorksCommand.maximumBytes, kind: "picture")
            let picture = try Picture(decoding: bytes, name: file)
            let signals = Set(signal).union(try Self.signals(in: bytes))
            if !signals.isEmpty {
                Terminal.note("Signals: " + signals.map(\.rawValue).sorted().joined(separator: ", "))
            }
            try await change.record(
                .workRegistered(
                    Work(
                        identifier: try Identifier(id), holder: try Identifier(holder), title: title,
                        fileHash: ContentHash(of: bytes),
                        perceptualHash: try ContentHash(
                            hexadecimal: PerceptualHash.measured(picture).hash.hexadecimal),
                        signals: signals)))
        }

        /// What the file's own credentials say of training; nothing where there is no library to read them with.
        /// - Throws: ``CommandError`` where there are credentials so damaged that they do not say anything any more: they may have
        ///   forbidden it.
        static func signals(in bytes: [UInt8]) throws -> Set<Work.Signal> {
            let library: CredentialLibrary
            do {
                library = try CredentialDesk().library()
            } catch {
                guard error.code == .libraryMissing else { throw error }
                Terminal.note("The file's own credentials were not looked at: \(error.message)")
                return []
            }
            // Whoever signed it, and whatever happened to it since: a wish is a wish.
            let found = try CredentialReader(library: library, anchors: "").verify(bytes)
            guard found.credential != nil || found.answer == .nothingFound else {
                throw CommandError(
                    "the file's own credentials are damaged, so that what they say of training cannot be read; "
                        + "take the file as its owner signed it")
            }
            let wishes = found.credential?.training ?? [:]
            let forbids = wishes.contains { $0.key.contains("training") && !$0.value }
            return forbids ? [.credentialsForbidTraining] : []
        }
    }

    struct Licence: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records a document that says what may be done with works; its hash is kept.")

        @OptionGroup var change: ChangeOptions
        @Argument(help: "The works.")
        var works: [String]
        @Option(help: "The document's file.")
        var document: String
        @Option(help: "What the document is, as \"signed licence of 2026-03-02\".")
        var title: String
        @Option(
            help: ArgumentHelp(
                "What it grants: style-training, base-training or display; may be given several times.",
                valueName: "use"))
        var use: [LicenceEvidence.Use]
        @Flag(help: "It grants use for pay.")
        var commercial = false
        @Option(help: ArgumentHelp("Where it holds, as KR; left out: everywhere.", valueName: "code"))
        var territory: [String] = []
        @Option(help: ArgumentHelp("Its first day; today unless given.", valueName: "2026-03-02"))
        var from: String?
        @Option(help: ArgumentHelp("Its last day; without end unless given.", valueName: "2029-03-01"))
        var until: String?
        @Flag(help: "It says that it goes before wishes found in the files.")
        var overridesSignals = false

        func validate() throws {
            guard !use.isEmpty else { throw ValidationError("give --use; owning a copy grants nothing") }
            guard territory.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0.isASCII && $0.isUppercase } })
            else {
                throw ValidationError("a territory is two capital letters, as KR")
            }
        }

        func run() async throws {
            let bytes = try InputFile.bytes(
                document, maximumBytes: WorksCommand.maximumBytes, kind: "licence")
            let hash = ContentHash(of: bytes)
            let first = try from.map { try CalendarDay($0) } ?? change.today()
            let last = try until.map { try CalendarDay($0) }
            for work in works {
                try await change.record(
                    .evidenceRecorded(
                        LicenceEvidence(
                            work: try Identifier(work), document: hash, title: title, uses: Set(use),
                            isCommercial: commercial, territories: Set(territory), from: first, until: last,
                            overridesSignals: overridesSignals)))
            }
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a work back for its owner: styles trained on it stop at once.")

        @OptionGroup var change: ChangeOptions
        @Argument(help: "The work.")
        var id: String

        func run() async throws { try await change.record(.workWithdrawn(try Identifier(id))) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the works.")

        @OptionGroup var data: DataOptions
        @Option(help: "Only a holder's.")
        var holder: String?

        func run() async throws {
            let registry = try await data.withStore { try await $0.registry() }
            for work in registry.works.values.sorted(by: { $0.identifier < $1.identifier })
            where holder == nil || work.holder.text == holder {
                let documents = registry.evidence[work.identifier]?.count ?? 0
                let state =
                    registry.withdrawnWorks.contains(work.identifier) ? "withdrawn" : "\(documents) documents"
                print("\(work.identifier)  \(work.holder)  \(state)  \(work.title)")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a work and its documents.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The work.")
        var id: String

        func run() async throws {
            let name: Identifier<Work> = try Identifier(id)
            let registry = try await data.withStore { try await $0.registry() }
            guard let work = registry.works[name] else {
                throw ValidationError("there is no work \(id); `ondol rights works list` shows them")
            }
            print("\(work.identifier)  \(work.holder)  \(work.title)")
            print("file  SHA-256 \(work.fileHash)")
            if let hash = work.perceptualHash { print("looks like  \(hash)") }
            for signal in work.signals.map(\.rawValue).sorted() { print("signal  \(signal)") }
            for evidence in registry.evidence[name] ?? [] {
                let uses = evidence.uses.map(\.rawValue).sorted().joined(separator: ", ")
                let places = evidence.territories.sorted().joined(separator: ", ")
                print(
                    "document  \(evidence.title): \(uses), \(evidence.isCommercial ? "" : "not ")commercial, "
                        + "\(places.isEmpty ? "everywhere" : places), \(evidence.from) to \(evidence.until?.description ?? "no end")"
                )
                print("  SHA-256 \(evidence.document)")
            }
        }
    }
}

extension Work.Signal: ExpressibleByArgument {}
extension LicenceEvidence.Use: ExpressibleByArgument {}
