// The door to libvips 8.14 and later: the few of its functions that are used, and for those with variable
// arguments, which Swift cannot call, one of a fixed form with the options that we always want.
//
// A header of our own rather than <vips/vips.h>, which drags in GLib and paths that differ from machine to
// machine. The declarations and numbers below belong to libvips' stable binary interface.
// As in libvips, 0 is success, and an image or a buffer that comes out belongs to the caller.
//
// Source: https://www.libvips.org/API/8.14/

#ifndef ONDOL_CVIPS_SHIMS_H
#define ONDOL_CVIPS_SHIMS_H

#include <stddef.h>

typedef struct _VipsImage VipsImage;
typedef struct _VipsArrayDouble VipsArrayDouble;
typedef struct _VipsArea VipsArea;

// GLib

void g_free(void *memory);
void g_object_unref(void *object);
unsigned int g_log_set_handler(const char *domain, int levels,
    void (*handler)(const char *domain, int level, const char *message, void *data), void *data);

// libvips

int vips_init(const char *program);
void vips_concurrency_set(int threads);
void vips_cache_set_max(int operations);
void vips_cache_set_max_mem(size_t bytes);
void vips_cache_set_max_files(int files);
void vips_block_untrusted_set(int blocked);
void vips_operation_block_set(const char *name, int blocked);

char *vips_error_buffer_copy(void);
void vips_error_clear(void);

int vips_image_get_width(const VipsImage *image);
int vips_image_get_height(const VipsImage *image);
int vips_image_get_bands(const VipsImage *image);
int vips_image_get_format(const VipsImage *image);
int vips_image_get_orientation(VipsImage *image);
size_t vips_image_get_typeof(const VipsImage *image, const char *name);
int vips_image_hasalpha(VipsImage *image);
VipsImage *vips_image_copy_memory(VipsImage *image);
VipsImage *vips_image_new_from_memory(
    const void *bytes, size_t count, int width, int height, int bands, int format);
void *vips_image_write_to_memory(VipsImage *image, size_t *count);
void vips_image_set_blob_copy(VipsImage *image, const char *name, const void *bytes, size_t count);

VipsArrayDouble *vips_array_double_new(const double *values, int count);
void vips_area_unref(VipsArea *area);

int vips_jpegload_buffer(void *bytes, size_t count, VipsImage **out, ...);
int vips_pngload_buffer(void *bytes, size_t count, VipsImage **out, ...);
int vips_webpload_buffer(void *bytes, size_t count, VipsImage **out, ...);
int vips_pngsave_buffer(VipsImage *in, void **bytes, size_t *count, ...);
int vips_jpegsave_buffer(VipsImage *in, void **bytes, size_t *count, ...);
int vips_webpsave_buffer(VipsImage *in, void **bytes, size_t *count, ...);
int vips_flatten(VipsImage *in, VipsImage **out, ...);
int vips_icc_transform(VipsImage *in, VipsImage **out, const char *profile, ...);
int vips_colourspace(VipsImage *in, VipsImage **out, int space, ...);
int vips_cast_uchar(VipsImage *in, VipsImage **out, ...);
int vips_autorot(VipsImage *in, VipsImage **out, ...);
int vips_copy(VipsImage *in, VipsImage **out, ...);
int vips_extract_band(VipsImage *in, VipsImage **out, int band, ...);
int vips_resize(VipsImage *in, VipsImage **out, double scale, ...);
int vips_text(VipsImage **out, const char *text, ...);

static const int ondol_vips_format_uint8 = 0;
static const int ondol_vips_format_uint16 = 2;
enum { ondol_vips_access_sequential = 1 };
enum { ondol_vips_fail_on_truncated = 1 };
enum { ondol_vips_interpretation_srgb = 22 };
enum { ondol_vips_kernel_lanczos3 = 5 };

static const char *const ondol_vips_profile_name = "icc-profile-data";

static inline void ondol_vips_ignore_log(const char *domain, int level, const char *message, void *data) {
    (void)domain; (void)level; (void)message; (void)data;
}

// Starts libvips: one thread for an image, no cache, no loader but the three, nothing on standard error.
static inline int ondol_vips_start(void) {
    // Warnings, messages, information and debugging: all but errors.
    g_log_set_handler("VIPS", 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7, ondol_vips_ignore_log, NULL);
    if (vips_init("ondol") != 0) return -1;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_cache_set_max_mem(0);
    vips_cache_set_max_files(0);
    vips_block_untrusted_set(1);
    vips_operation_block_set("VipsForeignLoad", 1);
    vips_operation_block_set("VipsForeignLoadJpeg", 0);
    vips_operation_block_set("VipsForeignLoadPng", 0);
    vips_operation_block_set("VipsForeignLoadWebp", 0);
    return 0;
}

