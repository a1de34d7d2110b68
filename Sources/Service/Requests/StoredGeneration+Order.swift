import Images
import Server
import Serving
import Stores
import Worker

extension StoredGeneration {
    /// What is to be drawn for a submission; its photo and mask are kept first.
    /// - Throws: ``ServiceError`` or `StoresError` where the photo cannot be kept.
    func order(
        _ submission: Submission, tier: Tier, caller: CallerIdentifier, at now: Moment
    ) async throws -> DrawingOrder {
        let request = submission.request
        // Seeds that JSON numbers hold exactly.
        let first = request.seed ?? environment.randomBits() >> 33
        var order = DrawingOrder(
            prompt: request.prompt, shape: request.shape,
            seeds: DrawingOrder.seeds(from: first, count: request.count))
        order.output = .init(PictureFormat(request.format), quality: max(1, request.compression))
        order.askedQuality = request.quality
        order.styles = request.styles.map { StyleUse($0.id, strengthMilli: $0.strengthMilli) }
        if !request.credential.isEmpty { order.credentials = settings.wishes.changed(by: request.credential) }
        // Whoever follows a job by its events sees it come, though such a request cannot say how often.
        order.previewCount = submission.waits ? request.partialImages : Self.followedPreviews(tier)
        if let edit = request.edit, let photo = edit.photos.first {
            let name = try await keep(photo, of: caller, at: now)
            var mask: Stores.PictureIdentifier?
            if let upload = edit.mask { mask = try await keep(upload, of: caller, at: now) }
            order.photo = .init(name, strength: request.strength ?? edit.strength, mask: mask)
        }
        return order
    }

    /// Previews of a picture that is answered later. Each is decoded like a result: where there is a crowd, that would be time
    /// taken from others for a picture that is nearly there.
    private static func followedPreviews(_ tier: Tier) -> Int {
        switch tier {
        case .full: 3
        case .standard: 2
        case .quick: 1
        case .turbo: 0
        }
    }

    private func keep(
        _ photo: UploadedPicture, of caller: CallerIdentifier, at now: Moment
    ) async throws -> Stores.PictureIdentifier {
        var chance = environment.chance
        let name = Stores.PictureIdentifier(at: now, using: &chance)
        let written = try await store.write(
            photo.bytes, as: name, mediaType: photo.format.mediaType, until: now + settings.uploadSeconds)
        _ = try await store.keep(written, as: .upload, of: caller, request: nil, at: now)
        return name
    }
}

extension EditSource {
    /// How much of the photo is drawn anew: what OpenAI's clients call low fidelity leaves the composition, high fidelity
    /// the forms as well. Inside a mask something else is wanted than what is there; what is around it stays anyway.
    var strength: Double {
        switch (fidelity, mask == nil) {
        case (.low, true): 0.7
        case (.high, true): 0.45
        case (.low, false): 1
        case (.high, false): 0.75
        }
    }
}

extension PictureFormat {
    init(_ format: OutputFormat) {
        switch format {
        case .png: self = .png
        case .jpeg: self = .jpeg
        case .webp: self = .webp
        }
    }
}

extension OutputFormat {
    init(_ format: PictureFormat) {
        switch format {
        case .png: self = .png
        case .jpeg: self = .jpeg
        case .webp: self = .webp
        }
    }
}
