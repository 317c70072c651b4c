/*
 * The kernel keeps from process 1 what it has no handler for. So until the daemon listens, a request to stop would be lost: what
 * we set here stays until Node begins, and the entrypoint has held back what came before. From then on the daemon sees for
 * itself, see src/cli/stop-signals.ts.
 */
#include "../system-call.h"
#include "launcher.h"
#include <signal.h>

/* As rt_sigaction has it. */
struct action {
  void (*handler)(int);
  unsigned long flags;
  void (*restorer)(void);
  unsigned long mask;
};

static void end(int signal) {
  CALL(exit_group, 128 + signal, 0, 0);
}

void end_on_request(void) {
  /* Never returned from, but x86_64 wants to be told where to. */
  static const unsigned long HAS_RESTORER = 0x04000000;
  const struct action action = {.handler = end, .flags = HAS_RESTORER};
  const unsigned long both = 1ul << (SIGTERM - 1) | 1ul << (SIGINT - 1);
  if (CALL(getpid, 0, 0, 0) != 1) return;
  system_call(SYS_rt_sigaction, SIGTERM, (long)&action, 0, sizeof action.mask, 0, 0);
  system_call(SYS_rt_sigaction, SIGINT, (long)&action, 0, sizeof action.mask, 0, 0);
  system_call(SYS_rt_sigprocmask, SIG_UNBLOCK, (long)&both, 0, sizeof both, 0, 0);
}
