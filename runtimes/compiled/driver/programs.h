/* The driver's signals, and the programs that it runs for itself: compilers. */
#ifndef PROGRAMS_H
#define PROGRAMS_H
#include <sys/types.h>

#include "text.h"

/* From now on SIGINT and SIGCHLD are only noted. */
void hold_signals(void);
/* For a child, before user code runs in it. */
void restore_signals(void);
/* Whether SIGINT has come since the last call of this. */
int was_interrupted(void);
/* Sleeps until the descriptor can be read (true), a signal was noted or the time is over (ms, -1: never). */
int wait_for(int fd, int timeout);
/* Buries all dead children, and tells of each. */
void reap(void (*ended)(pid_t pid, int status));

/* Its exit code, or 128 + signal; takes what it writes. */
int run_program(char *const argv[], struct text *printed);
/* Not waited for, silent, and left alone by interrupts. Its process id, or -1. */
pid_t start_program(char *const argv[]);

#endif
