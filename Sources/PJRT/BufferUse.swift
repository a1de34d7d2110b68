/// Who uses a buffer now, and whether it may still be used: plain state, guarded by the buffer's lock.
struct BufferUse {
    /// Why a buffer cannot be used.
    enum Refusal: Hashable {
        /// It was donated to a program, which reused its memory.
        case donated
        /// It is to be donated while a call still reads it.
        case beingRead
        /// It is to be donated and its memory belongs to a host tensor.
        case sharedWithHost
    }

    /// Calls that read the buffer now.
    private(set) var readerCount = 0
    /// Whether its memory was handed to a program.
    private(set) var isDonated = false
    /// Whether its memory belongs to a host tensor.
    let isSharedWithHost: Bool

    init(isSharedWithHost: Bool) { self.isSharedWithHost = isSharedWithHost }

    /// Begins to read; to be ended by ``endReading()`` where it returns nil.
    mutating func beginReading() -> Refusal? {
        if isDonated { return .donated }
        readerCount += 1
        return nil
    }

    /// Ends what ``beginReading()`` began.
    mutating func endReading() { readerCount -= 1 }

    /// Hands the memory to a program for good, unless it returns why not.
    mutating func donate() -> Refusal? {
        if isDonated { return .donated }
        if isSharedWithHost { return .sharedWithHost }
        if readerCount > 0 { return .beingRead }
        isDonated = true
        return nil
    }

    /// Takes back a donation that the program did not accept.
    mutating func takeBackDonation() { isDonated = false }
}

extension BufferUse.Refusal {
    /// The refusal as an error about one argument or buffer.
    func error(of subject: String, operation: String) -> PJRTError {
        switch self {
        case .donated:
            PJRTError(
                .failedPrecondition,
                "\(subject) was donated to an earlier call, which reused its memory; use that call's result instead",
                operation: operation)
        case .beingRead:
            PJRTError(
                .failedPrecondition,
                "\(subject) is to be donated while it is still read; pass another buffer, or keep this argument",
                operation: operation)
        case .sharedWithHost:
            PJRTError(
                .failedPrecondition,
                "\(subject) is to be donated and shares its memory with a host tensor; copy it to the device instead",
                operation: operation)
        }
    }
}
