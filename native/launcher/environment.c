#include "launcher.h"

/* restore.c and src/cli/tree-entry.ts take it off again. */
static const char HIDDEN[] = "KRUNNER_HIDDEN_";

/*
 * The image's LD_PRELOAD may not load under our libc, its LD_LIBRARY_PATH has another libstdc++, NODE_OPTIONS is about another
 * Node. And where our real and effective users differ, the loader would remove the rest of these for good (glibc's
 * sysdeps/generic/unsecvars.h), while they still are the user's.
 */
static const char *const OBEYED[] = {
    "GCONV_PATH=",  "GETCONF_DIR=",  "GLIBC_TUNABLES=", "HOSTALIASES=", "ICU_DATA=", "LD_",
    "LOCALDOMAIN=", "LOCPATH=",      "MALLOC_",         "NIS_PATH=",    "NLSPATH=",  "NODE_",
    "OPENSSL_",     "RESOLV_HOST_CONF=", "RES_OPTIONS=", "SSL_CERT_",   "TMPDIR=",   "TZDIR=",
    "UV_",
};

static int is_obeyed(const char *variable) {
  for (size_t i = 0; i < sizeof OBEYED / sizeof *OBEYED; i++)
    if (starts_with(variable, OBEYED[i])) return 1;
  return 0;
}

void hide_variables(char **env) {
  for (; *env; env++)
    if (is_obeyed(*env)) *env = joined(HIDDEN, *env, "");
}

static char *value_of(char **env, const char *name) {
  for (; *env; env++)
    if (starts_with(*env, name)) return *env + length_of(name);
  return "";
}

char *preloaded(char **env, const char *first, const char *root) {
  char *list = joined(first, "", "");
  char *libraries = joined(value_of(env, "LD_PRELOAD="), "", "");
  for (char *at = libraries; *at;) {
    char *library = at;
    while (*at && *at != ':' && *at != ' ') at++;
    if (*at) *at++ = '\0';
    if (starts_with(library, root)) list = joined(list, ":", library);
  }
  return list;
}
