#include "entrypoint.h"
#include "../system-call.h"
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#define BIT(signal) (1ul << ((signal) - 1))

/* As the kernel has it, 64 signals. */
static const unsigned long HELD = BIT(SIGCHLD) | BIT(SIGTERM) | BIT(SIGINT) | BIT(SIGHUP) | BIT(SIGQUIT);
static unsigned long before;

void hold_signals(void) {
  CALL4(rt_sigprocmask, SIG_BLOCK, &HELD, &before, sizeof before);
}

void release_signals(void) {
  CALL4(rt_sigprocmask, SIG_SETMASK, &before, 0, sizeof before);
}

long fork_process(void) {
  long pid = system_call(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);
  if (pid < 0) fail("no process can be started: ", reason(pid), NULL);
  if (pid == 0) release_signals();
  return pid;
}

long fork_as(const struct identity *identity) {
  long pid = fork_process();
  if (pid == 0 && identity) become(identity, 0);
  return pid;
}

_Noreturn static void stop(int signal, long pid) {
  CALL(kill, pid, signal, 0);
  leave(128 + signal);
}

int wait_for(long pid) {
  for (;;) {
    int status = 0;
    long ended = CALL4(wait4, pid, &status, WNOHANG, 0);
    if (ended == pid) return status;
    if (ended < 0 && ended != -EINTR) return -1;
    long signal = CALL4(rt_sigtimedwait, &HELD, 0, 0, sizeof HELD);
    if (signal > 0 && signal != SIGCHLD) stop((int)signal, pid);
  }
}
