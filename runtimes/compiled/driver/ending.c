/*
 * A cell that is interrupted or calls exit() is left by a jump, so that all it did stays. That is sound
 * only where no library function is half way through its work: an interrupt waits for the cell's own code,
 * or for a system call that blocks. The driver asks again and again, and ends the worker where that takes
 * too long; the checkpoint then goes on without what the cell did.
 */
#include "ending.h"

#include <dlfcn.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "guard.h"
#include "symbols.h"
#include "worker.h"

/* A library that waits in a call again and again does so for ever: the checkpoint need not wait as long. */
enum { MOST_WAITS = 20 };
static int waits;

static volatile sig_atomic_t is_running;
static sigjmp_buf cell_end;
static struct ending ending;
static struct shared *board;
static pid_t worker;

void become_worker(void) {
  worker = getpid();
}

int is_forked_child(void) {
  return getpid() != worker;
}

static int is_cell_thread(void) {
  return syscall(SYS_gettid) == worker;
}

static _Noreturn void leave(int kind, int value, const char *name) {
  is_running = 0;
  ending = (struct ending){kind, value, name};
  siglongjmp(cell_end, 1);
}

int may_end_cell(void) {
  return is_running && !is_forked_child() && is_cell_thread();
}

_Noreturn void surrender(int kind) {
  board->surrender.kind = kind;
  board->surrender.pid = worker;
  kill(worker, SIGKILL);
  _exit(1);
}

struct ending run_until_end(void (*run)(const struct task *task), const struct task *task) {
  ending = (struct ending){FINISHED, 0, ""};
  if (sigsetjmp(cell_end, 1) == 0) {
    waits = 0;
    is_running = 1;
    run(task);
    is_running = 0;
  } else if (!is_forked_child()) {
    leave_language();
  }
  return ending;
}

/* -- Interrupts -- */

/* The program counter, and whether a system call there has just been cut short. */
#if defined(__x86_64__)
static const unsigned char *interrupted_at(const ucontext_t *context, int *in_call) {
  const unsigned char *at = (const unsigned char *)context->uc_mcontext.gregs[REG_RIP];
  *in_call = context->uc_mcontext.gregs[REG_RAX] == -EINTR && at[-2] == 0x0f && at[-1] == 0x05;
  return at;
}
#else
static const unsigned char *interrupted_at(const ucontext_t *context, int *in_call) {
  const unsigned char *at = (const unsigned char *)context->uc_mcontext.pc;
  *in_call = (long)context->uc_mcontext.regs[0] == -EINTR && ((const uint32_t *)at)[-1] == 0xd4000001;
  return at;
}
#endif

static void on_interrupt(int number, siginfo_t *info, void *context);

/* A program that takes SIGINT for itself may end the cell in its own way. */
static int is_users(int number) {
  struct sigaction action;
  return sigaction(number, NULL, &action) == 0 && action.sa_sigaction != on_interrupt;
}

static void on_interrupt(int number, siginfo_t *info, void *context) {
  int error = errno, in_call = 0;
  (void)info;
  if (is_forked_child()) {
    if (number == SIGINT) {
      signal(SIGINT, SIG_DFL);
      raise(SIGINT);
    }
  } else if (!is_running || is_users(SIGINT)) {
    /* Nothing to end. */
  } else if (!is_cell_thread()) {
    syscall(SYS_tgkill, worker, worker, TICK);
  } else if (is_cell_code(interrupted_at(context, &in_call)) || (in_call && !is_midway())) {
    leave(INTERRUPTED, 1, "");
  } else if (!in_call) {
    waits = 0;
  } else if (++waits > MOST_WAITS) {
    surrender(INTERRUPTED);
  }
  errno = error;
}

/* -- Faults -- */

/* An address this near to the stack's end is the stack's overflow. */
enum { NEAR = 1 << 16 };

static uintptr_t stack_pointer(const ucontext_t *context) {
#if defined(__x86_64__)
  return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#else
  return (uintptr_t)context->uc_mcontext.sp;
#endif
}

/* On its return the fault happens again, with nobody to catch it. */
static void on_fault(int number, siginfo_t *info, void *context) {
  uintptr_t distance = (uintptr_t)info->si_addr - stack_pointer(context) + NEAR;
  board->fault.signal = number;
  board->fault.address = info->si_addr;
  board->fault.overflows = number == SIGSEGV && info->si_code > 0 && distance < 2 * NEAR;
  board->fault.pid = getpid();
  if (info->si_code <= 0) raise(number);
}

static void take(int number, void (*handler)(int, siginfo_t *, void *), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | flags;
  sigaction(number, &action, NULL);
}

void catch_signals(struct shared *shared) {
  static char stack[64 * 1024];
  static const stack_t alternative = {.ss_sp = stack, .ss_size = sizeof stack};
  board = shared;
  sigaltstack(&alternative, NULL);
  take(SIGINT, on_interrupt, 0);
  take(TICK, on_interrupt, 0);
  take(SIGSEGV, on_fault, SA_ONSTACK | SA_RESETHAND);
  take(SIGBUS, on_fault, SA_ONSTACK | SA_RESETHAND);
}

/* -- exit() and atexit(), in place of the C library's -- */

#define EXPORTED __attribute__((visibility("default")))

static void (**exit_handlers)(void);
static size_t exit_handler_count;

/* The cells' libraries are linked with --wrap=atexit: the C library's own is bound to the library it is called from. */
EXPORTED int __wrap_atexit(void (*handler)(void)) {
  void *more = realloc(exit_handlers, (exit_handler_count + 1) * sizeof *exit_handlers);
  if (!more) return -1;
  exit_handlers = more;
  exit_handlers[exit_handler_count++] = handler;
  return 0;
}

static void run_exit_handlers(void) {
  while (exit_handler_count > 0) exit_handlers[--exit_handler_count]();
}

_Noreturn void end_as_exit(int code) {
  run_exit_handlers();
  if (exit_is_error(code)) surrender(RAISED);
  leave(EXITED, code & 0xff, "");
}

/* This name is found before the C library's, by whoever calls it. */
EXPORTED _Noreturn void exit(int code) {
  if (may_end_cell()) end_as_exit(code);
  run_exit_handlers();
  void (*real)(int) = (void (*)(int))dlsym(RTLD_NEXT, "exit");
  real(code);
  _exit(code);
}

_Noreturn void end_as_raised(const char *name) {
  leave(RAISED, 1, name);
}

_Noreturn void call_of_undefined(void) {
  fputs("error: a function was called that is declared, but not defined\n", stderr);
  end_as_raised("undefined");
}
