#include "experts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What the build was made for: see build/experts/source.mjs. */
#ifndef STINT_RELEASE
#error "Built by build/experts/build.mjs"
#endif

/* ---- Node-API, as far as it is needed. Its ABI is stable; found in the running program, so that no host has to be linked. ---- */

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);

static struct {
    int (*get_cb_info)(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
    int (*get_value_string_utf8)(napi_env, napi_value, char *, size_t, size_t *);
    int (*get_value_int32)(napi_env, napi_value, int32_t *);
    int (*create_string_utf8)(napi_env, const char *, size_t, napi_value *);
    int (*create_int32)(napi_env, int32_t, napi_value *);
    int (*create_function)(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
    int (*set_named_property)(napi_env, napi_value, const char *, napi_value);
} napi;

static bool find_napi(void) {
    *(void **)&napi.get_cb_info = find_host_function("napi_get_cb_info");
    *(void **)&napi.get_value_string_utf8 = find_host_function("napi_get_value_string_utf8");
    *(void **)&napi.get_value_int32 = find_host_function("napi_get_value_int32");
    *(void **)&napi.create_string_utf8 = find_host_function("napi_create_string_utf8");
    *(void **)&napi.create_int32 = find_host_function("napi_create_int32");
    *(void **)&napi.create_function = find_host_function("napi_create_function");
    *(void **)&napi.set_named_property = find_host_function("napi_set_named_property");
    return napi.get_cb_info && napi.get_value_string_utf8 && napi.get_value_int32 && napi.create_string_utf8 && napi.create_int32 && napi.create_function && napi.set_named_property;
}

/* ---- Plans: which tensors of which file stay in system memory. One for each load that is going on. ---- */

struct plan {
    int32_t id;
    char *path;
    char *pattern;
    /* llama.cpp reads the list while it loads; it ends with an empty one. */
    struct llama_model_tensor_buft_override overrides[2];
    int32_t applied;
    int running;
    bool dropped;
    struct plan *next;
};

static struct plan *plans;
static int32_t last_id;

static void free_plan(struct plan *plan) {
    for (struct plan **at = &plans; *at != NULL; at = &(*at)->next) {
        if (*at != plan) continue;
        *at = plan->next;
        break;
    }
    free(plan->path);
    free(plan->pattern);
    free(plan);
}

static struct plan *find_plan(const char *path, int32_t id) {
    for (struct plan *plan = plans; plan != NULL; plan = plan->next) {
        if (!plan->dropped && (path == NULL ? plan->id == id : strcmp(plan->path, path) == 0)) return plan;
    }
    return NULL;
}

/* ---- The stand-in: one function for each add-on, since the call does not say where it comes from. ---- */

static struct {
    struct addon addon;
    load_model_fn real;
    ggml_backend_buffer_type_t in_memory;
} attached[STINT_MAX_ADDONS];
static int attached_count;

static bool maps_the_file(enum llama_load_mode mode) {
    return mode == LLAMA_LOAD_MODE_AUTO || mode == LLAMA_LOAD_MODE_MMAP || mode == LLAMA_LOAD_MODE_MMAP_MLOCK;
}

static struct llama_model *load(int index, const char *path, struct llama_model_params params) {
    lock();
    load_model_fn real = attached[index].real;
    struct plan *plan = path == NULL ? NULL : find_plan(path, 0);
    /* Anything but the load that was planned for passes through untouched. */
    if (plan != NULL && (params.tensor_buft_overrides != NULL || maps_the_file(params.load_mode))) plan = NULL;
    if (plan != NULL) {
        plan->running++;
        plan->overrides[0] = (struct llama_model_tensor_buft_override){plan->pattern, attached[index].in_memory};
        params.tensor_buft_overrides = plan->overrides;
    }
    unlock();
    struct llama_model *model = real(path, params);
    if (plan != NULL) {
        lock();
        plan->running--;
        plan->applied++;
        if (plan->dropped && plan->running == 0) free_plan(plan);
        unlock();
    }
    return model;
}

#define STAND_IN(n) \
    static struct llama_model *stand_in_##n(const char *path, struct llama_model_params params) { return load(n, path, params); }
STAND_IN(0) STAND_IN(1) STAND_IN(2) STAND_IN(3) STAND_IN(4) STAND_IN(5) STAND_IN(6) STAND_IN(7)
static const load_model_fn stand_ins[STINT_MAX_ADDONS] = {stand_in_0, stand_in_1, stand_in_2, stand_in_3, stand_in_4, stand_in_5, stand_in_6, stand_in_7};

/* ---- Guards ---- */

static bool says(const struct addon *addon, const char *function, const char *expected) {
    const char *(*ask)(void) = NULL;
    *(void **)&ask = find_function(addon, function);
    const char *answer = ask == NULL ? NULL : ask();
    return answer != NULL && strcmp(answer, expected) == 0;
}

/*
 * The parameters are passed by value, so their layout must be the one compiled in. A structure of this size is returned through a
 * hidden pointer, the first argument, on both systems: calling with a larger buffer shows how much the library really writes.
 */
static bool has_our_layout(const struct addon *addon) {
    enum { AFTER = 256 };
    union {
        struct llama_model_params params;
        unsigned char bytes[sizeof(struct llama_model_params) + AFTER];
    } seen[2];
    void *(*defaults)(void *result) = NULL;
    *(void **)&defaults = find_function(addon, "llama_model_default_params");
    if (defaults == NULL) return false;
    for (int i = 0; i < 2; i++) {
        memset(&seen[i], i == 0 ? 0xA5 : 0x5A, sizeof seen[i]);
        defaults(&seen[i]);
        const struct llama_model_params *p = &seen[i].params;
        const unsigned char *flags = (const unsigned char *)&p->vocab_only;
        static const unsigned char expected[] = {0, 0, 1, 0, 0, 0};
        if (p->devices != NULL || p->tensor_buft_overrides != NULL || p->n_gpu_layers != -1 || p->split_mode != LLAMA_SPLIT_MODE_LAYER) return false;
        if (p->load_mode != LLAMA_LOAD_MODE_AUTO || p->lazy_mode != LLAMA_LAZY_MODE_AUTO || p->main_gpu != 0 || p->tensor_split != NULL) return false;
        if (p->progress_callback != NULL || p->progress_callback_user_data != NULL || p->kv_overrides != NULL) return false;
        if (memcmp(flags, expected, sizeof expected) != 0) return false;
    }
    for (size_t i = sizeof(struct llama_model_params); i < sizeof seen[0].bytes; i++) {
        if (seen[0].bytes[i] != 0xA5 || seen[1].bytes[i] != 0x5A) return false;
    }
    return true;
}

static const char *attach_one(struct addon addon) {
    for (int i = 0; i < attached_count; i++) {
        if (attached[i].addon.entry == addon.entry) return "";
    }
    if (attached_count == STINT_MAX_ADDONS) return "too-many";
    if (!says(&addon, "llama_version", STINT_LLAMA_VERSION) || !says(&addon, "ggml_commit", STINT_GGML_COMMIT)) return "release";
    if (!has_our_layout(&addon)) return "layout";
    load_model_fn real = NULL;
    ggml_backend_buffer_type_t (*in_memory)(void) = NULL;
    *(void **)&real = find_function(&addon, "llama_model_load_from_file");
    *(void **)&in_memory = find_function(&addon, "ggml_backend_cpu_buffer_type");
    if (real == NULL || in_memory == NULL || in_memory() == NULL) return "symbol";
    int index = attached_count++;
    attached[index].addon = addon;
    attached[index].real = real;
    attached[index].in_memory = in_memory();
    void *replacement = NULL;
    memcpy(&replacement, &stand_ins[index], sizeof replacement);
    if (write_entry(addon.entry, replacement)) return "";
    attached_count--;
    return "protected";
}

/* ---- The interface to JavaScript: electron/engine/llama/experts/experts.ts describes it. ---- */

static char *read_string(napi_env env, napi_value value) {
    size_t length = 0;
    if (napi.get_value_string_utf8(env, value, NULL, 0, &length) != 0) return NULL;
    char *text = malloc(length + 1);
    if (text != NULL) napi.get_value_string_utf8(env, value, text, length + 1, &length);
    return text;
}

static napi_value text(napi_env env, const char *value) {
    napi_value result = NULL;
    napi.create_string_utf8(env, value, SIZE_MAX, &result);
    return result;
}

static napi_value number(napi_env env, int32_t value) {
    napi_value result = NULL;
    napi.create_int32(env, value, &result);
    return result;
}

/* attach(release): "" when every loaded llama-addon.node now goes through here, else a word for why not. */
static napi_value js_attach(napi_env env, napi_callback_info info) {
    napi_value arguments[1];
    size_t count = 1;
    if (napi.get_cb_info(env, info, &count, arguments, NULL, NULL) != 0 || count < 1) return text(env, "arguments");
    char *release = read_string(env, arguments[0]);
    bool is_ours = release != NULL && strcmp(release, STINT_RELEASE) == 0;
    free(release);
    if (!is_ours) return text(env, "release");
    struct addon found[STINT_MAX_ADDONS];
    const char *why = "no-addon";
    lock();
    int known = find_addons(found, STINT_MAX_ADDONS);
    for (int i = 0; i < known; i++) {
        why = attach_one(found[i]);
        if (*why != '\0') break;
    }
    unlock();
    return text(env, why);
}

/* arm(path, pattern): an id for disarm, or 0 when this file has a plan already or memory ran out. */
static napi_value js_arm(napi_env env, napi_callback_info info) {
    napi_value arguments[2];
    size_t count = 2;
    if (napi.get_cb_info(env, info, &count, arguments, NULL, NULL) != 0 || count < 2) return number(env, 0);
    struct plan *plan = calloc(1, sizeof *plan);
    if (plan == NULL) return number(env, 0);
    plan->path = read_string(env, arguments[0]);
    plan->pattern = read_string(env, arguments[1]);
    lock();
    bool is_usable = plan->path != NULL && plan->pattern != NULL && find_plan(plan->path, 0) == NULL;
    int32_t id = 0;
    if (is_usable) {
        id = plan->id = ++last_id;
        plan->next = plans;
        plans = plan;
    }
    unlock();
    if (!is_usable) {
        free(plan->path);
        free(plan->pattern);
        free(plan);
    }
    return number(env, id);
}

/* disarm(id): how many loads went by the plan, or -1 when there is none of this id. */
static napi_value js_disarm(napi_env env, napi_callback_info info) {
    napi_value arguments[1];
    size_t count = 1;
    int32_t id = 0;
    if (napi.get_cb_info(env, info, &count, arguments, NULL, NULL) != 0 || count < 1 || napi.get_value_int32(env, arguments[0], &id) != 0) return number(env, -1);
    lock();
    struct plan *plan = find_plan(NULL, id);
    int32_t applied = plan == NULL ? -1 : plan->applied;
    if (plan != NULL) {
        plan->dropped = true;
        if (plan->running == 0) free_plan(plan);
    }
    unlock();
    return number(env, applied);
}

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

EXPORT int32_t node_api_module_get_api_version_v1(void);
EXPORT int32_t node_api_module_get_api_version_v1(void) { return 8; }

EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports);
EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports) {
    static const struct {
        const char *name;
        napi_callback call;
    } functions[] = {{"attach", js_attach}, {"arm", js_arm}, {"disarm", js_disarm}};
    if (!find_napi()) return NULL;
    stay_loaded();
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        napi_value function = NULL;
        if (napi.create_function(env, functions[i].name, SIZE_MAX, functions[i].call, NULL, &function) != 0) return NULL;
        napi.set_named_property(env, exports, functions[i].name, function);
    }
    napi.set_named_property(env, exports, "release", text(env, STINT_RELEASE));
    napi.set_named_property(env, exports, "source", text(env, STINT_SOURCE));
    return exports;
}
