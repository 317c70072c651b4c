/*
 * libkrunner-driver.so: what a query driver needs of the system where its language cannot say it. Lua loads it with
 * package.loadlib, R with dyn.load, Octave as a mex file; each calls functions that take nothing and return nothing,
 * so what they are called with is ignored. The last two are for Lua.
 *
 * Languages handle SIGINT with SA_RESTART, so that a blocked read goes on after it; and they know no moment at which
 * an interrupt is nobody's. Here the language's own handler stays, but it is called only while user code runs, and
 * then breaks off what blocks. At other times SIGINT is remembered if a request has come for it, and else forgotten.
 *
 * Built like the input hook: no library is needed, so it loads under every libc.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WEAK __attribute__((weak))
#define EXPORTED __attribute__((visibility("default")))

/* The control descriptors, and room for those that the language has opened for them. */
enum { FIRST_CONTROL_FD = 3, LAST_CONTROL_FD = 15 };

static struct sigaction language;
/* A request has come, and until the driver waits for the next one an interrupt is meant for it. */
static volatile sig_atomic_t serving;
static volatile sig_atomic_t running;
static volatile sig_atomic_t remembered;
static volatile sig_atomic_t was_interrupted;

static void install(int flags);

static int request_has_come(void)
{
	struct pollfd requests = {.fd = FIRST_CONTROL_FD, .events = POLLIN};
	return poll(&requests, 1, 0) > 0;
}

static void interrupted(int signal, siginfo_t *info, void *context)
{
	if (!running) {
		if (serving || request_has_come())
			remembered = 1;
		return;
	}
	was_interrupted = 1;
	if (language.sa_flags & SA_SIGINFO)
		language.sa_sigaction(signal, info, context);
	else if (language.sa_handler != SIG_IGN && language.sa_handler != SIG_DFL)
		language.sa_handler(signal);
	/* Lua's handler, and others of that age, put the default in their own place. */
	install(SA_SIGINFO);
}

static void install(int flags)
{
	struct sigaction ours = {.sa_sigaction = interrupted, .sa_flags = flags};
	struct sigaction found;
	if (sigaction(SIGINT, &ours, &found) != 0)
		return;
	int is_ours = (found.sa_flags & SA_SIGINFO) && found.sa_sigaction == interrupted;
	if (!is_ours && found.sa_handler != SIG_DFL && found.sa_handler != SIG_IGN)
		language = found;
}

static void close_on_exec(void)
{
	for (int fd = FIRST_CONTROL_FD; fd <= LAST_CONTROL_FD; fd++) {
		int flags = fcntl(fd, F_GETFD);
		if (flags >= 0)
			fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
	}
}

/* Call it when all descriptors of the driver are open, and the language's handler is there. */
EXPORTED int krunner_start(void)
{
	close_on_exec();
	install(SA_SIGINFO | SA_RESTART);
	return 0;
}

/* Blocks until there is a request to read. Nothing of it may be in a buffer of the language's. */
EXPORTED int krunner_wait(void)
{
	struct pollfd requests = {.fd = FIRST_CONTROL_FD, .events = POLLIN};
	while (poll(&requests, 1, -1) < 0)
		if (errno != EINTR)
			break;
	serving = 1;
	return 0;
}

/* User code runs from here on; an interrupt that was meant for it comes now. */
EXPORTED int krunner_enter(void)
{
	was_interrupted = 0;
	running = 1;
	install(SA_SIGINFO);
	if (remembered) {
		remembered = 0;
		raise(SIGINT);
	}
	return 0;
}

EXPORTED int krunner_leave(void)
{
	running = 0;
	serving = 0;
	remembered = 0;
	install(SA_SIGINFO | SA_RESTART);
	return 0;
}

/* To Lua the count of results: called with `true`, it is true if an interrupt came since `krunner_enter`. */
EXPORTED int krunner_interrupted(void)
{
	return was_interrupted;
}

/* The same in every Lua from 5.1 on. */
extern WEAK const char *lua_tolstring(void *lua, int index, size_t *length);
extern WEAK void lua_pushnumber(void *lua, double number);

static int spawn_shell(pid_t *child, const char *command, const sigset_t *mask)
{
	char *arguments[] = {"sh", "-c", (char *)command, NULL};
	posix_spawnattr_t attributes;
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigmask(&attributes, mask);
	int error = posix_spawn(child, "/bin/sh", NULL, &attributes, arguments, environ);
	posix_spawnattr_destroy(&attributes);
	return error;
}

static long milliseconds_since(const struct timespec *start)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

/*
 * An interrupt that came before the child, or while a shell was about to fork one of its own, may have met nobody:
 * so who is that young gets it once more. Who is older has heard the first one, and may need its time to end.
 */
enum { YOUNG = 200 };

static void insist(pid_t child, const struct timespec *start)
{
	struct timespec rest = {.tv_nsec = YOUNG * 1000000L};
	siginfo_t ended = {0};
	if (milliseconds_since(start) >= YOUNG)
		return;
	nanosleep(&rest, NULL);
	if (waitid(P_PID, (id_t)child, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0)
		kill(0, SIGINT);
}

/*
 * Lua's os.execute(command): returns wait()'s status, or nothing. C's system(), which Lua has for it, ignores SIGINT
 * before its child is there to take it, so an interrupt in between is lost to both.
 */
EXPORTED int krunner_execute(void *lua)
{
	sigset_t interrupt, before;
	struct timespec start;
	pid_t child;
	int status = 0, insisted = 0;
	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigprocmask(SIG_BLOCK, &interrupt, &before);
	clock_gettime(CLOCK_MONOTONIC, &start);
	int error = spawn_shell(&child, lua_tolstring(lua, 1, NULL), &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (error)
		return 0;
	for (;;) {
		if (was_interrupted && !insisted) {
			insisted = 1;
			insist(child, &start);
		}
		if (waitpid(child, &status, 0) == child)
			break;
		if (errno != EINTR)
			return 0;
	}
	lua_pushnumber(lua, status);
	return 1;
}
