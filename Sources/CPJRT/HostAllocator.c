#include "CPJRT.h"

#include <malloc.h>

void CPJRTKeepLargeBlocks(void) {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_TOP_PAD, 64 << 20);
  // Other arenas than the first cannot grow beyond 64 MB and would map after all.
  mallopt(M_ARENA_MAX, 1);
}
