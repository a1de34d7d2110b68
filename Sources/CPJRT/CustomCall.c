#include <stdatomic.h>
#include <string.h>

#include "CPJRT.h"

typedef struct {
  size_t structSize;
  void *extensions;
  int32_t majorVersion;
  int32_t minorVersion;
} Version;

/// The functions that a call may use, in the order of the interface.
struct CPJRTCallTable {
  size_t structSize;
  void *extensions;
  Version version;
  void *internal;
  void *functions[];
};

enum { errorCreateSlot = 0, errorDestroySlot = 2, threadPoolScheduleSlot = 11 };

static void *tableFunction(const CPJRTCallTable *table, size_t slot) {
  size_t count = (table->structSize - sizeof *table) / sizeof(void *);
  return slot < count ? table->functions[slot] : NULL;
}

/// The chain link by which a plugin asks which version a function was written for.
typedef struct {
  CPJRTExtension base;
  struct {
    size_t structSize;
    Version version;
    uint32_t traits;
  } *metadata;
} MetadataQuestion;

enum { metadataQuestionKind = 1, internalCode = 13 };

/// The plugin drops a function silently that does not answer this question.
static bool answersMetadataQuestion(const CPJRTCallFrame *frame) {
  for (const CPJRTExtension *link = frame->extensions; link; link = link->next) {
    if (link->type != metadataQuestionKind) continue;
    const MetadataQuestion *question = (const MetadataQuestion *)link;
    question->metadata->version.majorVersion = 0;
    question->metadata->version.minorVersion = frame->table ? frame->table->version.minorVersion : 1;
    question->metadata->traits = 0;
    return true;
  }
  return false;
}

// A pool of functions that differ only in which closure they call: a C function pointer carries nothing else.
enum { functionCount = 32 };

static struct {
  CPJRTCallBody body;
  void *closure;
} registrations[functionCount];

static CPJRTCallError *run(int index, CPJRTCallFrame *frame) {
  if (answersMetadataQuestion(frame) || frame->stage != CPJRTCallStageExecute) return NULL;
  return registrations[index].body(registrations[index].closure, frame);
}

#define FUNCTION(n) \
  static CPJRTCallError *function##n(CPJRTCallFrame *frame) { return run(0##n, frame); }
#define EIGHT(m, prefix) m(prefix##0) m(prefix##1) m(prefix##2) m(prefix##3) m(prefix##4) m(prefix##5) m(prefix##6) m(prefix##7)
#define ALL(m) EIGHT(m, 0) EIGHT(m, 1) EIGHT(m, 2) EIGHT(m, 3)
ALL(FUNCTION)

#define NAME(n) function##n,
static CPJRTCallError *(*const functions[functionCount])(CPJRTCallFrame *) = {ALL(NAME)};

typedef struct {
  size_t structSize;
  const char *name;
  size_t nameSize;
  void *function;
  const char *platform;
  size_t platformSize;
  int32_t traits;
} RegisterArguments;

typedef struct {
  CPJRTExtension base;
  void *registerType;
  void *addUserData;
  CPJRTError *(*registerFunction)(RegisterArguments *arguments);
} CustomCallExtension;

CPJRTError *CPJRTRegisterCustomCall(const CPJRTTable *table, const char *name, size_t nameSize, CPJRTCallBody body,
                                    void *closure, bool *isFull, bool *isMissing) {
  static atomic_int used = 0;
  const CPJRTExtension *link = table->extensions;
  while (link && link->type != CPJRTExtensionCustomCalls) link = link->next;
  *isMissing = !link || link->structSize < sizeof(CustomCallExtension);
  if (*isMissing) return NULL;

  int index = atomic_fetch_add(&used, 1);
  *isFull = index >= functionCount;
  if (*isFull) {
    atomic_fetch_sub(&used, 1);
    return NULL;
  }
  registrations[index].body = body;
  registrations[index].closure = closure;

  const char *platform = "Host";
  RegisterArguments arguments = {sizeof arguments, name, nameSize, (void *)functions[index], platform, strlen(platform), 0};
  return ((const CustomCallExtension *)link)->registerFunction(&arguments);
}

CPJRTCallError *CPJRTMakeCallError(const CPJRTCallFrame *frame, const char *message) {
  struct {
    size_t structSize;
    void *extensions;
    const char *message;
    int32_t code;
  } arguments = {sizeof arguments, NULL, message, internalCode};
  return ((CPJRTCallError * (*)(void *)) tableFunction(frame->table, errorCreateSlot))(&arguments);
}

bool CPJRTScheduleTask(const CPJRTCallFrame *frame, void (*task)(void *data), void *data) {
  CPJRTCallError *(*schedule)(void *) =
      (CPJRTCallError * (*)(void *)) tableFunction(frame->table, threadPoolScheduleSlot);
  if (!schedule) return false;
  struct {
    size_t structSize;
    void *extensions;
    void *context;
    void (*task)(void *);
    void *data;
  } arguments = {sizeof arguments, NULL, frame->context, task, data};
  CPJRTCallError *failure = schedule(&arguments);
  if (!failure) return true;
  struct {
    size_t structSize;
    void *extensions;
    CPJRTCallError *error;
  } destruction = {sizeof destruction, NULL, failure};
  ((void (*)(void *))tableFunction(frame->table, errorDestroySlot))(&destruction);
  return false;
}
