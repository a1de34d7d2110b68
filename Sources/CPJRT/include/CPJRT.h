/// The one door to PJRT plugins: the part of their C interface that Ondol calls, declared in our own words.
///
/// A plugin is a shared library that exports `GetPjrtApi`. That function returns a table: a short preamble, then
/// function pointers in an order that only ever grows at its end. Every function takes one pointer to a structure
/// which begins with its own size, and returns an error handle or NULL. Which function sits in which slot is
/// listed in `PJRT/PluginFunction.swift`; this header holds the structures.
///
/// Only the order and types of the fields matter to a plugin. They follow interface version 0.114 and were
/// checked against the declarations that come with interface 0.81.
/// Source: openxla/xla `xla/pjrt/c/pjrt_c_api.h` and `xla/ffi/api/c_api.h` (field order and types only).
#ifndef CPJRT_H
#define CPJRT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Handles. The plugin owns what they point to; each has a destroy function.
typedef struct CPJRTError CPJRTError;
typedef struct CPJRTEvent CPJRTEvent;
typedef struct CPJRTClient CPJRTClient;
typedef struct CPJRTDevice CPJRTDevice;
typedef struct CPJRTDeviceDescription CPJRTDeviceDescription;
typedef struct CPJRTMemory CPJRTMemory;
typedef struct CPJRTBuffer CPJRTBuffer;
typedef struct CPJRTExecutable CPJRTExecutable;
typedef struct CPJRTLoadedExecutable CPJRTLoadedExecutable;
typedef struct CPJRTSerializedExecutable CPJRTSerializedExecutable;
typedef struct CPJRTTopology CPJRTTopology;

/// One link of the chain of optional features behind the table.
typedef struct CPJRTExtension {
  size_t structSize;
  int32_t type;
  const struct CPJRTExtension *next;
} CPJRTExtension;

/// The start of the table; the function pointers follow it.
typedef struct {
  size_t structSize;
  const CPJRTExtension *extensions;
  size_t versionStructSize;
  void *versionExtensions;
  int32_t majorVersion;
  int32_t minorVersion;
} CPJRTTable;

/// What every argument structure begins with.
typedef struct {
  size_t structSize;
  void *extensions;
} CPJRTPreamble;

// MARK: - Loading

/// Opens the library at `path` and asks it for its table. The library is never closed: closing would drop what it
/// registered. Returns NULL on failure, with the loader's own words (or NULL where the library opened but has no
/// `GetPjrtApi`) in `*reason`; the text belongs to the loader and must be copied at once.
const CPJRTTable *CPJRTOpen(const char *path, const char **reason);

/// The number of function slots of a table.
size_t CPJRTSlotCount(const CPJRTTable *table);

/// Whether the table has a function in `slot`.
bool CPJRTHasFunction(const CPJRTTable *table, size_t slot);

/// Calls a function that returns an error handle, or NULL for success. The slot must hold a function.
CPJRTError *CPJRTCall(const CPJRTTable *table, size_t slot, void *arguments);

/// Calls one of the two functions that return nothing (destroy an error, read its message).
void CPJRTCallVoid(const CPJRTTable *table, size_t slot, void *arguments);

/// Points standard error at a nameless file in memory; returns the descriptor to hand to
/// `CPJRTReleaseStandardError`, or -1.
int CPJRTCaptureStandardError(int *savedStandardError);

/// Puts standard error back and leaves the captured file at its start, for reading.
void CPJRTReleaseStandardError(int captured, int savedStandardError);

// MARK: - Errors and events

typedef struct {
  size_t structSize;
  void *extensions;
  const CPJRTError *error;
} CPJRTErrorDestroy;

typedef struct {
  size_t structSize;
  void *extensions;
  const CPJRTError *error;
  const char *message;  // out, not NUL-terminated
  size_t messageSize;   // out
} CPJRTErrorMessage;

typedef struct {
  size_t structSize;
  void *extensions;
  const CPJRTError *error;
  int32_t code;  // out
} CPJRTErrorGetCode;

/// Arguments of the functions that destroy an event, or wait for it.
typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTEvent *event;
} CPJRTEventOnly;

