/*
 * Octave in libkrunner-driver.so. It loads us as a mex file. Whenever it has handled an error, it forgets interrupts that have come
 * meanwhile, puts its own handler for SIGINT back, and blocks the signal in its main thread.
 */
#include "driver.h"
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

extern WEAK volatile sig_atomic_t octave_interrupt_state;
extern WEAK void (*octave_signal_hook)(void);
extern WEAK void mexLock(void);

/* So it gets an interrupt again, until it has raised it. */
enum { AGAIN = 10000000 /* nanoseconds */ };
static int again_timer;
static volatile sig_atomic_t raised;
static void (*next_signal_hook)(void);

static void interrupt_again(long interval)
{
	struct itimerspec period = {{0, interval}, {0, interval}};
	syscall(SYS_timer_settime, again_timer, 0, &period, NULL);
}

/* Octave calls it when it looks for signals, right before it raises an interrupt. */
static void look_for_signals(void)
{
	if (next_signal_hook)
		next_signal_hook();
	if (octave_interrupt_state > 0)
		raised = 1;
}

void start_octave(void)
{
	if (!&octave_interrupt_state)
		return;
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGINT};
	syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &again_timer);
	next_signal_hook = octave_signal_hook;
	octave_signal_hook = look_for_signals;
}

void stop_octave(void)
{
	if (&octave_interrupt_state)
		interrupt_again(0);
}

int is_to_be_handled(const siginfo_t *info)
{
	if (!&octave_interrupt_state)
		return 1;
	int is_again = info->si_code == SI_TIMER;
	if (is_again && raised)
		interrupt_again(0);
	if (!is_again) {
		raised = 0;
		interrupt_again(AGAIN);
	}
	return !raised;
}

/* It has another thread for signals. But only in the main one SIGINT breaks off a read. */
EXPORTED int sigprocmask(int how, const sigset_t *set, sigset_t *previous)
{
	sigset_t kept;
	if (started && set && how != SIG_UNBLOCK && &octave_interrupt_state) {
		kept = *set;
		sigdelset(&kept, SIGINT);
		set = &kept;
	}
	return next_sigprocmask(how, set, previous);
}

/* What Octave calls: the number of arguments says what to do. Locked, `clear all` does not unload us. */
EXPORTED void mexFunction(int result_count, void **results, int count, const void **arguments)
{
	static int (*const actions[])(void) = {krunner_start, krunner_wait, krunner_enter, krunner_leave};
	(void)result_count, (void)results, (void)arguments;
	if (mexLock)
		mexLock();
	if (count < (int)(sizeof actions / sizeof *actions))
		actions[count]();
}
