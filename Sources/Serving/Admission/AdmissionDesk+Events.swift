extension AdmissionDesk {
    /// How a job ended.
    public enum Ending: Sendable, Hashable {
        /// The picture is stored.
        /// - Parameter workSeconds: device-seconds it took; nil where that was not measured.
        case delivered(workSeconds: Double?)
        /// Nobody wants it any more.
        /// - Parameter workSeconds: device-seconds it took until then; 0 where it waited.
        case cancelled(workSeconds: Double)
        /// It cannot be drawn, however often it is tried.
        case failed
    }

    /// A worker has leased a job.
    public mutating func began(_ terms: JobTerms) {
        guard queue.remove(terms.place) != nil else { return }
        memory.clock.began(
            tag: terms.place.tag, workSeconds: terms.price.workSeconds, weight: terms.weight)
        drawingCount += 1
    }

    /// A lease has ended without a picture, and the job waits again, at its old place.
    public mutating func returned(_ terms: JobTerms) {
        guard queue.insert(terms.place, workSeconds: terms.price.workSeconds) else { return }
        drawingCount = max(0, drawingCount - 1)
    }

    /// A job is done with: its caller gets back what was counted too much, and the promise is held against what happened.
    ///
    /// - Parameters:
    ///   - wasDrawing: whether it was leased; false where it waited.
    public mutating func ended(
        _ terms: JobTerms, _ ending: Ending, wasDrawing: Bool, account: inout CallerAccount, at now: Moment
    ) {
        if wasDrawing {
            drawingCount = max(0, drawingCount - 1)
        } else {
            queue.remove(terms.place)
        }
        let work = terms.price.workSeconds
        var isDelivered = false
        switch ending {
        case .delivered(let measured):
            isDelivered = true
            memory.calibration.observe(terms.promise, takenSeconds: now - terms.promise.made)
            if let measured {
                // One measurement gone wrong must not shut a caller out.
                let believed = min(max(measured, 0.2 * work), 5 * work)
                memory.clock.correct(by: believed - work, weight: terms.weight, share: &account.share)
            }
        case .cancelled(let done):
            // What a device has spent stays counted: else drawing and cancelling would be free service.
            let unused = work - min(max(done.isFinite ? done : work, 0), work)
            memory.clock.correct(by: -unused, weight: terms.weight, share: &account.share)
        case .failed:
            memory.clock.correct(by: -work, weight: terms.weight, share: &account.share)
        }
        Limits.close(
            pictures: 1, &account.usage, delivered: isDelivered, accepted: terms.promise.made)
        if queue.isEmpty, drawingCount == 0 { memory.clock.idled() }
    }

    /// Learns from a measured step.
    /// - Parameter isReused: whether it took over features of an earlier step.
    public mutating func observeStep(
        _ shape: PictureShape, evaluations: Double, isReused: Bool = false, seconds: Double, speed: Double = 1
    ) {
        if isReused {
            memory.prices.observeReusedStep(shape, evaluations: evaluations, seconds: seconds, speed: speed)
        } else {
            memory.prices.observeStep(shape, evaluations: evaluations, seconds: seconds, speed: speed)
        }
    }

    /// Learns what reading a prompt and decoding a picture took.
    public mutating func observeFinishing(_ shape: PictureShape, seconds: Double, speed: Double = 1) {
        memory.prices.observeFinishing(shape, seconds: seconds, speed: speed)
    }
}
