import CPJRT

/// How this process hands out large blocks of memory.
///
/// Programs that link this module allocate through jemalloc. The C library's own allocator maps a large block anew each
/// time, and the kernel clears its pages: in training the autoencoder that was a fifth to nearly a half of all processor
/// time. Told to keep them, it searches long lists of free blocks instead, a tenth of the time in training a UNet.
public enum HostAllocator {
    /// Keeps memory that was given back, for twenty seconds, for the next who asks. For processes that draw or train on a
    /// CPU; to be called before the first large allocation.
    ///
    /// The CPU plugin takes the memory of a program's intermediate values anew at every execution and gives it back at
    /// the end. Kept for ever, memory falls into pieces and grows without end: an autoencoder's training by 27 MB a step.
    public static func keepLargeBlocks() { CPJRTKeepLargeBlocks() }
}
