/* R in libkrunner-driver.so: an interactive R asks its console what to do about a crash. */
#include "driver.h"
#include <stddef.h>

/* A byte of it, as its type depends on the version. */
extern WEAK char R_Interactive;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL};
static struct sigaction on_crash[sizeof crashes / sizeof *crashes];

static void crashed(int signal, siginfo_t *info, void *context)
{
	R_Interactive = 0;
	for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
		if (crashes[i] == signal)
			on_crash[i].sa_sigaction(signal, info, context);
}

void start_r(void)
{
	if (!&R_Interactive)
		return;
	for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
		if (next_sigaction(crashes[i], NULL, &on_crash[i]) != 0 || !(on_crash[i].sa_flags & SA_SIGINFO))
			continue;
		struct sigaction ours = on_crash[i];
		ours.sa_sigaction = crashed;
		next_sigaction(crashes[i], &ours, NULL);
	}
}
