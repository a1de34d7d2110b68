#include <jemalloc/jemalloc.h>
#include <stdatomic.h>
#include <time.h>

#include "CPJRT.h"

// Read by jemalloc before main. One arena for all: what one thread gives back another finds; with an arena for each, several keep a
// copy of the largest block. Large blocks share it, for an arena of their own gives its pages back at once.
const char *malloc_conf = "narenas:1,oversize_threshold:0";

// The allocator's figures are not asked for more often than this.
static const int64_t nanosecondsBetweenLooks = 50 * 1000 * 1000;

static atomic_bool keepsBlocks;
static _Atomic int64_t lastLook, lastPurge;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void CPJRTKeepLargeBlocks(void) {
  ssize_t never = -1;
  // Of arenas to come, and of those that are there.
  mallctl("arenas.dirty_decay_ms", NULL, NULL, &never, sizeof never);
  mallctl("arenas.muzzy_decay_ms", NULL, NULL, &never, sizeof never);
  mallctl("arena.0.dirty_decay_ms", NULL, NULL, &never, sizeof never);
  mallctl("arena.0.muzzy_decay_ms", NULL, NULL, &never, sizeof never);
  atomic_store(&lastPurge, now());
  atomic_store(&keepsBlocks, true);
}

/// Bytes that were given back and are kept.
static size_t unusedBytes(void) {
  uint64_t epoch = 1;
  size_t pages = 0, size = sizeof pages, page = 0, pageSize = sizeof page;
  // Figures are as of the last epoch.
  mallctl("epoch", NULL, NULL, &epoch, sizeof epoch);
  if (mallctl("stats.arenas.0.pdirty", &pages, &size, NULL, 0) || mallctl("arenas.page", &page, &pageSize, NULL, 0)) return 0;
  return pages * page;
}

void CPJRTGiveBackUnused(size_t bytesPerSecond, size_t kept) {
  if (!atomic_load(&keepsBlocks)) return;
  int64_t time = now(), look = atomic_load(&lastLook);
  if (time - look < nanosecondsBetweenLooks || !atomic_compare_exchange_strong(&lastLook, &look, time)) return;
  double seconds = (double)(time - atomic_load(&lastPurge)) * 1e-9;
  size_t unused = unusedBytes();
  if (unused <= kept || (double)unused > (double)bytesPerSecond * seconds) return;
  mallctl("arena.0.purge", NULL, NULL, NULL, 0);
  atomic_store(&lastPurge, time);
}
