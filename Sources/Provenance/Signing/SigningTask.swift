internal import CC2PA
import Images

/// One signature: a picture, its origin, and what the library makes of them.
struct SigningTask: Sendable {
    let bytes: [UInt8]
    let format: PictureFormat
    let origin: PictureOrigin
    /// Why there is no time stamp although there should be one.
    var timestampFailure: TimestampFailure?

    init(bytes: [UInt8], format: PictureFormat, origin: PictureOrigin) {
        self.bytes = bytes
        self.format = format
        self.origin = origin
    }

    /// Signs; the photo with its own credentials where that is possible, else by its hash alone.
    /// - Throws: ``LibraryFailure``.
    func run(in context: LibraryContext) throws -> [UInt8] {
        guard case .photo(let photo) = origin.beginning else { return try run(in: context, parent: nil) }
        if let format = PictureFormat(magicOf: photo),
            let signed = try? run(in: context, parent: (photo, format.mediaType))
        {
            return signed
        }
        // The library cannot read it though we could, or its credentials are larger than any picture's should be.
        return try run(in: context, parent: (photo, "application/octet-stream"))
    }

    private func run(in context: LibraryContext, parent: (bytes: [UInt8], mediaType: String)?) throws
        -> [UInt8]
    {
        let definition = ManifestDefinition(origin, format: format, timestampFailure: timestampFailure)
        let library = context.library
        let functions = library.functions.pointee
        let plain = try LibraryHandle(functions.builder_from_context(context.lent()), of: library)
        let builder = try LibraryHandle(
            functions.builder_with_definition(plain.given(), definition.json.text()), of: library)
        for resource in definition.resources {
            let text = MemoryStream(reading: Array(resource.text.utf8))
            let pointer = builder.lent()
            try text.lent(to: library) { stream throws(LibraryFailure) in
                guard functions.builder_add_resource(pointer, resource.name, stream) == 0 else {
                    throw library.lastFailure()
                }
            }
        }
        if let description = try definition.parent?.text() {
            // A photo that is gone leaves the place where it was.
            let photo = MemoryStream(reading: parent?.bytes ?? [])
            let mediaType = parent?.mediaType ?? "application/octet-stream"
            let pointer = builder.lent()
            try photo.lent(to: library) { stream throws(LibraryFailure) in
                let result = functions.builder_add_ingredient_from_stream(
                    pointer, description, mediaType, stream)
                guard result == 0 else { throw library.lastFailure() }
            }
        }
        return try sign(builder.lent(), with: library)
    }

    private func sign(_ builder: OpaquePointer, with library: CredentialLibrary) throws(LibraryFailure)
        -> [UInt8]
    {
        let source = MemoryStream(reading: bytes)
        let target = MemoryStream(writingAtMost: bytes.count + CredentialSigner.credentialLimit)
        let functions = library.functions.pointee
        try source.lent(to: library) { source throws(LibraryFailure) in
            try target.lent(to: library) { target throws(LibraryFailure) in
                var manifest: UnsafePointer<UInt8>?
                let count = functions.builder_sign_context(
                    builder, format.mediaType, source, target, &manifest)
                if let manifest { _ = functions.free(manifest) }
                guard count > 0 else { throw library.lastFailure() }
            }
        }
        return target.bytes
    }
}

/// How the library is set.
enum LibrarySettings {
    /// For signing: no thumbnails, which would double a small picture, and no look at its own work, which the tests do.
    case signing
    /// For reading: whom to trust, as PEM, and nothing from the network.
    case reading(anchors: String)

    var json: JSONNode {
        var settings: [String: JSONNode] = [
            "version": .number(1),
            // Not even what is named directly may be fetched.
            "core": ["allowed_network_hosts": [], "allow_redirects": false],
        ]
        switch self {
        case .signing:
            settings["trust"] = ["trust_config": .string(CertificateProfile.purposeList)]
            settings["verify"] = ["verify_after_sign": false, "remote_manifest_fetch": false]
            settings["builder"] = ["thumbnail": ["enabled": false]]
        case .reading(let anchors):
            var trust: [String: JSONNode] = ["trust_config": .string(CertificateProfile.purposeList)]
            if !anchors.isEmpty { trust["user_anchors"] = .string(anchors) }
            settings["trust"] = .object(trust)
            settings["verify"] = [
                "verify_trust": true, "remote_manifest_fetch": false, "ocsp_fetch": false,
            ]
        }
        return .object(settings)
    }
}
