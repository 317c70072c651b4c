/*
 * PHP in libkrunner-driver.so: interrupts. PHP itself dies of SIGINT, and its streams read on where one has broken a read off.
 *
 * An interrupt ends a cell as `exit` does: nobody can catch it. It is raised where PHP would call a handler of signals, or
 * when a function of the library returns. Until then it comes again and again, so whatever blocks is left. What blocks
 * on in spite of that is left by force, out of the system call in which it waits.
 */
#include "driver-php.h"
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

extern WEAK void (*zend_interrupt_function)(struct frame *frame);
extern WEAK void (*zend_execute_internal)(struct frame *frame, struct value *result);
extern WEAK void execute_internal(struct frame *frame, struct value *result);

/* How often a system call is broken off before it is left by force. */
enum { AGAIN = 20000000 /* nanoseconds */, PATIENCE = 25 };

static volatile sig_atomic_t pending;
static volatile sig_atomic_t attempts;
static int raised;
static int timer;

static void interrupt_again(long interval)
{
	struct itimerspec period = {{0, interval}, {0, interval}};
	syscall(SYS_timer_settime, timer, 0, &period, NULL);
}

static int is_in_system_call(const void *context)
{
	const ucontext_t *broken = context;
	enum { INTERRUPTED = -4 };
#ifdef __x86_64__
	return broken->uc_mcontext.gregs[REG_RAX] == INTERRUPTED;
#else
	return (long)broken->uc_mcontext.regs[0] == INTERRUPTED;
#endif
}

static void tell_where(void)
{
	dprintf(2, "Interrupted in %s on line %u\n", zend_get_executed_filename(), zend_get_executed_lineno());
}

static void interrupt_cell(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	if (info->si_code != SI_TIMER) {
		attempts = 0;
		pending = 1;
		interrupt_again(AGAIN);
	}
	if (!pending)
		return;
	*attention = 1;
	if (!is_in_system_call(context) || attempts++ < PATIENCE)
		return;
	pending = 0;
	raised = 1;
	tell_where();
	_zend_bailout(__FILE__, __LINE__);
}

/* -- Where it is raised -- */

static void raise_interrupt(void)
{
	pending = 0;
	raised = 1;
	interrupt_again(0);
	tell_where();
	if (zend_throw_unwind_exit)
		zend_throw_unwind_exit();
	else
		_zend_bailout(__FILE__, __LINE__);
}

static void (*next_interrupt_function)(struct frame *frame);

static void pay_attention(struct frame *frame)
{
	if (pending && !*exception)
		raise_interrupt();
	else if (next_interrupt_function)
		next_interrupt_function(frame);
}

/* Kinds of code in PHP are even. */
static int is_in_php(const struct frame *frame)
{
	return frame && frame->function && *(unsigned char *)frame->function % 2 == 0;
}

static void (*next_execute)(struct frame *frame, struct value *result);

/* The exception is the caller's: only code in PHP knows where it goes on. */
static void call_internal(struct frame *frame, struct value *result)
{
	next_execute(frame, result);
	if (!pending || *exception || !is_in_php(frame->previous))
		return;
	*current_frame = frame->previous;
	raise_interrupt();
	*current_frame = frame;
}

/* -- What the driver calls -- */

void start_interrupts(void)
{
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGINT};
	syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer);
	next_interrupt_function = zend_interrupt_function;
	zend_interrupt_function = pay_attention;
	next_execute = zend_execute_internal ? zend_execute_internal : execute_internal;
	zend_execute_internal = call_internal;
	/* PHP has one that ends it. A handler of the user's is called. */
	signal(SIGINT, SIG_DFL);
	default_handler = interrupt_cell;
}

void begin_interruptible(void)
{
	raised = 0;
	krunner_enter();
}

int end_interruptible(void)
{
	interrupt_again(0);
	krunner_leave();
	if (pending)
		tell_where();
	int interrupted = raised || pending;
	pending = 0;
	return interrupted;
}
