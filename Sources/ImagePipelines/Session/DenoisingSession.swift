import Images
import PJRT
import Samplers
import Tensors

/// A batch of pictures of one size that is drawn one step at a time.
///
/// Rows join and leave between steps, and may stand at different steps of different solvers, with guidance and
/// texts of their own. A picture depends on its own plan alone, not on its neighbours, unless it allows features to be
/// reused; see ``FeatureCache``. Not `Sendable`: it belongs to
/// whoever runs it, who makes one call after the other.
public final class DenoisingSession {
    /// A picture's place in the session; never used twice.
    public struct Row: Sendable, Hashable {
        let number: Int
    }

    /// How far a picture has come.
    public struct Progress: Sendable, Hashable {
        /// The picture.
        public let row: Row
        /// Steps done.
        public let stepsDone: Int
        /// Steps in all; fewer than were asked for where the picture begins with a photo.
        public let stepCount: Int
        /// Whether ``DenoisingSession/finish(_:)`` can be called.
        public var isFinished: Bool { stepsDone == stepCount }
    }

    /// The pictures' size.
    public let size: PictureSize
    /// How many rows there are.
    public private(set) var capacity: Int

    /// The most rows: a program is compiled for each number, and latents are held for all.
    public static let capacityLimit = 64

    let pipeline: TextToImagePipeline
    private var rows: BatchRows
    /// For each row with a picture: the contexts of prompt and negative prompt.
    private var contexts: [Row: (prompt: HostTensor, negativePrompt: HostTensor?)] = [:]
    /// The contexts on the device, until a row joins.
    private var batchedContexts: (slots: [Int], buffer: Buffer)?
    /// For each row with a masked photo: what is kept of it.
    private var photos: [Row: KeptPhoto] = [:]
    /// The photos' latents, noise and masks on the device, until a row joins.
    private var batchedPhotos: [Buffer]?
    /// The latents and the guesses of the last step; nil once a step has failed.
    private var state: (latents: Buffer, denoised: Buffer)?
    private var silence: Buffer
    private var features = FeatureCache()

    private var client: Client { pipeline.programs.compiler.client }
    private var latentShape: Shape {
        [capacity, size.latentHeight, size.latentWidth, pipeline.folder.unet.inputChannels]
    }

    init(pipeline: TextToImagePipeline, size: PictureSize, capacity: Int) throws {
        try Self.check(capacity)
        self.pipeline = pipeline
        self.size = size
        self.capacity = capacity
        rows = BatchRows(capacity: capacity)
        let client = pipeline.programs.compiler.client
        let zeros = HostTensor(
            repeating: Float(0),
            shape: [capacity, size.latentHeight, size.latentWidth, pipeline.folder.unet.inputChannels])
        do {
            state = (try client.buffer(from: zeros), try client.buffer(from: zeros))
            silence = try client.buffer(from: zeros)
        } catch {
            throw PipelineError.from(error, as: .device)
        }
    }

    private static func check(_ capacity: Int) throws {
        guard (1...capacityLimit).contains(capacity) else {
            throw PipelineError(
                .invalidSetting,
                "a session of \(capacity) rows was asked for; it can have 1 to \(capacityLimit)")
        }
    }

    /// Rows nobody sits in.
    public var freeRowCount: Int { rows.freeCount }
    /// Whether a step would move any picture.
    public var hasWork: Bool { !rows.active.isEmpty }
    /// How often the next step asks the model: once for each row, empty ones too, and once more for those that are guided,
    /// rounded up to half of the rows or all of them.
    public var evaluationCount: Int { hasWork ? stepPlan.guidance.evaluationCount : 0 }

    /// Whether the next step takes over features of an earlier one, and so costs less.
    public var reusesFeatures: Bool { hasWork && stepPlan.use == .reusing }

    /// What the next step does about features, and about which rows it asks twice.
    private var stepPlan: (use: StepProgram.FeatureUse?, guidance: StepGuidance) {
        var guidance = rows.guidance
        // Programs for rows with styles of their own are prepared for all rows guided, or none.
        if guidance.isPartial, case .rowwise = BatchStyling(rows.styles) { guidance = guidance.whole }
        return features.plan(
            for: guidance, interval: pipeline.canReuseFeatures ? rows.featureInterval : 1)
    }

