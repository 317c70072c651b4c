/* What the language of the cells needs around them, beyond C. */
#ifndef GUARD_H
#define GUARD_H

struct task;

#ifdef __cplusplus
extern "C" {
#endif

/* Runs it; the type of an exception that leaves it, after it was shown on stderr, or NULL. */
const char *run_in_guard(void (*run)(const struct task *task), const struct task *task);
/* How the language writes the name of a symbol: malloc'ed, or NULL where it is as it stands. */
char *readable_symbol(const char *name);
/* The cell was left in the midst of what it did: no lock of the language may stay. */
void leave_language(void);
/* Whether it is in the midst of something that no jump may leave. */
int is_midway(void);
/* Whether an exit with that code is the language's way to end what has failed. */
int exit_is_error(int code);
/* Streams of the language's own, beside C's. */
void flush_language_streams(void);

#ifdef __cplusplus
}
#endif
#endif