/// Called once, on a thread of the plugin's; the error, if any, is the callee's to destroy.
typedef void (*CPJRTReadyCallback)(CPJRTError *error, void *context);

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTEvent *event;
  CPJRTReadyCallback callback;
  void *context;
} CPJRTEventOnReady;

// MARK: - Plugin and client

typedef struct {
  size_t structSize;
  void *extensions;
} CPJRTPluginInitialize;

/// The kinds of value that `CPJRTNamedValue` holds.
enum {
  CPJRTNamedValueString = 0,
  CPJRTNamedValueInteger = 1,
  CPJRTNamedValueIntegerList = 2,
  CPJRTNamedValueFloat = 3,
  CPJRTNamedValueBool = 4,
};

/// A named option or property. An element of arrays: its size is fixed, never padded.
typedef struct {
  size_t structSize;
  void *extensions;
  const char *name;
  size_t nameSize;
  int32_t kind;
  union {
    const char *string;
    int64_t integer;
    const int64_t *integerList;
    float floatingPoint;
    bool truth;
  };
  size_t valueSize;  // characters of a string, elements of a list, else 1
} CPJRTNamedValue;

typedef struct {
  size_t structSize;
  void *extensions;
  const CPJRTNamedValue *attributes;  // out, lives as long as the process
  size_t attributeCount;              // out
} CPJRTPluginAttributes;

typedef struct {
  size_t structSize;
  void *extensions;
  const CPJRTNamedValue *options;
  size_t optionCount;
  void *keyValueGet, *keyValueGetContext;
  void *keyValuePut, *keyValuePutContext;
  CPJRTClient *client;  // out
  void *keyValueTryGet, *keyValueTryGetContext;
} CPJRTClientCreate;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTClient *client;
} CPJRTClientDestroy;

/// Arguments of the functions that return one text of a client.
typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTClient *client;
  const char *text;  // out
  size_t textSize;   // out
} CPJRTClientText;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTClient *client;
  CPJRTDevice *const *devices;  // out
  size_t deviceCount;           // out
} CPJRTClientAddressableDevices;

// MARK: - Devices

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTDevice *device;
  CPJRTDeviceDescription *description;  // out
} CPJRTDeviceGetDescription;

/// Arguments of the functions that return one text of a device description.
typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTDeviceDescription *description;
  const char *text;  // out
  size_t textSize;   // out
} CPJRTDeviceDescriptionText;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTDeviceDescription *description;
  size_t attributeCount;              // out
  const CPJRTNamedValue *attributes;  // out
} CPJRTDeviceDescriptionAttributes;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTDevice *device;
  // All out.
  int64_t bytesInUse;
  int64_t peakBytesInUse;
  bool hasPeakBytesInUse;
  int64_t allocationCount;
  bool hasAllocationCount;
  int64_t largestAllocation;
  bool hasLargestAllocation;
  int64_t bytesLimit;
  bool hasBytesLimit;
  int64_t bytesReserved;
  bool hasBytesReserved;
  int64_t peakBytesReserved;
  bool hasPeakBytesReserved;
  int64_t bytesReservableLimit;
  bool hasBytesReservableLimit;
  int64_t largestFreeBlock;
  bool hasLargestFreeBlock;
  int64_t poolBytes;
  bool hasPoolBytes;
  int64_t peakPoolBytes;
  bool hasPeakPoolBytes;
} CPJRTDeviceMemoryStats;

// MARK: - Compilation

typedef struct {
  size_t structSize;
  void *extensions;
  const char *code;
  size_t codeSize;
  const char *format;
  size_t formatSize;
} CPJRTProgram;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTClient *client;
  const CPJRTProgram *program;
  const char *options;
  size_t optionsSize;
  CPJRTLoadedExecutable *executable;  // out
} CPJRTClientCompile;

typedef struct {
  size_t structSize;
  void *extensions;
  const char *name;
  size_t nameSize;
  const CPJRTNamedValue *options;
  size_t optionCount;
  CPJRTTopology *topology;  // out
} CPJRTTopologyCreate;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTTopology *topology;
} CPJRTTopologyDestroy;

