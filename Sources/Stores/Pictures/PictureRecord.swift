import Serving

/// What a kept picture is for.
public enum PictureRole: String, Sendable, Hashable, Codable, CaseIterable {
    /// A job's result.
    case result
    /// How far a job's picture was at some step.
    case partial
    /// A photo that a caller sent.
    case upload
    /// A picture that came with a claim.
    case claim
}

/// A file that is written and not yet known to the database; an orphan until it is.
public struct WrittenPicture: Hashable, Sendable {
    /// Its name.
    public let id: PictureIdentifier
    /// Its media type, such as `image/png`.
    public let mediaType: String
    /// Its size.
    public let byteCount: Int
    /// When it expires; nil for never.
    public let end: Moment?
    /// What it looks like, where it is to be known again by that.
    public var likeness: PictureLikeness?
}

/// A picture that is kept.
public struct PictureRecord: Hashable, Sendable {
    /// Its name.
    public let id: PictureIdentifier
    /// Whose it is.
    public let caller: CallerIdentifier
    /// The call it belongs to; nil for a photo that was sent before any.
    public let request: RequestIdentifier?
    /// What it is for.
    public let role: PictureRole
    /// Its media type.
    public let mediaType: String
    /// Its size.
    public let byteCount: Int
    /// When it was kept.
    public let created: Moment
    /// When it expires; nil for never.
    public let end: Moment?
}

/// Where pictures are kept: bytes in files, the rest in the database.
public protocol PictureStore: Sendable {
    /// Writes a picture's bytes: all of them, flushed to the disk, or none.
    ///
    /// The file is swept after a while unless ``JobStore/complete(_:picture:event:at:alongside:)`` or
    /// ``keep(_:as:of:request:at:)`` make it known.
    ///
    /// - Throws: ``StoresError``: `diskFull` where it does not fit or too little would be left, `invalidArgument`.
    func write(_ bytes: [UInt8], as id: PictureIdentifier, mediaType: String, until end: Moment?)
        async throws(StoresError) -> WrittenPicture

    /// Removes a file that is not wanted after all.
    func discard(_ picture: WrittenPicture) async

    /// Makes a written picture known that is no job's result.
    func keep(
        _ picture: WrittenPicture, as role: PictureRole, of caller: CallerIdentifier,
        request: RequestIdentifier?, at now: Moment
    ) async throws(StoresError) -> PictureRecord

    /// A picture's record, or nil where there is none for this viewer, or it has expired.
    func picture(_ id: PictureIdentifier, for viewer: Viewer, at now: Moment)
        async throws(StoresError) -> PictureRecord?

    /// A caller's results, the newest first.
    ///
    /// - Parameters:
    ///   - before: the last one of the page before, or nil for the first page.
    ///   - limit: the most to give; 1 to 200.
    func pictures(of caller: CallerIdentifier, before: PictureIdentifier?, limit: Int, at now: Moment)
        async throws(StoresError) -> [PictureRecord]

    /// Opens a picture to be read piece by piece.
    ///
    /// - Throws: ``StoresError``: `pictureMissing` where its file is gone, `damaged` where it has another size.
    func open(_ picture: PictureRecord) async throws(StoresError) -> PictureBytes

    /// Deletes a picture; false where there is none for this viewer.
    func delete(_ id: PictureIdentifier, for viewer: Viewer) async throws(StoresError) -> Bool

    /// Removes files that no row knows and that are old enough to be nobody's work in progress.
    ///
    /// - Returns: how many.
    func sweepOrphans(at now: Moment) async throws(StoresError) -> Int
}
