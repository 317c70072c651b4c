/*
 * libkrunner-driver.so: what a query driver needs of the system where its language cannot say it. It is preloaded into the
 * language, and the driver calls it: Lua through package.loadlib, R through dyn.load, Octave as a mex file, Julia and Guile
 * as they call C. What all of them call takes nothing and returns nothing, so what it is called with is ignored.
 *
 * Languages handle SIGINT with SA_RESTART, so that a blocked read goes on after it; they put their handler back or take it
 * away as they like; and they know no moment at which an interrupt is nobody's. So from krunner_start on the handler is
 * ours. It calls the language's only while user code runs, and then breaks off what blocks. At other times SIGINT is
 * remembered if a request has come for it, and else forgotten.
 *
 * Built like the input hook: it needs no library, and loads under every libc.
 */
#include "driver.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

volatile sig_atomic_t started;
/* A child between fork and exec makes its own arrangements, with our memory in its hands if it was a vfork. */
static pid_t owner;
volatile sig_atomic_t was_interrupted;
/* A request has come, and until the driver waits for the next one an interrupt is meant for it. */
static volatile sig_atomic_t serving;
static volatile sig_atomic_t running;
static volatile sig_atomic_t remembered;

/* -- What the language calls, and would get of its libc else -- */

typedef void handler_function(int signal);

void (*default_handler)(int signal, siginfo_t *info, void *context);

/* How the language wants SIGINT to be handled. */
static struct sigaction language;

/* glibc before 2.34 keeps dlsym in a library that a shell which starts the language has not loaded. It has this instead. */
extern WEAK int __sigaction(int signal, const struct sigaction *action, struct sigaction *previous);

int next_sigaction(int signal, const struct sigaction *action, struct sigaction *previous)
{
	static int (*next)(int, const struct sigaction *, struct sigaction *);
	if (!next)
		next = dlsym ? dlsym(RTLD_NEXT, "sigaction") : __sigaction;
	return next(signal, action, previous);
}

int next_sigprocmask(int how, const sigset_t *set, sigset_t *previous)
{
	return (int)syscall(SYS_rt_sigprocmask, how, set, previous, _NSIG / 8);
}

EXPORTED int sigaction(int signal, const struct sigaction *action, struct sigaction *previous)
{
	if (!started || signal != SIGINT || getpid() != owner)
		return next_sigaction(signal, action, previous);
	if (previous)
		*previous = language;
	if (action)
		language = *action;
	return 0;
}

EXPORTED handler_function *signal(int signal, handler_function *handler)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, previous;
	return sigaction(signal, &action, &previous) == 0 ? previous.sa_handler : SIG_ERR;
}

/* What signal() is to a program that was compiled for a strict standard, such as Lua 5.3. */
EXPORTED handler_function *__sysv_signal(int number, handler_function *handler)
{
	return signal(number, handler);
}

/* -- SIGINT -- */

/* The control descriptors, and room for those that the language has opened for them. */
enum { FIRST_CONTROL_FD = 3, LAST_CONTROL_FD = 15 };

static int wait_for_request(int timeout)
{
	struct pollfd requests = {.fd = FIRST_CONTROL_FD, .events = POLLIN};
	return poll(&requests, 1, timeout);
}

static void interrupted(int signal, siginfo_t *info, void *context)
{
	/* Lua's handler puts the default in its own place. */
	struct sigaction kept = language;
	if (!running) {
		if (serving || wait_for_request(0) > 0)
			remembered = 1;
		return;
	}
	if (is_again(info) || !is_to_be_handled(info))
		return;
	was_interrupted = 1;
	if (kept.sa_handler == SIG_DFL) {
		if (default_handler)
			default_handler(signal, info, context);
	} else if (kept.sa_flags & SA_SIGINFO)
		kept.sa_sigaction(signal, info, context);
	else if (kept.sa_handler != SIG_IGN)
		kept.sa_handler(signal);
	language = kept;
}

/* `flags`: SA_RESTART, or none where what blocks is to be broken off. */
static void handle_interrupts(int flags)
{
	struct sigaction ours = {.sa_sigaction = interrupted, .sa_flags = SA_SIGINFO | flags};
	next_sigaction(SIGINT, &ours, NULL);
}

/* -- What the driver calls -- */

static void close_on_exec(void)
{
	for (int fd = FIRST_CONTROL_FD; fd <= LAST_CONTROL_FD; fd++) {
		int flags = fcntl(fd, F_GETFD);
		if (flags >= 0)
			fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
	}
}

/* Takes us out of LD_PRELOAD: programs that the user starts are none of ours. */
static void leave_environment(void)
{
	static const char separators[] = ": ";
	char *list = getenv("LD_PRELOAD");
	char *found = list ? strstr(list, "libkrunner-driver.so") : NULL;
	if (!found)
		return;
	char *rest = found + strcspn(found, separators);
	while (found > list && !strchr(separators, found[-1]))
		found--;
	rest += strspn(rest, separators);
	memmove(found, rest, strlen(rest) + 1);
}

/* Call it when all descriptors of the driver are open, and the language's handler is there. */
EXPORTED int krunner_start(void)
{
	close_on_exec();
	leave_environment();
	next_sigaction(SIGINT, NULL, &language);
	owner = getpid();
	started = 1;
	handle_interrupts(SA_RESTART);
	start_r();
	start_octave();
	return 0;
}

/* Blocks until there is a request to read. Nothing of it may be in a buffer of the language's. */
EXPORTED int krunner_wait(void)
{
	while (wait_for_request(-1) < 0 && errno == EINTR)
		;
	serving = 1;
	return 0;
}

/* User code runs from here on; an interrupt that was meant for it comes now. */
EXPORTED int krunner_enter(void)
{
	sigset_t interrupt;
	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	was_interrupted = 0;
	running = 1;
	handle_interrupts(0);
	next_sigprocmask(SIG_UNBLOCK, &interrupt, NULL);
	if (remembered) {
		remembered = 0;
		raise(SIGINT);
	}
	return 0;
}

/* What C code has printed is seen before the cell's end. */
EXPORTED int krunner_leave(void)
{
	fflush(NULL);
	running = 0;
	stop_octave();
	krunner_heard();
	stop_again();
	serving = 0;
	remembered = 0;
	handle_interrupts(SA_RESTART);
	return 0;
}

/* To Lua the count of results: called with `true`, it is true if an interrupt came since `krunner_enter`. */
EXPORTED int krunner_interrupted(void)
{
	return was_interrupted;
}
