/*
 * C's system() in libkrunner-driver.so. The libc's own ignores SIGINT before its child is there to take it, so an interrupt in
 * between is lost to both, and the language hears of none: it goes on as if the command had ended by itself.
 */
#include "driver.h"
#include <errno.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

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
	while (nanosleep(&rest, &rest) != 0 && errno == EINTR)
		;
	if (waitid(P_PID, (id_t)child, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0)
		kill(0, SIGINT);
}

static int wait_for_child(pid_t child, const struct timespec *start)
{
	int status, insisted = 0;
	for (;;) {
		if (was_interrupted && !insisted) {
			insisted = 1;
			insist(child, start);
		}
		if (waitpid(child, &status, 0) == child)
			return status;
		if (errno != EINTR)
			return -1;
	}
}

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

EXPORTED int system(const char *command)
{
	sigset_t children, both, before;
	struct timespec start;
	pid_t child;
	if (!command)
		return access("/bin/sh", X_OK) == 0;
	sigemptyset(&children);
	sigaddset(&children, SIGCHLD);
	both = children;
	sigaddset(&both, SIGINT);
	clock_gettime(CLOCK_MONOTONIC, &start);
	next_sigprocmask(SIG_BLOCK, &both, &before);
	int error = spawn_shell(&child, command, &before);
	next_sigprocmask(SIG_SETMASK, &before, NULL);
	next_sigprocmask(SIG_BLOCK, &children, NULL);
	int status = error ? -1 : wait_for_child(child, &start);
	next_sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}
