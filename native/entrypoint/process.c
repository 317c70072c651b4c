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

/* 0: none has come. */
static int stop_request(const int64_t *patience) {
  long signal = CALL4(rt_sigtimedwait, &HELD, 0, patience, sizeof HELD);
  return signal > 0 && signal != SIGCHLD ? (int)signal : 0;
}

void stop_if_asked(void) {
  int64_t none[2] = {0, 0};
  /* One of each kind waits at most: the ends of children, and then a request. */
  for (int look = 0; look < 2; look++) {
    int signal = stop_request(none);
    if (signal) leave(128 + signal);
  }
}

int wait_for(long pid) {
  for (;;) {
    int status = 0;
    long ended = CALL4(wait4, pid, &status, WNOHANG, 0);
    if (ended == pid) return status;
    if (ended < 0 && ended != -EINTR) return -1;
    int signal = stop_request(NULL);
    if (signal) stop(signal, pid);
  }
}
