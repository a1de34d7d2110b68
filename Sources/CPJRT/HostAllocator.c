#include <jemalloc/jemalloc.h>

#include "CPJRT.h"

// Read by jemalloc before main. One arena for all: what one thread gives back another finds; with an arena for each, several keep a
// copy of the largest block. Large blocks share it, for an arena of their own gives its pages back at once.
const char *malloc_conf = "narenas:1,oversize_threshold:0";

void CPJRTKeepLargeBlocks(void) {
  ssize_t never = -1;
  // Of arenas to come, and of those that are there.
  mallctl("arenas.dirty_decay_ms", NULL, NULL, &never, sizeof never);
  mallctl("arenas.muzzy_decay_ms", NULL, NULL, &never, sizeof never);
  mallctl("arena.0.dirty_decay_ms", NULL, NULL, &never, sizeof never);
  mallctl("arena.0.muzzy_decay_ms", NULL, NULL, &never, sizeof never);
}