typedef struct {
  size_t structSize;
  void *extensions;
  const CPJRTTopology *topology;
  const CPJRTProgram *program;
  const char *options;
  size_t optionsSize;
  CPJRTClient *client;          // may be NULL
  CPJRTExecutable *executable;  // out
} CPJRTCompileForTopology;

// MARK: - Executables

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTExecutable *executable;
} CPJRTExecutableDestroy;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTLoadedExecutable *executable;
} CPJRTLoadedExecutableDestroy;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTLoadedExecutable *loadedExecutable;
  CPJRTExecutable *executable;  // out
} CPJRTLoadedExecutableGetExecutable;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTExecutable *executable;
  size_t outputCount;  // out
} CPJRTExecutableOutputCount;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTExecutable *executable;
  const int32_t *elementTypes;  // out
  size_t count;                 // out
} CPJRTExecutableOutputElementTypes;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTExecutable *executable;
  size_t outputCount;
  const int64_t *dimensions;  // out, all outputs' one after another
  const size_t *ranks;        // out, one for each output
} CPJRTExecutableOutputDimensions;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTExecutable *executable;
  size_t propertyCount;               // out
  const CPJRTNamedValue *properties;  // out
} CPJRTExecutableCostAnalysis;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTExecutable *executable;
  // All out.
  int64_t generatedCode, arguments, outputs, aliased, temporary;
  int64_t hostGeneratedCode, hostArguments, hostOutputs, hostAliased, hostTemporary;
  int64_t peak, total, totalAllocations, indefiniteAllocations, peakUnpadded;
} CPJRTExecutableMemoryStats;

typedef struct {
  size_t structSize;
  void *extensions;
  const CPJRTExecutable *executable;
  const char *bytes;                               // out, lives as long as the holder
  size_t byteCount;                                // out
  CPJRTSerializedExecutable *holder;               // out
  void (*destroyHolder)(CPJRTSerializedExecutable *);  // out
} CPJRTExecutableSerialize;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTClient *client;
  const char *bytes;
  size_t byteCount;
  CPJRTLoadedExecutable *executable;  // out
  const char *overridingOptions;
  size_t overridingOptionsSize;
  void *loadOptions;
} CPJRTExecutableDeserialize;

typedef struct {
  size_t structSize;
  void *extensions;
  void **sendCallbacks, **receiveCallbacks;
  size_t sendCount, receiveCount;
  int32_t launchIdentifier;
  const int64_t *keptArguments;  // indices that must not be donated in this call
  size_t keptArgumentCount;
  void *context;
  const char *callLocation;
  size_t taskCount;
  int32_t *taskIdentifiers;
  int64_t *taskIncarnations;
  void *multiSlice;
  bool usesMajorToMinorCallbacks;
  void *callbacks;
  size_t callbackCount;
} CPJRTExecuteOptions;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTLoadedExecutable *executable;
  CPJRTExecuteOptions *options;
  CPJRTBuffer *const *const *argumentLists;
  size_t deviceCount;
  size_t argumentCount;
  CPJRTBuffer **const *outputLists;  // the lists are ours, the buffers in them are out
  CPJRTEvent **completionEvents;     // may be NULL
  CPJRTDevice *device;
} CPJRTExecute;

// MARK: - Buffers

/// How long a plugin may look at host memory.
enum {
  CPJRTHostMemoryDuringCall = 0,
  CPJRTHostMemoryUntilTransferred = 1,
  CPJRTHostMemoryShared = 2,
};

/// How elements lie in memory. `tiles` are unused here; the union's other arm (strides) is smaller.
typedef struct {
  size_t structSize;
  void *extensions;
  struct {
    size_t structSize;
    void *extensions;
    const int64_t *minorToMajor;
    size_t minorToMajorCount;
    const int64_t *tileDimensions;
    const size_t *tileDimensionCounts;
    size_t tileCount;
  } tiled;
  int32_t kind;  // 0: tiled
} CPJRTMemoryLayout;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTClient *client;
  const void *data;
  int32_t elementType;
  const int64_t *dimensions;
  size_t dimensionCount;
  const int64_t *byteStrides;
  size_t byteStrideCount;
  int32_t hostMemoryUse;
  CPJRTDevice *device;
  CPJRTMemory *memory;
  CPJRTMemoryLayout *deviceLayout;
  CPJRTEvent *doneWithHostMemory;  // out
  CPJRTBuffer *buffer;             // out
} CPJRTBufferFromHost;

