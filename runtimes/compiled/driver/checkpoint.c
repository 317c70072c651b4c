/*
 * A checkpoint is a fork of the worker that waits. The cell runs in the worker itself, which so keeps its
 * process id, threads and children; only when it falls does the checkpoint go on in its place.
 *
 * The fork is a child of the driver, not of the worker: user code that waits for "any child" must not wait
 * for this one. So it is forked twice, and the driver, a subreaper, inherits it.
 */
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker.h"

/* The gate opens by one byte; where the driver has gone, it reads as closed. */
static void wait_at(int gate) {
  char byte;
  ssize_t count;
  do count = read(gate, &byte, 1);
  while (count < 0 && errno == EINTR);
  if (count <= 0) _exit(0);
}

/* What was sent to the whole group meanwhile was not meant for this process. */
static void discard_pending_signals(void) {
  sigset_t pending;
  sigpending(&pending);
  for (int number = 1; number < NSIG; number++) {
    struct sigaction before, ignore = {.sa_handler = SIG_IGN};
    if (sigismember(&pending, number) != 1 || sigaction(number, &ignore, &before) != 0) continue;
    sigaction(number, &before, NULL);
  }
}

static void freeze(int gate, const sigset_t *mask) {
  wait_at(gate);
  discard_pending_signals();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigprocmask(SIG_SETMASK, mask, NULL);
}

int make_checkpoint(int gate, struct shared *shared) {
  sigset_t all, mask;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &mask);
  shared->checkpoint = 0;
  pid_t between = fork();
  if (between == 0) {
    pid_t frozen = fork();
    if (frozen == 0) {
      freeze(gate, &mask);
      return 1;
    }
    shared->checkpoint = frozen > 0 ? frozen : 0;
    _exit(0);
  }
  while (between > 0 && waitpid(between, NULL, 0) < 0 && errno == EINTR) continue;
  sigprocmask(SIG_SETMASK, &mask, NULL);
  return 0;
}
