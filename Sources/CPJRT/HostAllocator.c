#include <jemalloc/jemalloc.h>

#include "CPJRT.h"

// Read by jemalloc before main. One arena for all: what one thread gives back another finds; with an arena for each, several keep a
// copy of the largest block. Large blocks share it, for an arena of their own gives its pages back at once.
const char *malloc_conf = "narenas:1,oversize_threshold:0";

void CPJRTKeepLargeBlocks(void) {
  // Long enough that what a step gives back the next one finds; not for ever: small blocks split large ones, so that the
  // next large one needs new pages, and a trainer that never gave pages back grew by 27 MB a step until it was killed.
  ssize_t milliseconds = 20000, none = 0;
  // Of arenas to come, and of those that are there.
  mallctl("arenas.dirty_decay_ms", NULL, NULL, &milliseconds, sizeof milliseconds);
  mallctl("arenas.muzzy_decay_ms", NULL, NULL, &none, sizeof none);
  mallctl("arena.0.dirty_decay_ms", NULL, NULL, &milliseconds, sizeof milliseconds);
  mallctl("arena.0.muzzy_decay_ms", NULL, NULL, &none, sizeof none);
}
