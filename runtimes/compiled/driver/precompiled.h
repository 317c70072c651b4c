/* The session's headers, compiled once, behind its back. */
#ifndef PRECOMPILED_H
#define PRECOMPILED_H
#include <sys/types.h>

struct compiler;

/* Makes one of these directives, unless it is the one there is. The one before serves until it is ready. */
void precompile(const struct compiler *compiler, const char *includes);
/* A child has ended; it may have been the compiler. */
void note_precompiled(pid_t pid, int status);
/* The header that is ready, or NULL. */
const char *precompiled_header(void);

#endif
