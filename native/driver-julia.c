/*
 * Julia in libkrunner-driver.so. Julia blocks SIGINT in all its threads; one of them waits for it, and has it raised in whatever task
 * comes next to a safe point, be it the user's cell or not; a loop that allocates nothing never comes to one. Only what is
 * interrupted again and again is left by force, wherever it is.
 *
 * So the main thread takes SIGINT in a cell (krunner_enter has unblocked it), and first asks a task of the driver to raise it in
 * the cell's own. If that task does not come to run, as another computes, Julia's thread gets the signal, and gets it
 * again until Julia leaves the loop.
 */
#include "driver.h"
#include <dlfcn.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/* Between two attempts. */
enum { ATTEMPT = 60000000 /* nanoseconds */ };
/* After so many, force does not spare Julia's own code: its compiler has locks that nobody else would open again. */
enum { PATIENCE = 60 };

#pragma weak dl_iterate_phdr

static int (*wake)(void *);
static void *watcher;
static volatile sig_atomic_t *pending;
static struct sigaction julias;
static int timer;
static volatile sig_atomic_t attempts;
/* Julia's thread for signals, whether it still has one of ours in its hands, and whether it has marked the safe points. */
static volatile pid_t listener;
static volatile sig_atomic_t is_busy, has_marked;

EXPORTED int sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
	static int (*next)(const sigset_t *, siginfo_t *);
	if (!next)
		next = dlsym(RTLD_NEXT, "sigwaitinfo");
	static int last;
	if (sigismember(set, SIGINT) != 1)
		return next(set, info);
	listener = (pid_t)syscall(SYS_gettid);
	if (last == SIGINT) {
		has_marked |= pending && *pending;
		is_busy = 0;
	}
	return last = next(set, info);
}

/* -- Julia's own code -- */

enum { MOST_RANGES = 16 };
static struct {
	uintptr_t begin, end;
} ranges[MOST_RANGES];
static size_t range_count;

static int add_ranges(struct dl_phdr_info *info, size_t size, void *data)
{
	(void)size, (void)data;
	const char *name = info->dlpi_name ? info->dlpi_name : "";
	if (!strstr(name, "libjulia") && !strstr(name, "libLLVM") && !strstr(name, "/sys.so"))
		return 0;
	for (size_t i = 0; i < info->dlpi_phnum && range_count < MOST_RANGES; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];
		if (header->p_type != PT_LOAD || !(header->p_flags & PF_X))
			continue;
		ranges[range_count].begin = info->dlpi_addr + header->p_vaddr;
		ranges[range_count++].end = info->dlpi_addr + header->p_vaddr + header->p_memsz;
	}
	return 0;
}

static uintptr_t place_of(const void *context)
{
	const ucontext_t *interrupted = context;
#ifdef __x86_64__
	return (uintptr_t)interrupted->uc_mcontext.gregs[REG_RIP];
#else
	return (uintptr_t)interrupted->uc_mcontext.pc;
#endif
}

static int is_julias(uintptr_t place)
{
	for (size_t i = 0; i < range_count; i++)
		if (place >= ranges[i].begin && place < ranges[i].end)
			return 1;
	return 0;
}

/* -- SIGINT in the main thread, while a cell runs -- */

static void set_timer(long interval)
{
	struct itimerspec period = {{0, interval}, {0, interval}};
	syscall(SYS_timer_settime, timer, 0, &period, NULL);
}

/*
 * The first attempt only marks Julia's next safe point, and does no harm anywhere. For half a second after it has used force,
 * Julia ignores them.
 */
static void insist(const void *context)
{
	if (is_busy)
		return;
	if (has_marked && !*pending) {
		set_timer(0);
		return;
	}
	if (has_marked && attempts < PATIENCE && is_julias(place_of(context)))
		attempts++;
	else if (listener) {
		attempts++;
		is_busy = 1;
		syscall(SYS_tgkill, getpid(), listener, SIGINT);
	}
}

static void interrupt_cell(int signal, siginfo_t *info, void *context)
{
	/* Julia's thread sends itself each SIGINT that it got, to see whether a debugger swallows it. */
	if (syscall(SYS_gettid) == listener) {
		julias.sa_sigaction(signal, info, context);
		return;
	}
	if (info->si_code == SI_TIMER) {
		insist(context);
		return;
	}
	attempts = has_marked = 0;
	set_timer(ATTEMPT);
	wake(watcher);
}

/* -- Requests -- */

static int (*stop_poll)(void *);
static void *reader;

/* What Julia's event loop calls when fd 3 has something to read. */
EXPORTED void krunner_readable(void *poll, int status, int events)
{
	(void)status, (void)events;
	stop_poll(poll);
	wake(reader);
}

/* -- What the driver calls -- */

/*
 * After krunner_start. `send(handle)` wakes a task: `raiser` raises interrupts, `requester` reads requests. `stop(poll)` ends a
 * watch of the event loop's. `jl_signal_pending` says whether Julia will raise an interrupt.
 */
EXPORTED int krunner_julia(int (*send)(void *), void *raiser, void *requester, int (*stop)(void *), volatile sig_atomic_t *jl_signal_pending)
{
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGINT};
	struct sigaction action = {.sa_sigaction = interrupt_cell, .sa_flags = SA_SIGINFO};
	syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer);
	dl_iterate_phdr(add_ranges, NULL);
	wake = send;
	watcher = raiser;
	reader = requester;
	stop_poll = stop;
	pending = jl_signal_pending;
	return sigaction(SIGINT, &action, &julias);
}

/* The interrupt has been raised, or is nobody's any more. */
EXPORTED int krunner_heard(void)
{
	if (wake)
		set_timer(0);
	return 0;
}