    // MARK: joining and leaving

    /// Seats a picture in a free row; it moves with the next step.
    ///
    /// Reads its texts and its photo, which takes the device a moment.
    /// - Throws: ``PipelineError`` with `sessionFull` where no row is free.
    nonisolated(nonsending) public func join(_ plan: PicturePlan) async throws -> Row {
        let count = latentShape.elementCount / capacity
        return try await join(plan, noise: NoiseGenerator(seed: plan.request.seed).normals(count: count))
    }

    /// Seats a picture whose noise is given, `[height, width, channels]`.
    nonisolated(nonsending) func join(_ plan: PicturePlan, noise: [Float]) async throws -> Row {
        guard rows.freeCount > 0 else {
            throw PipelineError(
                .sessionFull,
                "all \(capacity) rows are taken; wait until one has left, or open another session"
            )
        }
        guard rows.hasSlots(for: plan) else {
            throw PipelineError(
                .sessionFull,
                "this batch has \(RowwiseStyling.slotLimit) styles already; wait until a picture with one of them has left"
            )
        }
        let styles = plan.request.styles
        let prompt = try await pipeline.context(of: plan.prompt, styles: styles)
        let negativePrompt =
            plan.isGuided ? try await pipeline.context(of: plan.negativePrompt, styles: styles) : nil
        let photo = try await encodedPhoto(of: plan)
        let latent = firstLatent(of: plan, noise: noise, photo: photo)
        let kept = try keptPhoto(of: plan, noise: noise, latent: photo)
        let present = try await latents()
        guard let (row, place) = rows.join(plan) else {
            throw PipelineError(.sessionFull, "all \(capacity) rows are taken")
        }
        do {
            state?.latents = try client.buffer(from: present.replacingRow(place, with: latent))
        } catch {
            rows.leave(row)
            throw PipelineError.from(error, as: .device)
        }
        features.forget()
        contexts[row] = (prompt, negativePrompt)
        photos[row] = kept
        batchedContexts = nil
        batchedPhotos = nil
        return row
    }

    /// Frees a row, at whatever step it stands. One that has left is left at that.
    public func leave(_ row: Row) {
        rows.leave(row)
        contexts[row] = nil
        photos[row] = nil
    }

    /// Changes how many rows there are; the pictures in them go on where they stand.
    ///
    /// Takes a copy of their latents, not a step's time. Where the device fails, everything stays as it was.
    /// - Throws: ``PipelineError`` with `sessionFull` where more pictures are seated, `sessionLost`, `invalidSetting`.
    nonisolated(nonsending) public func resize(to capacity: Int) async throws {
        try Self.check(capacity)
        guard capacity != self.capacity else { return }
        guard let state else { throw Self.lost }
        var resized = rows
        guard let seated = resized.resize(to: capacity) else {
            throw PipelineError(
                .sessionFull,
                "more pictures are drawn than \(capacity) rows can take; wait until some have left")
        }
        let rowShape = Array(latentShape.dimensions.dropFirst())
        func moved(_ tensor: HostTensor) -> HostTensor {
            let kept = seated.map { tensor.row($0) }
            return .batch(
                kept + Array(repeating: nil, count: capacity - kept.count), rowShape: rowShape)
        }
        do {
            let latents = try await client.buffer(from: moved(state.latents.hostTensor()))
            let denoised = try await client.buffer(from: moved(state.denoised.hostTensor()))
            silence = try client.buffer(
                from: HostTensor(repeating: Float(0), shape: Shape([capacity] + rowShape)))
            self.state = (latents, denoised)
        } catch {
            throw PipelineError.from(error, as: .device)
        }
        rows = resized
        self.capacity = capacity
        features.forget()
        batchedContexts = nil
        batchedPhotos = nil
    }

    private var rowShape: Shape { Shape([1] + latentShape.dimensions.dropFirst()) }

    nonisolated(nonsending) private func encodedPhoto(of plan: PicturePlan) async throws -> HostTensor? {
        guard let photo = plan.request.photo else { return nil }
        return try await pipeline.latent(of: photo.picture, size: size)
    }

