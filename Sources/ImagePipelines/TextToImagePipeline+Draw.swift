import DiffusionModels
import Images

extension TextToImagePipeline {
    /// Compiles all that drawing needs, before the first weight is read: the compiler and the weights never need their
    /// memory at the same time. Drawing does so by itself; a server calls it when it starts.
    /// - Throws: ``PipelineError`` with `device` where a program cannot be compiled.
    public func prepare(_ plans: [PicturePlan], size: PictureSize, capacity: Int) throws {
        var guidance: Set<Bool> = []
        if plans.contains(where: \.isGuided) { guidance.insert(true) }
        if plans.contains(where: { $0.guidedStepCount < $0.stepCount }) { guidance.insert(false) }
        try prepare(
            size: size, capacity: capacity, guidance: guidance,
            featureUses: plans.contains { $0.request.featureInterval > 1 }
                ? [nil, .keeping, .reusing] : [nil],
            readsPhotos: plans.contains { $0.request.photo != nil }, readsWeights: false)
    }

    /// Compiles all that drawing pictures of a size needs, before anybody has asked for one.
    ///
    /// - Parameters:
    ///   - capacity: rows of the batch.
    ///   - guidance: whether steps are prepared in which pictures are guided, none is, or both.
    ///   - reusesFeatures: whether pictures may allow that features are reused; three times as many programs.
    ///   - readsPhotos: whether pictures may begin with photos.
    ///   - readsWeights: whether the weights are brought to the device as well.
    /// - Throws: ``PipelineError``: `device` where a program cannot be compiled, `model` where weights cannot be read.
    public func prepare(
        size: PictureSize, capacity: Int, guidance: Set<Bool> = [true, false], reusesFeatures: Bool = false,
        readsPhotos: Bool, readsWeights: Bool = false
    ) throws {
        try prepare(
            size: size, capacity: capacity, guidance: guidance,
            featureUses: reusesFeatures && canReuseFeatures ? [nil, .keeping, .reusing] : [nil],
            readsPhotos: readsPhotos, readsWeights: readsWeights)
    }

    private func prepare(
        size: PictureSize, capacity: Int, guidance: Set<Bool>, featureUses: [StepProgram.FeatureUse?],
        readsPhotos: Bool, readsWeights: Bool
    ) throws {
        var kinds: [ModelPrograms.Kind] = Self.guidedRows(guidance, of: capacity).flatMap { guidedRows in
            featureUses.map { features in
                .step(
                    StepProgram(
                        rows: capacity, latentHeight: size.latentHeight, latentWidth: size.latentWidth,
                        tokens: tokenCount, guidedRows: guidedRows, features: features))
            }
        }
        kinds += [.text(tokens: tokenCount), .decoder(size)]
        if readsPhotos { kinds.append(.encoder(size)) }
        do {
            try programs.prepare(kinds)
            if readsWeights { for kind in kinds { _ = try programs.program(kind) } }
        } catch {
            throw PipelineError.from(error, as: error is ModelError ? .model : .device)
        }
    }

    /// The numbers of guided rows that may come up; the dearest first.
    private static func guidedRows(_ guidance: Set<Bool>, of rows: Int) -> [Int] {
        switch (guidance.contains(true), guidance.contains(false)) {
        case (true, true): StepGuidance.sizes(of: rows).reversed()
        case (true, false): [rows]
        case (false, true): [0]
        case (false, false): []
        }
    }

    /// Draws pictures of one size, several at a time, and tells of every step.
    /// - Parameters:
    ///   - capacity: how many are drawn at once.
    ///   - observe: is told after each step; what it throws ends the drawing.
    ///   - deliver: is given each picture with its place in `plans` as soon as it is drawn; what it throws ends the
    ///     drawing.
    /// - Throws: ``PipelineError``; `CancellationError` at a step's end where the task is cancelled.
    nonisolated(nonsending) public func draw(
        _ plans: [PicturePlan], size: PictureSize, capacity: Int = 1,
        observing observe: ([DenoisingSession.Progress]) throws -> Void = { _ in },
        delivering deliver: (Int, Picture) throws -> Void
    ) async throws {
        try prepare(plans, size: size, capacity: capacity)
        let session = try session(size: size, capacity: capacity)
        var waiting = plans.enumerated().makeIterator()
        var indexes: [DenoisingSession.Row: Int] = [:]
        var next = waiting.next()
        while next != nil || session.hasWork {
            while session.freeRowCount > 0, let (index, plan) = next {
                indexes[try await session.join(plan)] = index
                next = waiting.next()
            }
            let progress = try await session.advance()
            try observe(progress)
            for picture in progress where picture.isFinished {
                let drawn = try await session.finish(picture.row)
                if let index = indexes.removeValue(forKey: picture.row) { try deliver(index, drawn) }
            }
        }
    }
}
