import Glibc

/// How the C library hands out large blocks of memory.
///
/// The CPU plugin takes the memory of a program's intermediate values anew at every execution and gives it back at
/// the end. By default the C library maps and unmaps such blocks, and the kernel clears every page of them again:
/// in training the autoencoder that was 45 % of all processor time. Kept in the heap, the pages stay.
enum AllocatorSettings {
    /// Keeps large blocks in one heap that does not shrink; to be called before the first large allocation.
    static func keepLargeBlocks() {
        mallopt(M_MMAP_MAX, 0)
        mallopt(M_TRIM_THRESHOLD, .max)
        mallopt(M_TOP_PAD, 64 << 20)
        // Other arenas than the first cannot grow beyond 64 MB and would map after all.
        mallopt(M_ARENA_MAX, 1)
    }
}