    private func firstLatent(of plan: PicturePlan, noise: [Float], photo: HostTensor?) -> HostTensor {
        let start = plan.solverPlan.start
        var values = noise.map { $0 * Float(start.noise) }
        if let encoded = photo?.elements(as: Float.self) {
            for index in values.indices { values[index] += Float(start.picture) * encoded[index] }
        }
        return HostTensor(values, shape: rowShape)
    }

    private func keptPhoto(of plan: PicturePlan, noise: [Float], latent: HostTensor?) throws -> KeptPhoto? {
        guard let photo = plan.request.photo, let mask = photo.mask, let latent else { return nil }
        return try KeptPhoto(
            photo, mask: mask, size: size, latent: latent, noise: HostTensor(noise, shape: rowShape))
    }

    // MARK: steps

    /// Moves every picture that is not finished by one step, and tells how far each has come.
    ///
    /// The first call compiles the step's program, or takes it from the cache on disk.
    /// - Throws: `CancellationError` before anything has changed, so that the session can go on later;
    ///   ``PipelineError`` where the device fails, after which the session is lost.
    nonisolated(nonsending) public func advance() async throws -> [Progress] {
        try Task.checkCancellation()
        guard hasWork else { return [] }
        guard let present = state else { throw Self.lost }
        do {
            let (featureUse, guidance) = stepPlan
            let (program, styling) = try stepProgram(guidance, featureUse)
            var arguments =
                [
                    present.latents, present.denoised, try noise(), try context(guidance), try numbers(),
                ] + (try guidanceArguments(guidance)) + styling
            if featureUse == .reusing, let kept = features.buffer { arguments.append(kept) }
            state = nil
            var results = try program(arguments)
            features.stepped(
                featureUse, keeping: featureUse == .keeping ? results.removeLast() : nil, guidance: guidance)
            let keeping = rows.keepingNumbers
            if keeping.contains(where: { $0 != .none }) { results = try keep(results, keeping) }
            try await results[0].ready()
            state = (results[0], results[1])
        } catch {
            throw PipelineError.from(error, as: .device)
        }
        return rows.advance()
    }

    private func stepProgram(
        _ guidance: StepGuidance, _ features: StepProgram.FeatureUse?
    ) throws -> (program: BoundProgram, arguments: [Buffer]) {
        let step = StepProgram(
            rows: capacity, latentHeight: size.latentHeight, latentWidth: size.latentWidth,
            tokens: pipeline.tokenCount, guidedRows: guidance.slots.count, features: features)
        return try styledProgram(step, BatchStyling(rows.styles))
    }

    /// Which rows are guided, where some are and others not.
    private func guidanceArguments(_ guidance: StepGuidance) throws -> [Buffer] {
        guard guidance.isPartial else { return [] }
        return try [guidance.slots.map { Int32($0) }, guidance.answers].map {
            try client.buffer(from: HostTensor($0, shape: [$0.count]))
        }
    }

    /// Puts photos back where their masks keep them.
    private func keep(_ results: [Buffer], _ numbers: [KeepingProgram.Numbers]) throws -> [Buffer] {
        let program = try pipeline.programs.program(
            .keeping(
                KeepingProgram(
                    rows: capacity, latentHeight: size.latentHeight, latentWidth: size.latentWidth,
                    channels: pipeline.folder.unet.inputChannels)))
        let numbers = HostTensor(
            numbers.flatMap(\.values), shape: [capacity, KeepingProgram.Numbers.count])
        return try program(results + batchedKeptPhotos() + [client.buffer(from: numbers)])
    }

    private func batchedKeptPhotos() throws -> [Buffer] {
        if let batchedPhotos { return batchedPhotos }
        let seated = rows.places.map { picture in picture.flatMap { photos[$0.row] } }
        let latentRow = Array(latentShape.dimensions.dropFirst())
        let buffers = [
            try client.buffer(from: .batch(seated.map { $0?.latent }, rowShape: latentRow)),
            try client.buffer(from: .batch(seated.map { $0?.noise }, rowShape: latentRow)),
            try client.buffer(
                from: .batch(seated.map { $0?.kept }, rowShape: [size.latentHeight, size.latentWidth])),
        ]
        batchedPhotos = buffers
        return buffers
    }

    private func numbers() throws -> Buffer {
        try client.buffer(
            from: HostTensor(rows.numbers.flatMap(\.values), shape: [capacity, StepNumbers.count]))
    }

