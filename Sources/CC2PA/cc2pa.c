#include "cc2pa.h"

#include <dlfcn.h>
#include <string.h>

const char *ondol_c2pa_open(const char *path, OndolC2PA *library) {
    static const char *const names[] = {
        "c2pa_version",
        "c2pa_error",
        "c2pa_error_set_last",
        "c2pa_free",
        "c2pa_create_stream",
        "c2pa_release_stream",
        "c2pa_settings_new",
        "c2pa_settings_update_from_string",
        "c2pa_context_builder_new",
        "c2pa_context_builder_set_settings",
        "c2pa_context_builder_set_signer",
        "c2pa_context_builder_set_http_resolver",
        "c2pa_context_builder_build",
        "c2pa_http_resolver_create",
        "c2pa_signer_from_info",
        "c2pa_builder_from_context",
        "c2pa_builder_with_definition",
        "c2pa_builder_add_resource",
        "c2pa_builder_add_ingredient_from_stream",
        "c2pa_builder_sign_context",
        "c2pa_reader_from_context",
        "c2pa_reader_with_stream",
        "c2pa_reader_json",
        "c2pa_reader_resource_to_stream",
    };
    enum { count = sizeof names / sizeof *names };
    // The table holds one pointer for each name, in the same order.
    _Static_assert(sizeof(OndolC2PA) == count * sizeof(void *), "a function has no name, or a name no function");
    void *functions[count];

    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!handle) return dlerror();
    for (size_t index = 0; index < count; index++) {
        functions[index] = dlsym(handle, names[index]);
        if (!functions[index]) return dlerror();
    }
    memcpy(library, functions, sizeof functions);
    return NULL;
}
