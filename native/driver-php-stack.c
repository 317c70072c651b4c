/*
 * PHP in libkrunner-driver.so: recursion within the engine (destructors of a long list, callbacks of callbacks), which before PHP 8.3 ends
 * in a signal when the stack is full. Nothing is broken then, so the cell is left as for a fatal error.
 */
#include "driver-php.h"
#include <stdio.h>
#include <ucontext.h>

enum { OWN_STACK = 64 << 10, LARGEST_FRAME = 256 << 10 };

static volatile sig_atomic_t watching;
static volatile sig_atomic_t overflowed;

static uintptr_t stack_pointer_of(const void *context)
{
	const ucontext_t *broken = context;
#ifdef __x86_64__
	return (uintptr_t)broken->uc_mcontext.gregs[REG_RSP];
#else
	return (uintptr_t)broken->uc_mcontext.sp;
#endif
}

/* What came of the kernel, for an address at the end of the stack. */
static int is_overflow(const siginfo_t *info, const void *context)
{
	uintptr_t address = (uintptr_t)info->si_addr, top = stack_pointer_of(context);
	return info->si_code > 0 && address + LARGEST_FRAME > top && address < top + LARGEST_FRAME;
}

static void crash(int signal, siginfo_t *info, void *context)
{
	const struct sigaction none = {.sa_handler = SIG_DFL};
	if (watching && is_overflow(info, context)) {
		watching = 0;
		overflowed = 1;
		dprintf(2, "Fatal error: Too deep a recursion: the stack is full, in %s on line %u\n", zend_get_executed_filename(),
			zend_get_executed_lineno());
		_zend_bailout(__FILE__, __LINE__);
	}
	next_sigaction(signal, &none, NULL);
	raise(signal);
}

void watch_stack(void)
{
	static char own_stack[OWN_STACK];
	const stack_t stack = {.ss_sp = own_stack, .ss_size = sizeof own_stack};
	const struct sigaction action = {.sa_sigaction = crash, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
	overflowed = 0;
	if (sigaltstack(&stack, NULL) == 0 && next_sigaction(SIGSEGV, &action, NULL) == 0)
		watching = 1;
}

int stack_overflowed(void)
{
	watching = 0;
	return overflowed;
}
