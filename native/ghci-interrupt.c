/*
 * Interrupts that ghci alone would not hear, or not make the user's code hear.
 *
 * It throws one at the thread that runs user code, which may catch it; when a second one comes, it no longer waits for
 * that thread. So an interrupt that has not ended the cell soon comes again, also to programs that ghci waits for.
 *
 * And compiled code is only left where it allocates or needs more of its stack: `forever (return ())` never allocates. So the
 * thread that is in such a loop is told that its stack is full. It then asks the scheduler for more, which sees the interrupt first.
 */
#include "ghci.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/* A signal that nobody uses, and that does nothing by default. */
enum { TICK = SIGURG };
/* A loop that was left a moment ago lets others run once, whatever it is. */
enum { ROUNDS = 2 };
enum { INTERVAL = 150, AGAIN = 3, LAST = 14 }; /* milliseconds, and ticks */

/* The runtime system's registers are in here, and one register of the processor points to them. */
extern WEAK char MainCapability[];
enum { CAPABILITY_HEAD = 64, LARGEST_STACK = 1 << 20 };

static int watches;
static struct sigaction of_ghci;
static timer_t timer;
static volatile sig_atomic_t ticks;
/* Until the cell has ended, and then until what runs on has shown that it lets others run, in so many rounds. */
static volatile sig_atomic_t insists, settles;

#if defined(__x86_64__)
#define REGISTER(context, name) ((context)->uc_mcontext.gregs[name])
enum { BASE = REG_R13, STACK = REG_RBP, STACK_LIMIT = REG_R15 };
#elif defined(__aarch64__)
#define REGISTER(context, name) ((context)->uc_mcontext.regs[name])
enum { BASE = 19, STACK = 20, STACK_LIMIT = 28 };
#endif

/* Only in code of Haskell do these registers stand to each other like this. */
static void leave_loop(ucontext_t *context)
{
#ifdef REGISTER
	uintptr_t base = (uintptr_t)REGISTER(context, BASE), stack = (uintptr_t)REGISTER(context, STACK);
	uintptr_t limit = (uintptr_t)REGISTER(context, STACK_LIMIT);
	if (!MainCapability || base - (uintptr_t)MainCapability >= CAPABILITY_HEAD)
		return;
	if (stack > limit && stack - limit < LARGEST_STACK)
		REGISTER(context, STACK_LIMIT) = -1;
#else
	(void)context;
#endif
}

static void set_timer(long interval)
{
	struct itimerspec period = {{0, interval * 1000000}, {0, interval * 1000000}};
	syscall(SYS_timer_settime, timer, 0, &period, NULL);
}

struct entry {
	uint64_t inode, offset;
	uint16_t length;
	uint8_t type;
	char name[];
};

static void signal_threads(void)
{
	_Alignas(struct entry) char buffer[4096];
	int fd = (int)syscall(SYS_openat, AT_FDCWD, "/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	long length;
	while (fd >= 0 && (length = syscall(SYS_getdents64, fd, buffer, sizeof buffer)) > 0)
		for (long at = 0; at < length; at += ((struct entry *)(buffer + at))->length) {
			int thread = atoi(((struct entry *)(buffer + at))->name);
			if (thread > 0)
				syscall(SYS_tgkill, getpid(), thread, TICK);
		}
	close(fd);
}

static void give_up(void)
{
	static const char why[] = "this code cannot be interrupted\n";
	syscall(SYS_write, STDERR_FILENO, why, sizeof why - 1);
	kill(getpid(), SIGKILL);
}

/* From the timer, and then from the first thread to all. */
static void tick(int signal, siginfo_t *info, void *context)
{
	int error = errno, is_timer = info->si_code == SI_TIMER;
	(void)signal;
	if (insists && !is_timer)
		leave_loop(context);
	if (is_timer && (insists || settles) && ++ticks >= LAST)
		give_up();
	if (insists && is_timer) {
		signal_threads();
		if (ticks % AGAIN == 0 && !verdict.interrupted)
			kill(0, SIGINT);
	}
	errno = error;
}

static int is_function(const struct sigaction *action)
{
	return (action->sa_flags & SA_SIGINFO) || (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN);
}

/* While ghci waits for a program it wants to hear nothing. The program may not be there yet, and then gets the next one. */
static void interrupted(int signal, siginfo_t *info, void *context)
{
	if (!insists) {
		insists = 1;
		ticks = 0;
		set_timer(INTERVAL);
	}
	if (!is_function(&of_ghci))
		return;
	if (of_ghci.sa_flags & SA_SIGINFO)
		of_ghci.sa_sigaction(signal, info, context);
	else
		of_ghci.sa_handler(signal);
}

/* -- What ghci and its libraries call, and would get of libkrunner-driver.so else: for children they put handlers away and back -- */

typedef int sigaction_function(int signal, const struct sigaction *action, struct sigaction *previous);

/* For an old libc's shell, which has no dlsym. */
extern WEAK sigaction_function __sigaction;

static int next_sigaction(int signal, const struct sigaction *action, struct sigaction *previous)
{
	static sigaction_function *next;
	if (!next)
		next = dlsym ? dlsym(RTLD_NEXT, "sigaction") : __sigaction;
	return next(signal, action, previous);
}

EXPORTED int sigaction(int signal, const struct sigaction *action, struct sigaction *previous)
{
	struct sigaction before = of_ghci, ours;
	if (!watches || signal != SIGINT)
		return next_sigaction(signal, action, previous);
	if (action) {
		of_ghci = ours = *action;
		ours.sa_sigaction = interrupted;
		ours.sa_flags |= SA_SIGINFO;
		action = &ours;
	}
	int result = next_sigaction(signal, action, previous);
	if (previous && (previous->sa_flags & SA_SIGINFO) && previous->sa_sigaction == interrupted)
		*previous = before;
	return result;
}

/* Before krunner_start, to which this is the language's handler. */
void watch_interrupts(void)
{
	struct sigaction of_others, ticking = {.sa_sigaction = tick, .sa_flags = SA_SIGINFO | SA_RESTART};
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = TICK};
	next_sigaction(SIGINT, NULL, &of_others);
	watches = 1;
	sigaction(SIGINT, &of_others, NULL);
	sigaction(TICK, &ticking, NULL);
	syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer);
}

int end_interrupt(void)
{
	if (insists)
		settles = ROUNDS + 1;
	insists = 0;
	if (settles > 0 && --settles == 0)
		set_timer(0);
	return settles > 0;
}

/* Before krunner_enter: one that came at the very end of the cell before is over. */
void forget_interrupt(void)
{
	insists = settles = 0;
	set_timer(0);
}
