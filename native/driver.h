/* What the parts of libkrunner-driver.so share; driver-control.c says what it is for. */
#define _GNU_SOURCE
#include <signal.h>

#define EXPORTED __attribute__((visibility("default")))
#define WEAK __attribute__((weak))

#pragma weak dlsym

/* We are in a driver, and SIGINT is ours. */
extern volatile sig_atomic_t started;
extern volatile sig_atomic_t was_interrupted;

/* The libc's own. */
int next_sigaction(int signal, const struct sigaction *action, struct sigaction *previous);
int next_sigprocmask(int how, const sigset_t *set, sigset_t *previous);

/* For a language that would die of SIGINT: it is called then. */
extern void (*default_handler)(int signal, siginfo_t *info, void *context);

int krunner_start(void);
int krunner_wait(void);
int krunner_enter(void);
int krunner_leave(void);

/* driver-octave.c: all do nothing where Octave is not. */
void start_octave(void);
void stop_octave(void);
/* Whether this SIGINT is to be handed to the language: false for one that was sent again, and too late. */
int is_to_be_handled(const siginfo_t *info);

/* driver-r.c: nothing where R is not. */
void start_r(void);

/* driver-julia.c: nothing where Julia is not. */
int krunner_heard(void);

/* driver-again.c: nothing where the driver has not asked for it. Whether this SIGINT is only to break off what blocks. */
int is_again(const siginfo_t *info);
void stop_again(void);
