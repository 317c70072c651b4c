/* What every program of ours needs that has no libc (`native/freestanding.c`). */
#ifndef KRUNNER_FREESTANDING_H
#define KRUNNER_FREESTANDING_H
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>

/* One of up to three arguments; system-call.h has the rest. */
#define CALL(name, a, b, c) system_call(SYS_##name, (long)(a), (long)(b), (long)(c), 0, 0, 0)

size_t length_of(const char *text);
int starts_with(const char *text, const char *head);
int is_same(const char *one, const char *other);

#endif