    private func noise() throws -> Buffer {
        let rowShape = Array(latentShape.dimensions.dropFirst())
        let count = latentShape.elementCount / capacity
        let noise = (0..<capacity).map { place in
            rows.noise(at: place, count: count).map { HostTensor($0, shape: Shape([1] + rowShape)) }
        }
        guard noise.contains(where: { $0 != nil }) else { return silence }
        return try client.buffer(from: .batch(noise, rowShape: rowShape))
    }

    /// The texts of all rows; before them those without the prompt, of guided rows.
    private func context(_ guidance: StepGuidance) throws -> Buffer {
        if let batchedContexts, batchedContexts.slots == guidance.slots { return batchedContexts.buffer }
        let seated = rows.places.map { picture in picture.flatMap { contexts[$0.row] } }
        let all = guidance.slots.map { seated[$0]?.negativePrompt } + seated.map { $0?.prompt }
        let rowShape = [pipeline.tokenCount, pipeline.folder.unet.crossAttentionWidth]
        let buffer = try client.buffer(from: .batch(all, rowShape: rowShape))
        batchedContexts = (guidance.slots, buffer)
        return buffer
    }

    // MARK: pictures

    /// What a picture would become, judged at its last step; nil before its first.
    /// - Throws: ``PipelineError`` with `invalidRow` where the row has left.
    nonisolated(nonsending) public func preview(_ row: Row) async throws -> Picture? {
        let (place, picture) = try seat(of: row)
        guard picture.stepCount > 0 else { return nil }
        guard let state else { throw Self.lost }
        return try await decode(fetch(state.denoised).row(place), of: row)
    }

    /// The picture of a row that has done all its steps; the row is free then.
    /// - Throws: ``PipelineError`` with `invalidRow` where it has left or has steps to do.
    nonisolated(nonsending) public func finish(_ row: Row) async throws -> Picture {
        let (place, picture) = try seat(of: row)
        guard picture.isFinished else {
            throw PipelineError(
                .invalidRow,
                "the picture has done \(picture.stepCount) of \(picture.steps.count) steps; go on, or take a preview"
            )
        }
        let drawn = try await decode(latents().row(place), of: row)
        leave(row)
        return drawn
    }

    nonisolated(nonsending) private func decode(_ latent: HostTensor, of row: Row) async throws -> Picture {
        let drawn = try await pipeline.picture(of: latent, size: size)
        return photos[row]?.laid(under: drawn) ?? drawn
    }

    /// The latent of a row as it stands, `[1, height, width, channels] f32`: the picture before it is decoded and rounded,
    /// for whoever compares how pictures were drawn.
    /// - Throws: ``PipelineError`` with `invalidRow` where the row has left.
    nonisolated(nonsending) public func latent(of row: Row) async throws -> HostTensor {
        try await latents().row(seat(of: row).place)
    }

    /// The latents of all rows, `[rows, height, width, channels] f32`.
    nonisolated(nonsending) func latents() async throws -> HostTensor {
        guard let state else { throw Self.lost }
        return try await fetch(state.latents)
    }

    nonisolated(nonsending) private func fetch(_ buffer: Buffer) async throws -> HostTensor {
        do {
            return try await buffer.hostTensor()
        } catch {
            throw PipelineError.from(error, as: .device)
        }
    }

    private func seat(of row: Row) throws -> (place: Int, picture: BatchRows.Picture) {
        guard let place = rows.place(of: row), let picture = rows.places[place] else {
            throw PipelineError(.invalidRow, "the row has left this session, or belongs to another")
        }
        return (place, picture)
    }

    private static let lost = PipelineError(
        .sessionLost, "an earlier step failed and its latents are lost; open another session")
}

extension TextToImagePipeline {
    /// Opens a session.
    /// - Parameter capacity: rows of the batch, 1 to ``DenoisingSession/capacityLimit``; each number is a program
    ///   of its own, so that a few, as 1, 2, 4 and 8, serve best.
    /// - Throws: ``PipelineError`` where the capacity is out of range or the device has no room.
    public func session(size: PictureSize, capacity: Int) throws -> DenoisingSession {
        try DenoisingSession(pipeline: self, size: size, capacity: capacity)
    }
}
