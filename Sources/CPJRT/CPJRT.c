#define _GNU_SOURCE
#include "CPJRT.h"

#include <dlfcn.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

const CPJRTTable *CPJRTOpen(const char *path, const char **reason) {
  *reason = NULL;
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    *reason = dlerror();
    return NULL;
  }
  const CPJRTTable *(*getTable)(void) = (const CPJRTTable *(*)(void))dlsym(library, "GetPjrtApi");
  return getTable ? getTable() : NULL;
}

size_t CPJRTSlotCount(const CPJRTTable *table) {
  if (table->structSize < sizeof *table) return 0;
  return (table->structSize - sizeof *table) / sizeof(void *);
}

static void *function(const CPJRTTable *table, size_t slot) { return ((void *const *)(table + 1))[slot]; }

bool CPJRTHasFunction(const CPJRTTable *table, size_t slot) {
  return slot < CPJRTSlotCount(table) && function(table, slot) != NULL;
}

CPJRTError *CPJRTCall(const CPJRTTable *table, size_t slot, void *arguments) {
  return ((CPJRTError * (*)(void *)) function(table, slot))(arguments);
}

void CPJRTCallVoid(const CPJRTTable *table, size_t slot, void *arguments) {
  ((void (*)(void *))function(table, slot))(arguments);
}

int CPJRTCaptureStandardError(int *savedStandardError) {
  int captured = memfd_create("plugin-messages", MFD_CLOEXEC);
  if (captured < 0) return -1;
  fflush(stderr);
  *savedStandardError = dup(STDERR_FILENO);
  if (*savedStandardError < 0 || dup2(captured, STDERR_FILENO) < 0) {
    if (*savedStandardError >= 0) close(*savedStandardError);
    close(captured);
    return -1;
  }
  return captured;
}

void CPJRTReleaseStandardError(int captured, int savedStandardError) {
  fflush(stderr);
  dup2(savedStandardError, STDERR_FILENO);
  close(savedStandardError);
  lseek(captured, 0, SEEK_SET);
}
