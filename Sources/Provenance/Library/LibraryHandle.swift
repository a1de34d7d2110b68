internal import CC2PA

/// Something that the library made, freed with this value. Not to be shared between threads, but for contexts.
struct LibraryHandle: ~Copyable {
    private let pointer: OpaquePointer
    private let functions: UnsafePointer<OndolC2PA>

    /// Takes over what the library made.
    /// - Throws: ``LibraryFailure`` where it made nothing.
    init(_ pointer: OpaquePointer?, of library: CredentialLibrary) throws(LibraryFailure) {
        guard let pointer else { throw library.lastFailure() }
        self.pointer = pointer
        functions = library.functions
    }

    deinit { _ = functions.pointee.free(UnsafeRawPointer(pointer)) }

    /// Lends it to a function of the library.
    borrowing func lent() -> OpaquePointer { pointer }

    /// Gives it to a function of the library that frees it.
    consuming func given() -> OpaquePointer {
        let pointer = pointer
        discard self
        return pointer
    }
}

/// Settings, a signer and no network, which builders and readers work in. It may be used from many threads at once.
///
/// `@unchecked Sendable`: the library's contexts are immutable and made to be shared; this one is freed with its last user.
final class LibraryContext: @unchecked Sendable {
    private let handle: LibraryHandle
    let library: CredentialLibrary

    /// Makes a context.
    /// - Parameters:
    ///   - settings: the library's settings as JSON.
    ///   - signer: the certificates and the key to sign with; nil for reading only.
    /// - Throws: ``LibraryFailure``.
    init(library: CredentialLibrary, settings json: String, signer: SignerDescription? = nil)
        throws(LibraryFailure)
    {
        self.library = library
        let functions = library.functions.pointee
        let settings = try LibraryHandle(functions.settings_new(), of: library)
        guard functions.settings_update_from_string(settings.lent(), json, "json") == 0 else {
            throw library.lastFailure()
        }
        let builder = try LibraryHandle(functions.context_builder_new(), of: library)
        guard functions.context_builder_set_settings(builder.lent(), settings.lent()) == 0 else {
            throw library.lastFailure()
        }
        // Whatever a credential names, reading it asks nobody.
        let resolver = try LibraryHandle(
            functions.http_resolver_create(nil) { _, _, _ in -1 }, of: library)
        guard functions.context_builder_set_http_resolver(builder.lent(), resolver.given()) == 0 else {
            throw library.lastFailure()
        }
        if let signer {
            let made = try signer.made(by: library)
            guard functions.context_builder_set_signer(builder.lent(), made.given()) == 0 else {
                throw library.lastFailure()
            }
        }
        handle = try LibraryHandle(functions.context_builder_build(builder.given()), of: library)
    }

    /// Lends the context to a function of the library.
    func lent() -> OpaquePointer { handle.lent() }
}

/// What the library makes a signer from.
struct SignerDescription: Sendable {
    /// As `es256`.
    var algorithm: String
    /// PEM, the signing certificate first.
    var chain: String
    /// PEM, PKCS #8.
    var key: String
    /// Where time stamps are asked for, if anywhere.
    var timestampAddress: String?

    fileprivate func made(by library: CredentialLibrary) throws(LibraryFailure) -> LibraryHandle {
        let pointer = algorithm.withCString { algorithm in
            chain.withCString { chain in
                key.withCString { key in
                    Self.withOptional(timestampAddress) { address in
                        var information = C2paSignerInfo(
                            alg: algorithm, sign_cert: chain, private_key: key, ta_url: address)
                        return library.functions.pointee.signer_from_info(&information)
                    }
                }
            }
        }
        return try LibraryHandle(pointer, of: library)
    }

    private static func withOptional<Result>(
        _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
    ) -> Result {
        guard let text else { return body(nil) }
        return text.withCString { body($0) }
    }
}
