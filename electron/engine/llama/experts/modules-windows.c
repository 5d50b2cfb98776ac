#include "experts.h"

#include <windows.h>
#include <psapi.h>
#include <string.h>

static SRWLOCK mutex = SRWLOCK_INIT;

void lock(void) { AcquireSRWLockExclusive(&mutex); }
void unlock(void) { ReleaseSRWLockExclusive(&mutex); }

static const void *at(HMODULE module, DWORD offset) { return (const char *)module + offset; }

static const IMAGE_IMPORT_DESCRIPTOR *imports_of(HMODULE module) {
    const IMAGE_DOS_HEADER *dos = (const void *)module;
    const IMAGE_NT_HEADERS *nt = at(module, (DWORD)dos->e_lfanew);
    DWORD start = nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress;
    return start == 0 ? NULL : at(module, start);
}

static void **find_entry(HMODULE module) {
    const IMAGE_IMPORT_DESCRIPTOR *library = imports_of(module);
    for (; library != NULL && library->Name != 0; library++) {
        const IMAGE_THUNK_DATA *name = at(module, library->OriginalFirstThunk);
        IMAGE_THUNK_DATA *entry = (IMAGE_THUNK_DATA *)at(module, library->FirstThunk);
        for (; name->u1.AddressOfData != 0; name++, entry++) {
            if (IMAGE_SNAP_BY_ORDINAL(name->u1.Ordinal)) continue;
            const IMAGE_IMPORT_BY_NAME *import = at(module, (DWORD)name->u1.AddressOfData);
            if (strcmp(import->Name, "llama_model_load_from_file") == 0) return (void **)&entry->u1.Function;
        }
    }
    return NULL;
}

int find_addons(struct addon *found, int max) {
    HMODULE modules[1024];
    DWORD bytes = 0;
    if (!EnumProcessModules(GetCurrentProcess(), modules, sizeof modules, &bytes)) return 0;
    DWORD count = bytes < sizeof modules ? bytes / sizeof(HMODULE) : sizeof modules / sizeof(HMODULE);
    int known = 0;
    for (DWORD i = 0; i < count && known < max; i++) {
        char name[MAX_PATH];
        if (GetModuleBaseNameA(GetCurrentProcess(), modules[i], name, sizeof name) == 0 || _stricmp(name, "llama-addon.node") != 0) continue;
        void **entry = find_entry(modules[i]);
        if (entry != NULL) found[known++] = (struct addon){modules[i], entry};
    }
    return known;
}

/* Looks in the libraries that this add-on names in its imports: a second variant's llama.cpp may be loaded beside it. */
void *find_function(const struct addon *addon, const char *name) {
    const IMAGE_IMPORT_DESCRIPTOR *library = imports_of(addon->module);
    for (; library != NULL && library->Name != 0; library++) {
        HMODULE module = GetModuleHandleA(at(addon->module, library->Name));
        void *found = module == NULL ? NULL : (void *)GetProcAddress(module, name);
        if (found != NULL) return found;
    }
    return NULL;
}

/* Electron is not called node.exe: whichever program runs is asked. */
void *find_host_function(const char *name) { return (void *)GetProcAddress(GetModuleHandleA(NULL), name); }

bool write_entry(void **entry, void *value) {
    DWORD before = 0;
    if (!VirtualProtect(entry, sizeof *entry, PAGE_READWRITE, &before)) return false;
    InterlockedExchangePointer(entry, value);
    VirtualProtect(entry, sizeof *entry, before, &before);
    return true;
}

void stay_loaded(void) {
    HMODULE self = NULL;
    GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN, (const char *)&mutex, &self);
}
