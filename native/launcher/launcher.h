/* What the parts of the launcher share; launcher.c says what it is. There is no libc. */
#ifndef KRUNNER_LAUNCHER_H
#define KRUNNER_LAUNCHER_H
#include "../freestanding.h"

/* -- text.c -- */

/* One string of up to three, in memory that stays. */
char *joined(const char *first, const char *second, const char *third);
/* Copies these to one stretch of memory, in their order. */
void lay_out(char **list, int count);
/* Ends us with 127, as a shell does for what cannot be run. */
_Noreturn void fail(const char *what, const char *path);

/* -- environment.c -- */

/*
 * Gives another name to each variable that the loader, libc or Node would obey: they are meant for the image's programs. `env`
 * is an array of ours.
 */
void hide_variables(char **env);
/* Of the user's LD_PRELOAD what is in the folder `root`, after `first`. */
char *preloaded(char **env, const char *first, const char *root);

/* -- signals.c -- */

/* Of process 1: SIGTERM and SIGINT end it. */
void end_on_request(void);

/* -- loading.c -- */

/* Maps the loader of that path, and begins it on the stack `stack`, which is laid out as the kernel does. */
_Noreturn void begin_loader(const char *path, unsigned long *stack, unsigned long *auxiliary);

#endif
