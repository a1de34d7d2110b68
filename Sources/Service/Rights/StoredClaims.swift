import Crypto
import Rights
import Server
import Serving
import Stores

/// Takes claims into the store, and stops and starts styles by the operator's rule.
struct StoredClaims: ClaimService {
    typealias Store = ClaimStore & RegistryStore & PictureStore

    let store: any Store
    let desk: RightsDesk
    let rules: ClaimRules
    let environment: ServiceEnvironment
    /// What networks are hashed with: an address itself is not kept.
    let addressKey: [UInt8]

    /// How often a step is taken again because somebody else was quicker: people take them.
    private static let attempts = 5
    /// Under which name the rule acts where no operator does.
    private static let actorName = "claims"

    func subjects() async throws -> [(style: Identifier<Style>, title: LocalizedText)] {
        desk.registry.styles.values.filter { $0.stage.isShown }.map { ($0.identifier, $0.title) }
            .sorted { $0.style < $1.style }
    }

    // MARK: anybody

    func submit(
        _ statement: ClaimStatement, picture: UploadedPicture?, from network: String?
    ) async throws -> ClaimOutcome {
        if let style = statement.style, desk.registry.styles[style]?.stage.isShown != true {
            return .unknownStyle
        }
        return try await withStore {
            let now = environment.now()
            var chance = environment.chance
            let name = picture.map { _ in Stores.PictureIdentifier(at: now, using: &chance) }
            let record = ClaimRecord(
                id: ClaimIdentifier(at: now, using: &chance),
                claim: try Claim(statement, at: Timestamp(now), rules: rules), picture: name,
                network: network.map(hash))
            var written: WrittenPicture?
            if let picture, let name {
                written = try await store.write(
                    picture.bytes, as: name, mediaType: picture.format.mediaType, until: nil)
            }
            let adding = try await store.add(
                record, openLimit: ClaimLimits.open, networkLimit: ClaimLimits.perNetworkAndDay, at: now)
            guard adding == .kept else {
                if let written { await store.discard(written) }
                return adding == .full ? .full : .tooMany
            }
            if let written, let owner = CallerIdentifier.visitor(Self.actorName) {
                _ = try await store.keep(written, as: .claim, of: owner, request: nil, at: now)
            }
            guard rules.suspension == .atOnce, let style = statement.style else {
                return .taken(Self.found(record))
            }
            var stopped = record
            if try await suspend(style, by: try Identifier(Self.actorName), because: record.id, at: now) {
                stopped.claim.stoppedStyleAtOnce()
                _ = try await store.replace(record.id, with: stopped.claim, after: 0, at: now)
            }
            return .taken(Self.found(stopped))
        }
    }

    private func hash(_ network: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(network.utf8), using: SymmetricKey(data: addressKey))
        return code.prefix(16).map { String($0, radix: 16) }.joined(separator: ".")
    }

    func claim(_ receipt: ClaimReceipt) async throws -> ClaimCase? {
        guard let id = ClaimIdentifier(receipt.text) else { return nil }
        return try await withStore { try await store.claim(id).map(Self.found) }
    }

    private static func found(_ record: ClaimRecord) -> ClaimCase {
        ClaimCase(
            receipt: ClaimReceipt(known: record.id.text), claim: record.claim,
            hasPicture: record.picture != nil)
    }

    // MARK: operators

    func claims(isOpen: Bool, after receipt: ClaimReceipt?, limit: Int) async throws -> [ClaimCase] {
        let last = receipt.flatMap { ClaimIdentifier($0.text) }
        return try await withStore {
            try await store.claims(isOpen: isOpen, after: last, limit: limit).map(Self.found)
        }
    }

    func picture(of receipt: ClaimReceipt) async throws -> StoredPicture? {
        guard let id = ClaimIdentifier(receipt.text) else { return nil }
        return try await withStore {
            guard let name = try await store.claim(id)?.picture,
                let record = try await store.picture(name, for: .service, at: environment.now()),
                let format = OutputFormat(mediaType: record.mediaType)
            else { return nil }
            var bytes: [UInt8] = []
            for try await chunk in try await store.open(record) { bytes += chunk }
            return StoredPicture(format: format, bytes: bytes)
        }
    }

    func step(
        _ receipt: ClaimReceipt, to stage: Claim.Stage, reason: String, by caller: Caller
    ) async throws -> ClaimCase? {
        guard let id = ClaimIdentifier(receipt.text) else { return nil }
        let actor: Identifier<RegistryActor> = try Identifier(caller.id)
        return try await withStore {
            var hasStopped = false
            for _ in 0..<Self.attempts {
                guard var record = try await store.claim(id) else { return nil }
                let (now, before) = (environment.now(), record.claim.steps.count)
                var claim = record.claim
                // Tried first, so that nothing is stopped by a step that is refused.
                try claim.add(
                    Claim.Step(stage: stage, time: Timestamp(now), actor: actor, reason: reason))
                if !hasStopped, let style = claim.statement.style, claim.holdsStyle(by: rules) {
                    hasStopped = try await suspend(style, by: actor, because: id, at: now)
                }
                if hasStopped {
                    claim = record.claim
                    try claim.add(
                        Claim.Step(
                            stage: stage, time: Timestamp(now), actor: actor, reason: reason,
                            suspendedStyle: true))
                }
                guard try await store.replace(id, with: claim, after: before, at: now) else { continue }
                record.claim = claim
                if stage == .rejected { try await startAgain(claim, by: actor, because: id, at: now) }
                return Self.found(record)
            }
            throw ServiceUnavailable(reason: "claim", retryAfterSeconds: 1)
        }
    }

    // MARK: styles

    /// Stops a style; whether it was this that stopped it.
    private func suspend(
        _ style: Identifier<Style>, by actor: Identifier<RegistryActor>, because id: ClaimIdentifier,
        at now: Moment
    ) async throws -> Bool {
        try await change(.styleSuspended(style), by: actor, because: id, at: now)
    }

    /// Lets a style go on where a claim had stopped it, and no other claim holds it.
    private func startAgain(
        _ claim: Claim, by actor: Identifier<RegistryActor>, because id: ClaimIdentifier, at now: Moment
    ) async throws {
        guard let style = claim.statement.style else { return }
        let others = try await store.claims(about: style).map(\.claim)
        // One that an operator stopped for another reason stays so.
        guard others.contains(where: { $0.suspendedStyle }),
            !others.contains(where: { $0.holdsStyle(by: rules) })
        else { return }
        _ = try await change(.suspensionLifted(style), by: actor, because: id, at: now)
    }

    /// Records a change; whether it may follow on what is recorded.
    private func change(
        _ event: RegistryEvent, by actor: Identifier<RegistryActor>, because id: ClaimIdentifier,
        at now: Moment
    ) async throws -> Bool {
        do {
            _ = try await store.change(
                desk.registry, by: actor, at: Timestamp(now), note: "claim \(id)"
            ) { _ in event }
        } catch let error as RightsError where error.code == .invalidTransition {
            return false
        }
        try await desk.refresh()
        return true
    }
}
