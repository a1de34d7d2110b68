import ArgumentParser
import Rights
import Service
import Serving
import Stores

/// Makes, shows and revokes keys.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Makes, lists and revokes the keys that callers use.",
        subcommands: [Add.self, List.self, Revoke.self, SetPlan.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a key and prints it, once; only a hash of it is kept.")

        @OptionGroup var data: DataOptions
        @Argument(help: "What the key is for, for the operator.")
        var label: String
        @Option(help: "The plan, one of the settings'.")
        var plan = ServiceSettings.standardPlan
        @Flag(help: "The key opens the operator's page as well: the floor, keys, plans, figures.")
        var administer = false
        @Flag(help: "The key draws nothing: it looks at models and at its own jobs.")
        var readOnly = false
        @Option(
            help: ArgumentHelp(
                "The key opens this artist's page, of works, agreements, styles and earnings, and draws nothing.",
                valueName: "holder"))
        var artist: String?

        func validate() throws {
            guard [administer, readOnly, artist != nil].count(where: { $0 }) <= 1 else {
                throw ValidationError(
                    "--administer, --read-only and --artist contradict each other; give one of them")
            }
        }

        private var scopes: Set<KeyScope> {
            if artist != nil { return [.styles] }
            return readOnly ? [.read] : administer ? [.administer, .draw] : [.draw]
        }

        /// Whom the key is for.
        private func requireHolder() async throws {
            guard let artist else { return }
            let registry = try await data.withStore { try await $0.registry() }
            guard let name = try? Identifier<RightsHolder>(artist), registry.holders[name] != nil else {
                throw ValidationError("there is no holder \(artist); `ondol rights holders list` shows them")
            }
        }

        func run() async throws {
            let settings = try data.readSettings()
            guard settings.plans[plan] != nil else {
                throw ValidationError(
                    "there is no plan \(plan); there is \(settings.plans.keys.sorted().joined(separator: ", "))"
                )
            }
            try await requireHolder()
            var chance = SystemRandomNumberGenerator()
            let now = Machine.now()
            let secret = KeySecret(at: now, using: &chance)
            let record = KeyRecord(
                id: secret.id, label: label, plan: plan,
                scopes: scopes, created: now, holder: artist)
            let salt = (0..<32).map { _ in UInt8.random(in: 0...255, using: &chance) }
            try await data.withStore { try await $0.add(secret, record, salt: salt) }
            print(secret.text)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the keys, without the keys themselves.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            let keys = try await data.withStore { try await $0.keys() }
            let now = Machine.now()
            for key in keys {
                let state = key.isValid(at: now) ? "works" : key.revoked != nil ? "revoked" : "ended"
                let scopes = key.scopes.map(\.rawValue).sorted().joined(separator: ",")
                let holder = key.holder.map { "  artist \($0)" } ?? ""
                print("\(key.id)  \(state)  plan \(key.plan)  \(scopes)  \(key.label)\(holder)")
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a key at once.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The key's name, as `ondol keys list` shows it.")
        var name: String

        func run() async throws {
            let id = try KeysCommand.identifier(name)
            let record = try await data.withStore { try await $0.revoke(id, at: Machine.now()) }
            guard record != nil else { throw ValidationError("there is no key \(name)") }
            Terminal.note("\(name) is revoked.")
        }
    }

    struct SetPlan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "plan", abstract: "Puts a key on another plan.")

        @OptionGroup var data: DataOptions
        @Argument(help: "The key's name, as `ondol keys list` shows it.")
        var name: String
        @Argument(help: "The plan, one of the settings'.")
        var plan: String

        func run() async throws {
            let id = try KeysCommand.identifier(name)
            guard try data.readSettings().plans[plan] != nil else {
                throw ValidationError("there is no plan \(plan); `ondol plans` lists them")
            }
            let record = try await data.withStore { try await $0.setPlan(plan, of: id) }
            guard record != nil else { throw ValidationError("there is no key \(name)") }
            Terminal.note("\(name) has the plan \(plan) now.")
        }
    }

    private static func identifier(_ name: String) throws -> KeyIdentifier {
        guard let id = KeyIdentifier(name) else {
            throw ValidationError("\(name) is no key's name; `ondol keys list` shows them")
        }
        return id
    }
}

/// Lists the plans.
struct PlansCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plans", abstract: "Lists the plans of the settings: what each allows.")

    @OptionGroup var data: DataOptions

    func run() throws {
        for plan in try data.readSettings().plans.values.sorted(by: { $0.name < $1.name }) {
            print(
                "\(plan.name)  \(plan.requestsPerMinute) requests a minute, \(plan.picturesPerDay) pictures a day, "
                    + "\(plan.picturesAtOnce) at once, weight \(Terminal.fixed(plan.weight, 1)), waits up to "
                    + "\(Terminal.duration(seconds: plan.longestWaitSeconds)), lowest tier \(plan.lowestTier.rawValue)"
            )
        }
    }
}

/// Prints the settings.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "Prints every setting with its meaning and its value, as a settings file.")

    @OptionGroup var data: DataOptions

    func run() throws { print(try data.readSettings().toml, terminator: "") }
}

extension DataOptions {
    /// Opens the store of a service that may be running.
    func withStore<Result>(_ body: (SQLiteStore) async throws -> Result) async throws -> Result {
        let store = try SQLiteStore(folder: folder, settings: StoreSettings(checksAtOpen: false))
        let result = try await body(store)
        try store.close()
        return result
    }
}
