#define _GNU_SOURCE
#include "experts.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef __x86_64__
#error "Only written and tested for x86-64."
#endif

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

void lock(void) { pthread_mutex_lock(&mutex); }
void unlock(void) { pthread_mutex_unlock(&mutex); }

struct search {
    struct addon *found;
    int count;
    int max;
};

struct tables {
    const ElfW(Sym) *symbols;
    const char *names;
    const ElfW(Rela) *calls;
    size_t calls_bytes;
    const ElfW(Rela) *data;
    size_t data_bytes;
};

/* glibc has turned these into addresses already; other C libraries leave offsets. */
static const void *address(ElfW(Addr) base, ElfW(Addr) value) {
    return (const void *)(value < base ? base + value : value);
}

static bool read_tables(const struct dl_phdr_info *info, struct tables *out) {
    const ElfW(Dyn) *entry = NULL;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        if (info->dlpi_phdr[i].p_type == PT_DYNAMIC) entry = (const void *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
    }
    memset(out, 0, sizeof *out);
    for (; entry != NULL && entry->d_tag != DT_NULL; entry++) {
        const void *at = address(info->dlpi_addr, entry->d_un.d_ptr);
        switch (entry->d_tag) {
            case DT_SYMTAB: out->symbols = at; break;
            case DT_STRTAB: out->names = at; break;
            case DT_JMPREL: out->calls = at; break;
            case DT_PLTRELSZ: out->calls_bytes = entry->d_un.d_val; break;
            case DT_RELA: out->data = at; break;
            case DT_RELASZ: out->data_bytes = entry->d_un.d_val; break;
            default: break;
        }
    }
    return out->symbols != NULL && out->names != NULL;
}

static void **find_entry(const struct tables *tables, ElfW(Addr) base, const ElfW(Rela) *list, size_t bytes) {
    for (size_t i = 0; list != NULL && i < bytes / sizeof *list; i++) {
        unsigned type = ELF64_R_TYPE(list[i].r_info);
        if (type != R_X86_64_JUMP_SLOT && type != R_X86_64_GLOB_DAT) continue;
        const char *name = tables->names + tables->symbols[ELF64_R_SYM(list[i].r_info)].st_name;
        if (strcmp(name, "llama_model_load_from_file") == 0) return (void **)(base + list[i].r_offset);
    }
    return NULL;
}

static int visit(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    struct search *search = data;
    const char *slash = info->dlpi_name == NULL ? NULL : strrchr(info->dlpi_name, '/');
    if (slash == NULL || strcmp(slash + 1, "llama-addon.node") != 0 || search->count == search->max) return 0;
    struct tables tables;
    if (!read_tables(info, &tables)) return 0;
    void **entry = find_entry(&tables, info->dlpi_addr, tables.calls, tables.calls_bytes);
    if (entry == NULL) entry = find_entry(&tables, info->dlpi_addr, tables.data, tables.data_bytes);
    void *module = dlopen(info->dlpi_name, RTLD_LAZY | RTLD_NOLOAD);
    if (entry != NULL && module != NULL) search->found[search->count++] = (struct addon){module, entry};
    return 0;
}

int find_addons(struct addon *found, int max) {
    struct search search = {found, 0, max};
    dl_iterate_phdr(visit, &search);
    return search.count;
}

/* Looks through the add-on's own dependencies: a second variant's llama.cpp may be loaded beside it. */
void *find_function(const struct addon *addon, const char *name) { return dlsym(addon->module, name); }

void *find_host_function(const char *name) { return dlsym(RTLD_DEFAULT, name); }

bool write_entry(void **entry, void *value) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    void *start = (void *)((size_t)entry & ~(page - 1));
    /* Left writable: lazily bound entries share the page, and the loader still has to write those. */
    if (mprotect(start, page, PROT_READ | PROT_WRITE) != 0) return false;
    __atomic_store_n(entry, value, __ATOMIC_RELEASE);
    return true;
}

/* Linked with -z nodelete, which says the same to the loader. */
void stay_loaded(void) {}
