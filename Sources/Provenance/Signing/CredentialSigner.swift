import Dispatch
import Images
import Synchronization

/// A signed picture.
public struct SignedPicture: Sendable {
    /// What became of the time stamp.
    public enum Time: Sendable, Hashable {
        /// None was asked for.
        case unstamped
        /// An authority said when.
        case stamped
        /// An authority should have, and did not; the credential says so.
        case failed(TimestampFailure)
    }

    /// The file.
    public let bytes: [UInt8]
    /// What became of the time stamp.
    public let time: Time
}

/// Signs pictures: adds to an encoded picture the credential that says where it comes from.
///
/// It may be used from many threads at once. Signing blocks its thread: for milliseconds, or where a time-stamp authority
/// is asked, for as long as that one may take.
public final class CredentialSigner: Sendable {
    private let library: CredentialLibrary
    private let plain: LibraryContext
    private let stamping: LibraryContext?
    private let authority: TimestampAuthority?
    private let breaker = Mutex(TimestampBreaker())
    private let uptimeSeconds: @Sendable () -> Double
    /// Whose name stands under the credentials.
    public let identity: SigningIdentity

    /// The most that a credential may add to a picture, in bytes; a photo's own credentials are kept where they fit.
    static let credentialLimit = 4 << 20

    /// Makes a signer, and signs a picture of one pixel with it, so that what does not work is found now.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - uptimeSeconds: a clock that never goes back.
    /// - Throws: ``ProvenanceError``: `identityExpired`, or `signing` where the library does not take the identity.
    public init(
        library: CredentialLibrary, identity: SigningIdentity, authority: TimestampAuthority? = nil,
        at now: Double, uptimeSeconds: @escaping @Sendable () -> Double
    ) throws(ProvenanceError) {
        try identity.checkTime(at: now)
        self.library = library
        self.identity = identity
        self.authority = authority
        self.uptimeSeconds = uptimeSeconds
        var description = SignerDescription(
            algorithm: identity.algorithm, chain: identity.chain, key: identity.key)
        do {
            let settings = try LibrarySettings.signing.json.text()
            plain = try LibraryContext(library: library, settings: settings, signer: description)
            if let authority {
                description.timestampAddress = authority.address
                stamping = try LibraryContext(library: library, settings: settings, signer: description)
            } else {
                stamping = nil
            }
            try Self.tryOut(plain)
        } catch {
            // No picture and no prompt was there yet that the library could quote.
            let detail = (error as? LibraryFailure).map { " (\($0.kind): \($0.detail))" } ?? ""
            throw ProvenanceError(
                .signing,
                "the credential library does not sign with the certificate of \(identity.subject)\(detail); give it another",
                cause: error)
        }
    }

    /// Signs an encoded picture.
    ///
    /// - Parameters:
    ///   - bytes: a PNG, JPEG or WebP file that bears its metadata already: what is changed afterwards breaks the seal.
    /// - Throws: ``ProvenanceError`` with `unreadable` where it is none, or `signing`.
    public func sign(_ bytes: [UInt8], from origin: PictureOrigin) throws(ProvenanceError) -> SignedPicture {
        guard let format = PictureFormat(magicOf: bytes) else {
            throw ProvenanceError(.unreadable, "only PNG, JPEG and WebP pictures are signed; this is none")
        }
        let task = SigningTask(bytes: bytes, format: format, origin: origin)
        guard let stamping, let authority else {
            return SignedPicture(bytes: try signed(task, in: plain), time: .unstamped)
        }
        let uptime = uptimeSeconds()
        guard breaker.withLock({ $0.asks(at: uptime) }) else { return try unstamped(task, .resting) }
        switch stamped(task, in: stamping, within: authority.limitSeconds) {
        case .success(let bytes):
            breaker.withLock { $0.succeeded() }
            return SignedPicture(bytes: bytes, time: .stamped)
        case .failure(let failure):
            breaker.withLock { $0.failed(at: uptimeSeconds()) }
            return try unstamped(task, failure)
        }
    }

    private func unstamped(
        _ task: SigningTask, _ failure: TimestampFailure
    ) throws(ProvenanceError) -> SignedPicture {
        var task = task
        task.timestampFailure = failure
        return SignedPicture(bytes: try signed(task, in: plain), time: .failed(failure))
    }

    private func signed(_ task: SigningTask, in context: LibraryContext) throws(ProvenanceError) -> [UInt8] {
        do {
            return try task.run(in: context)
        } catch {
            // The library's words may quote what the credential was to say.
            let kind = (error as? LibraryFailure)?.kind ?? "Definition"
            throw ProvenanceError(
                .signing,
                "the picture could not be signed (\(kind)); it was not delivered without its credential")
        }
    }

    /// Signs with a time stamp on a thread of its own, and gives it up where that takes too long: the library sets no
    /// limit to how long an authority may be silent.
    private func stamped(
        _ task: SigningTask, in context: LibraryContext, within seconds: Double
    ) -> Result<[UInt8], TimestampFailure> {
        let shared = StampingSlot()
        let done = DispatchSemaphore(value: 0)
        DispatchQueue(label: "ondol.time-stamp").async { [self] in
            let result: Result<[UInt8], TimestampFailure>
            do {
                result = .success(try task.run(in: context))
            } catch {
                result = .failure(.refused)
            }
            if shared.finish(result) { breaker.withLock { $0.endedHanging() } }
            done.signal()
        }
        if done.wait(timeout: .now() + seconds) == .success, let result = shared.result { return result }
        return shared.abandon { breaker.withLock { $0.beganHanging() } } ?? .failure(.noAnswer)
    }

    /// Signs a picture of one pixel.
    private static func tryOut(_ context: LibraryContext) throws {
        let pixel = try Picture(width: 1, height: 1, filledWith: .white).encoded(as: .png())
        let origin = PictureOrigin(
            provider: "Ondol", programVersion: "0", model: .init(name: "none"),
            time: try .init(milliseconds: 0))
        _ = try SigningTask(bytes: pixel, format: .png, origin: origin).run(in: context)
    }
}

extension TimestampFailure: Error {}

/// What a signature with a time stamp came to, or that nobody waits for it any more.
private final class StampingSlot: Sendable {
    private let state = Mutex<(result: Result<[UInt8], TimestampFailure>?, isAbandoned: Bool)>((nil, false))

    var result: Result<[UInt8], TimestampFailure>? { state.withLock { $0.result } }

    /// Keeps a result; true where nobody waits for it any more.
    func finish(_ result: Result<[UInt8], TimestampFailure>) -> Bool {
        state.withLock { state in
            state.result = result
            return state.isAbandoned
        }
    }

    /// Gives the signature up, unless it has come at the last moment.
    func abandon(_ note: () -> Void) -> Result<[UInt8], TimestampFailure>? {
        state.withLock { state in
            if let result = state.result { return result }
            state.isAbandoned = true
            note()
            return nil
        }
    }
}
