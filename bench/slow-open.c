/* Simulates slow storage: every open below SLOW_FOLDER takes SLOW_US microseconds longer.
 * bench/rows.mjs builds and preloads it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void wait_for(const char *path) {
  const char *folder = getenv("SLOW_FOLDER");
  if (folder && strncmp(path, folder, strlen(folder)) == 0) usleep(atoi(getenv("SLOW_US")));
}

#define OPEN(name)                                                    \
  int name(const char *path, int flags, ...) {                        \
    static int (*real)(const char *, int, ...);                       \
    if (!real) real = dlsym(RTLD_NEXT, #name);                        \
    va_list rest;                                                     \
    va_start(rest, flags);                                            \
    int mode = va_arg(rest, int);                                     \
    va_end(rest);                                                     \
    wait_for(path);                                                   \
    return real(path, flags, mode);                                   \
  }

OPEN(open)
OPEN(open64)
