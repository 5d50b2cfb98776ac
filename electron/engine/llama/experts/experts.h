/*
 * Keeps the experts of a model's first layers in system memory: stands in front of llama.cpp's llama_model_load_from_file as
 * node-llama-cpp's own add-on calls it, and adds the placement that node-llama-cpp has no option for.
 * experts.c: plans and the interface to JavaScript. modules-*.c: where that one call can be redirected on each system.
 */
#ifndef STINT_EXPERTS_H
#define STINT_EXPERTS_H

#include <stdbool.h>
#include <stddef.h>

#include "llama.h"

#define STINT_MAX_ADDONS 8

typedef struct llama_model *(*load_model_fn)(const char *path, struct llama_model_params params);

/* A loaded llama-addon.node: `entry` is the word through which it calls llama_model_load_from_file. */
struct addon {
    void *module;
    void **entry;
};

/* Fills `found` with every loaded llama-addon.node that imports the function; returns how many there are, at most `max`. */
int find_addons(struct addon *found, int max);

/* A function of the llama.cpp libraries that this add-on was linked to, or NULL. */
void *find_function(const struct addon *addon, const char *name);

/* A function of the program that loaded us: Node or Electron. */
void *find_host_function(const char *name);

/* Writes through the protection that the loader put on import tables; false when the system refuses. */
bool write_entry(void **entry, void *value);

/* Keeps this library loaded for as long as the process lives: redirected calls end in it. */
void stay_loaded(void);

void lock(void);
void unlock(void);

#endif
