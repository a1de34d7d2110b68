import CPJRT

/// How this process hands out large blocks of memory.
///
/// Programs that link this module allocate through jemalloc. The C library's own allocator maps a large block anew each
/// time, and the kernel clears its pages: in training the autoencoder that was a fifth to nearly a half of all processor
/// time. Told to keep them, it searches long lists of free blocks instead, a tenth of the time in training a UNet.
public enum HostAllocator {
    /// Keeps memory that was given back for the next who asks. For processes that draw or train on a CPU; to be called
    /// before the first large allocation.
    ///
    /// The CPU plugin takes the memory of a program's intermediate values anew at every execution and gives it back at
    /// the end.
    public static func keepLargeBlocks() { CPJRTKeepLargeBlocks() }

    /// How much is given back to the system, in bytes a second on average.
    ///
    /// Memory that is kept for ever falls into pieces and grows without end, an autoencoder's training by 27 MB a step to
    /// 23 GB. Giving pages back little by little, as the allocator does by itself, cost a training step a fifth of its time,
    /// for they were those that the next step asked for. What is given back has to be asked for and cleared again, a
    /// gigabyte in about a quarter of a second: at this rate one part in sixty of the time.
    static let bytesGivenBackPerSecond = 64 << 20

    /// Up to this many bytes are not worth giving back.
    ///
    /// A small model's programs ask for them again a hundredth of a second later: twenty-four drawings of the built-in
    /// model, on a machine that did other work, took 319,000 page faults and 2.1 s of system time where all was given
    /// back, 41,000 and 0.9 s where this much is kept, of 15 s in all.
    static let unusedBytesKept = 64 << 20

    /// Gives all that is kept back to the system once that costs little; looks twenty times a second at most.
    static func giveBackUnused() { CPJRTGiveBackUnused(bytesGivenBackPerSecond, unusedBytesKept) }
}
