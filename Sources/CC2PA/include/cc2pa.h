// The door to the C interface of c2pa-rs 0.91, the library that writes and reads content credentials.
//
// A header of our own with the few functions that are used: the wheel that the library comes in has none. The library
// is not linked but opened at run time, so that the program starts and draws without it, and can say what is missing.
// What the library gives out is freed with ondol_c2pa_free, unless its comment says that it is consumed.
//
// Source: https://github.com/contentauth/c2pa-rs, c2pa_c_ffi/src/c_api.rs

#ifndef ONDOL_CC2PA_H
#define ONDOL_CC2PA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct C2paStream C2paStream;
typedef struct C2paSettings C2paSettings;
typedef struct C2paContextBuilder C2paContextBuilder;
typedef struct C2paContext C2paContext;
typedef struct C2paSigner C2paSigner;
typedef struct C2paBuilder C2paBuilder;
typedef struct C2paReader C2paReader;
typedef struct C2paHttpResolver C2paHttpResolver;

typedef struct {
    const char *alg;
    const char *sign_cert;
    const char *private_key;
    const char *_Nullable ta_url;
} C2paSignerInfo;

// Callbacks of a stream: bytes read or written, the new position, 0; negative where that failed.
typedef intptr_t (*OndolC2PARead)(void *context, uint8_t *bytes, intptr_t count);
typedef intptr_t (*OndolC2PASeek)(void *context, intptr_t offset, int mode);
typedef intptr_t (*OndolC2PAWrite)(void *context, const uint8_t *bytes, intptr_t count);
typedef intptr_t (*OndolC2PAFlush)(void *context);
enum { ondol_c2pa_seek_start = 0, ondol_c2pa_seek_current = 1, ondol_c2pa_seek_end = 2 };

// An opened library: one pointer for each function that is used.
typedef struct {
    char *_Nullable (*_Nonnull version)(void);
    char *_Nullable (*_Nonnull error)(void);
    int (*_Nonnull error_set_last)(const char *message);
    int (*_Nonnull free)(const void *_Nullable memory);
    C2paStream *_Nullable (*_Nonnull create_stream)(
        void *context, OndolC2PARead read, OndolC2PASeek seek, OndolC2PAWrite write, OndolC2PAFlush flush);
    void (*_Nonnull release_stream)(C2paStream *stream);
    C2paSettings *_Nullable (*_Nonnull settings_new)(void);
    int (*_Nonnull settings_update_from_string)(C2paSettings *settings, const char *text, const char *format);
    C2paContextBuilder *_Nullable (*_Nonnull context_builder_new)(void);
    int (*_Nonnull context_builder_set_settings)(C2paContextBuilder *builder, C2paSettings *settings);
    // Consumes the signer.
    int (*_Nonnull context_builder_set_signer)(C2paContextBuilder *builder, C2paSigner *signer);
    // Consumes the resolver.
    int (*_Nonnull context_builder_set_http_resolver)(C2paContextBuilder *builder, C2paHttpResolver *resolver);
    // Consumes the builder. A context may be used from many threads at once.
    C2paContext *_Nullable (*_Nonnull context_builder_build)(C2paContextBuilder *builder);
    C2paHttpResolver *_Nullable (*_Nonnull http_resolver_create)(
        const void *_Nullable context, int (*_Nonnull resolve)(void *_Nullable, const void *, void *));
    C2paSigner *_Nullable (*_Nonnull signer_from_info)(const C2paSignerInfo *info);
    C2paBuilder *_Nullable (*_Nonnull builder_from_context)(C2paContext *context);
    // Consumes the builder, whether it succeeds or not.
    C2paBuilder *_Nullable (*_Nonnull builder_with_definition)(C2paBuilder *builder, const char *json);
    int (*_Nonnull builder_add_resource)(C2paBuilder *builder, const char *name, C2paStream *stream);
    int (*_Nonnull builder_add_ingredient_from_stream)(
        C2paBuilder *builder, const char *json, const char *format, C2paStream *stream);
    int64_t (*_Nonnull builder_sign_context)(
        C2paBuilder *builder, const char *format, C2paStream *source, C2paStream *target,
        const uint8_t *_Nullable *_Nonnull manifest);
    C2paReader *_Nullable (*_Nonnull reader_from_context)(C2paContext *context);
    // Consumes the reader, whether it succeeds or not.
    C2paReader *_Nullable (*_Nonnull reader_with_stream)(C2paReader *reader, const char *format, C2paStream *stream);
    char *_Nullable (*_Nonnull reader_json)(C2paReader *reader);
    int64_t (*_Nonnull reader_resource_to_stream)(C2paReader *reader, const char *uri, C2paStream *target);
} OndolC2PA;

// Opens the library at a path and fills the table. NULL where that is done; otherwise what the system says is wrong, a
// text that is to be copied before this thread opens another library. An opened library stays open.
const char *_Nullable ondol_c2pa_open(const char *path, OndolC2PA *library);

#pragma clang assume_nonnull end

#endif
