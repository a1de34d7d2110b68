import CPJRT

/// How the C library hands out large blocks of memory in this process.
public enum HostAllocator {
    /// Keeps large blocks in one heap that does not shrink. For processes that draw or train on a CPU; to be called
    /// before the first large allocation.
    ///
    /// The CPU plugin takes the memory of a program's intermediate values anew at every execution and gives it back
    /// at the end. By default the C library maps and unmaps such blocks, and the kernel clears every page of them
    /// again: in training the autoencoder that was a fifth to nearly a half of all processor time.
    public static func keepLargeBlocks() { CPJRTKeepLargeBlocks() }
}
