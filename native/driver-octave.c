/*
 * Octave in libkrunner-driver.so. It loads us as a mex file. Whenever it has handled an error, it forgets interrupts that have come
 * meanwhile, puts its own handler for SIGINT back, and blocks the signal in its main thread.
 */
#include "driver.h"
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

extern WEAK volatile sig_atomic_t octave_interrupt_state;
extern WEAK volatile sig_atomic_t octave_signal_caught;
extern WEAK void (*octave_signal_hook)(void);
extern WEAK void mexLock(void);
/* Functions that were read from files before this are read again where those have changed. */
extern WEAK struct {
	time_t seconds;
	long microseconds;
} Vlast_prompt_time;

/* So it gets an interrupt again, until it has raised it. */
enum { AGAIN = 10 /* ms */ };
static int again_timer;
static volatile sig_atomic_t raised;
static void (*next_signal_hook)(void);

/* An interrupt that meets a child before it has become another program is lost: whose children are that young sends it again. */
enum { YOUNG = 200 /* ms */ };
static volatile long forked_at, interrupted_at;
static volatile sig_atomic_t insisted;

static long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

extern WEAK pid_t __fork(void);

EXPORTED pid_t fork(void)
{
	static pid_t (*next)(void);
	if (!next)
		next = dlsym ? dlsym(RTLD_NEXT, "fork") : __fork;
	forked_at = now();
	return next();
}

static void insist_on_children(void)
{
	if (insisted || now() - interrupted_at < YOUNG || interrupted_at - forked_at > YOUNG)
		return;
	insisted = 1;
	kill(0, SIGINT);
}

static void interrupt_again(long interval)
{
	struct timespec time = {0, interval * 1000000};
	struct itimerspec period = {time, time};
	syscall(SYS_timer_settime, again_timer, 0, &period, NULL);
}

/*
 * Octave calls it when it looks for signals, right before it raises an interrupt. While it cleans up it hides one that it
 * has not raised yet, but takes this for its only look: so it has to look again.
 */
static void look_for_signals(void)
{
	if (next_signal_hook)
		next_signal_hook();
	if (octave_interrupt_state > 0)
		raised = 1;
	else if (was_interrupted && !raised)
		octave_signal_caught = 1;
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
	insisted = 0;
}

int is_to_be_handled(const siginfo_t *info)
{
	if (!&octave_interrupt_state)
		return 1;
	int is_again = info->si_code == SI_TIMER;
	if (is_again && raised)
		interrupt_again(0);
	else if (is_again)
		insist_on_children();
	else {
		raised = 0;
		interrupted_at = now();
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

/* For the same reason that other thread must not wait for it. */
EXPORTED int sigwait(const sigset_t *set, int *signal)
{
	sigset_t others = *set;
	if (&octave_interrupt_state)
		sigdelset(&others, SIGINT);
	do
		*signal = (int)syscall(SYS_rt_sigtimedwait, &others, NULL, NULL, _NSIG / 8);
	while (*signal < 0 && errno == EINTR);
	return *signal < 0 ? errno : 0;
}

/* To user code each cell comes from a prompt. */
static int enter(void)
{
	struct timespec time;
	clock_gettime(CLOCK_REALTIME, &time);
	if (&Vlast_prompt_time) {
		Vlast_prompt_time.seconds = time.tv_sec;
		Vlast_prompt_time.microseconds = time.tv_nsec / 1000;
	}
	return krunner_enter();
}

/* An interrupt that Octave or user code has swallowed comes once more, now that the cell is at its end. */
static int insist(void)
{
	return was_interrupted ? raise(SIGINT) : 0;
}

/* What Octave calls: the number of arguments says what to do. Locked, `clear all` does not unload us. */
EXPORTED void mexFunction(int result_count, void **results, int count, const void **arguments)
{
	static int (*const actions[])(void) = {krunner_start, krunner_wait, enter, krunner_leave, insist};
	(void)result_count, (void)results, (void)arguments;
	if (mexLock)
		mexLock();
	if (count < (int)(sizeof actions / sizeof *actions))
		actions[count]();
}
