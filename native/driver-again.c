/*
 * Interrupts in libkrunner-driver.so for a language that notices them late: Guile hands SIGINT to a thread of its own, which tells the
 * interrupted one. That may be back in its blocked read by then. So it is broken off again and again until the cell's end.
 * R only notes SIGINT, and may then begin to read. There it ends when R has raised the interrupt.
 */
#include "driver.h"
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { AGAIN = 20000000 /* nanoseconds */ };
static int timer;
static int insists;

static void set_timer(long interval)
{
	struct itimerspec period = {{0, interval}, {0, interval}};
	if (insists)
		syscall(SYS_timer_settime, timer, 0, &period, NULL);
}

/* Call it after krunner_start. */
EXPORTED int krunner_insist(void)
{
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGINT};
	insists = syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer) == 0;
	return 0;
}

/* -- Commands: one that is young may not have been there for the interrupt, or its shell was about to start another -- */

enum { YOUNG = 200 /* ms */ };
static volatile long command_began, interrupted_at;
static volatile sig_atomic_t insisted;

static long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

extern WEAK FILE *_IO_popen(const char *command, const char *mode);

EXPORTED FILE *popen(const char *command, const char *mode)
{
	static FILE *(*next)(const char *, const char *);
	if (!next)
		next = dlsym ? dlsym(RTLD_NEXT, "popen") : _IO_popen;
	FILE *stream = next(command, mode);
	command_began = now();
	return stream;
}

static int is_command_young(void)
{
	return command_began && interrupted_at - command_began < YOUNG;
}

/* -- SIGINT -- */

/* A byte of it, as its type depends on the version. */
extern WEAK char R_interrupts_pending;

static void break_off(void)
{
	int waits = is_command_young() && !insisted;
	if (waits && now() - interrupted_at >= YOUNG) {
		insisted = 1;
		kill(0, SIGINT);
	} else if (!waits && &R_interrupts_pending && !R_interrupts_pending)
		set_timer(0);
}

int is_again(const siginfo_t *info)
{
	if (!insists)
		return 0;
	if (info->si_code == SI_TIMER)
		break_off();
	if (info->si_code == SI_TIMER || (insisted && info->si_pid == getpid()))
		return 1;
	interrupted_at = now();
	set_timer(AGAIN);
	return 0;
}

void stop_again(void)
{
	set_timer(0);
	insisted = 0;
}