/// Arguments of the function that destroys a buffer.
typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTBuffer *buffer;
} CPJRTBufferDestroy;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTBuffer *buffer;
  size_t byteCount;  // out
} CPJRTBufferDeviceSize;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTBuffer *buffer;
  bool isDeleted;  // out
} CPJRTBufferIsDeleted;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTBuffer *buffer;
  CPJRTEvent *event;  // out
} CPJRTBufferReadyEvent;

typedef struct {
  size_t structSize;
  void *extensions;
  CPJRTBuffer *buffer;
  CPJRTMemoryLayout *hostLayout;
  void *destination;   // NULL asks for the size
  size_t byteCount;    // in, or out where the destination is NULL
  CPJRTEvent *event;   // out
} CPJRTBufferToHost;

// MARK: - Custom calls: functions of ours that a program calls

/// The kind of the extension that registers them, in the table's chain.
enum { CPJRTExtensionCustomCalls = 5 };

typedef struct CPJRTCallError CPJRTCallError;

/// A tensor that a program lends to a call. `elementType` is numbered differently from a buffer's.
typedef struct {
  size_t structSize;
  const CPJRTExtension *extensions;
  int32_t elementType;
  void *data;
  int64_t rank;
  const int64_t *dimensions;
} CPJRTCallBuffer;

typedef struct {
  size_t structSize;
  const CPJRTExtension *extensions;
  int64_t count;
  const int32_t *kinds;  // 1: buffer
  void *const *items;
} CPJRTCallValues;

typedef struct {
  const char *text;
  size_t textSize;
} CPJRTCallText;

typedef struct {
  int32_t elementType;
  const void *value;
} CPJRTCallScalar;

/// The kinds of an attribute that are read here.
enum { CPJRTCallAttributeScalar = 3, CPJRTCallAttributeString = 4 };

typedef struct {
  size_t structSize;
  const CPJRTExtension *extensions;
  int64_t count;
  const int32_t *kinds;
  const CPJRTCallText *const *names;
  const void *const *items;  // CPJRTCallScalar or CPJRTCallText
} CPJRTCallAttributes;

typedef struct CPJRTCallTable CPJRTCallTable;

/// One call of a custom call, at one of its stages.
typedef struct {
  size_t structSize;
  const CPJRTExtension *extensions;
  const CPJRTCallTable *table;
  void *context;
  int32_t stage;  // CPJRTCallStageExecute is the one with data
  CPJRTCallValues arguments, results;
  CPJRTCallAttributes attributes;
  void *future;
} CPJRTCallFrame;

enum { CPJRTCallStageExecute = 3 };

/// What a registered function does; `closure` is what it was registered with.
typedef CPJRTCallError *(*CPJRTCallBody)(void *closure, const CPJRTCallFrame *frame);

/// Registers `body` under `name` for programs on the CPU. The plugin has no place for a closure, so that each
/// registration takes one of a fixed number of functions, for good. Sets `*isFull` where all are taken and
/// `*isMissing` where the plugin has no custom calls; else returns the plugin's error or NULL.
CPJRTError *CPJRTRegisterCustomCall(const CPJRTTable *table, const char *name, size_t nameSize, CPJRTCallBody body,
                                    void *closure, bool *isFull, bool *isMissing);

/// Makes the error that a body returns; `message` ends with a zero and is copied.
CPJRTCallError *CPJRTMakeCallError(const CPJRTCallFrame *frame, const char *message);

/// Has `task(data)` called on one of the plugin's threads, during the call or later; returns whether it will be.
bool CPJRTScheduleTask(const CPJRTCallFrame *frame, void (*task)(void *data), void *data);

/// Keeps blocks that were given back instead of returning their pages to the kernel.
void CPJRTKeepLargeBlocks(void);
/// Gives all that is unused back to the system, where it is more than `kept` bytes and so much time has passed since the
/// last that it is no more than this a second.
void CPJRTGiveBackUnused(size_t bytesPerSecond, size_t kept);

#endif