// Decoding is lazy: these read the header only. The bytes must outlive the image.

static inline int ondol_vips_load_jpeg(const void *bytes, size_t count, VipsImage **out) {
    return vips_jpegload_buffer((void *)bytes, count, out,
        "access", ondol_vips_access_sequential, "fail_on", ondol_vips_fail_on_truncated, NULL);
}

static inline int ondol_vips_load_png(const void *bytes, size_t count, VipsImage **out) {
    return vips_pngload_buffer((void *)bytes, count, out,
        "access", ondol_vips_access_sequential, "fail_on", ondol_vips_fail_on_truncated, NULL);
}

// The first picture of an animation.
static inline int ondol_vips_load_webp(const void *bytes, size_t count, VipsImage **out) {
    return vips_webpload_buffer((void *)bytes, count, out, "page", 0, "n", 1,
        "access", ondol_vips_access_sequential, "fail_on", ondol_vips_fail_on_truncated, NULL);
}

// Lays transparency on a grey of `background`, in the image's own units.
static inline int ondol_vips_flatten(VipsImage *in, VipsImage **out, double background) {
    VipsArrayDouble *color = vips_array_double_new(&background, 1);
    int result = vips_flatten(in, out, "background", color, NULL);
    vips_area_unref((VipsArea *)color);
    return result;
}

static inline int ondol_vips_to_srgb_by_profile(VipsImage *in, VipsImage **out) {
    return vips_icc_transform(in, out, "srgb", "embedded", 1, "depth", 8, NULL);
}

static inline int ondol_vips_to_srgb(VipsImage *in, VipsImage **out) {
    return vips_colourspace(in, out, ondol_vips_interpretation_srgb, NULL);
}

static inline int ondol_vips_to_uint8(VipsImage *in, VipsImage **out) {
    return vips_cast_uchar(in, out, NULL);
}

static inline int ondol_vips_autorotate(VipsImage *in, VipsImage **out) {
    return vips_autorot(in, out, NULL);
}

// The last band, which is the transparency where there is one.
static inline int ondol_vips_last_band(VipsImage *in, VipsImage **out) {
    return vips_extract_band(in, out, vips_image_get_bands(in) - 1, NULL);
}

// Marks plain RGB as sRGB of 72 pixels to the inch.
static inline int ondol_vips_mark_srgb(VipsImage *in, VipsImage **out) {
    return vips_copy(in, out, "interpretation", ondol_vips_interpretation_srgb,
        "xres", 72.0 / 25.4, "yres", 72.0 / 25.4, NULL);
}

// A copy with an XMP packet in it, which every format is saved with. The bytes are copied.
static inline int ondol_vips_add_metadata(VipsImage *in, VipsImage **out, const void *packet, size_t count) {
    if (vips_copy(in, out, NULL) != 0) return -1;
    vips_image_set_blob_copy(*out, "xmp-data", packet, count);
    return 0;
}

// One line of text as a mask of one band, cut to its ink: 255 where there is ink. `font` names a family, a weight and a
// size in Pango's words, `file` the font file that it is taken from. The text is markup, as Pango reads it.
static inline int ondol_vips_text(VipsImage **out, const char *text, const char *font, const char *file) {
    // At 72 dots to the inch a point is a pixel.
    return vips_text(out, text, "font", font, "fontfile", file, "dpi", 72, NULL);
}

static inline int ondol_vips_resize(VipsImage *in, VipsImage **out, double horizontal, double vertical) {
    return vips_resize(in, out, horizontal, "vscale", vertical, "kernel", ondol_vips_kernel_lanczos3, NULL);
}

static inline int ondol_vips_save_png(VipsImage *in, void **bytes, size_t *count) {
    return vips_pngsave_buffer(in, bytes, count, "compression", 6, NULL);
}

static inline int ondol_vips_save_jpeg(VipsImage *in, void **bytes, size_t *count, int quality) {
    return vips_jpegsave_buffer(in, bytes, count, "Q", quality, "optimize_coding", 1, NULL);
}

static inline int ondol_vips_save_webp(VipsImage *in, void **bytes, size_t *count, int quality) {
    return vips_webpsave_buffer(in, bytes, count, "Q", quality, NULL);
}

#endif
