/*
 * Interrupts in libkrunner-driver.so for a language that notices them late: Guile hands SIGINT to a thread of its own, which tells the
 * interrupted one. That may be back in its blocked read by then. So it is broken off again and again until the cell's end.
 * R only notes SIGINT, and may then begin to read. There it ends when R has raised the interrupt.
 */
#include "driver.h"
#include <stddef.h>
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

/* A byte of it, as its type depends on the version. */
extern WEAK char R_interrupts_pending;

int is_again(const siginfo_t *info)
{
	if (!insists)
		return 0;
	if (info->si_code == SI_TIMER) {
		if (&R_interrupts_pending && !R_interrupts_pending)
			set_timer(0);
		return 1;
	}
	set_timer(AGAIN);
	return 0;
}

void stop_again(void)
{
	set_timer(0);
}
