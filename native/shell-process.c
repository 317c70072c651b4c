#define _GNU_SOURCE
#include "shell.h"
#include "system-call.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/wait.h>

/* As the kernel has them: a bit for each signal. */
typedef uint64_t signals;

static const signals OURS = 1ull << (SIGINT - 1) | 1ull << (SIGTERM - 1) | 1ull << (SIGHUP - 1) | 1ull << (SIGCHLD - 1);

/* Held open by us alone: its end is ours. */
static int lifeline;

static void set_mask(signals mask) {
  system_call(SYS_rt_sigprocmask, SIG_SETMASK, (long)&mask, 0, sizeof mask, 0, 0);
}

int open_signals(void) {
  /* A shell that is gone is no reason to go without a word. */
  set_mask(OURS | 1ull << (SIGPIPE - 1));
  return (int)system_call(SYS_signalfd4, -1, (long)&OURS, sizeof OURS, O_CLOEXEC | O_NONBLOCK, 0, 0);
}

_Noreturn static void leave(int code) {
  for (;;) CALL(exit_group, code, 0, 0);
}

static void make_pipe(int *ends, int flags) {
  if (CALL(pipe2, ends, O_CLOEXEC | flags, 0) < 0) leave(126);
}

static long fork_process(void) {
  long pid = system_call(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);
  if (pid < 0) leave(126);
  return pid;
}

/* Both sides of a fork say it, so that neither goes on before it is true. */
static void join_group(long pid, long group) {
  CALL(setpgid, pid, group, 0);
}

/*
 * A process that leads the shell's group, and ends all of it once we are gone, however that came: the daemon kills our group
 * only. It sleeps in a read.
 */
static long start_guard(void) {
  int ends[2];
  make_pipe(ends, 0);
  long guard = fork_process();
  if (guard == 0) {
    char released;
    join_group(0, 0);
    for (int fd = 0; fd < 64; fd++)
      if (fd != ends[0]) CALL(close, fd, 0, 0);
    long count;
    while ((count = CALL(read, ends[0], &released, 1)) == -EINTR) continue;
    if (count == 0) CALL(kill, 0, SIGKILL, 0);
    leave(0);
  }
  join_group(guard, guard);
  CALL(close, ends[0], 0, 0);
  lifeline = ends[1];
  return guard;
}

void release_group(void) {
  CALL(write, lifeline, "", 1);
}

_Noreturn static void become_shell(int commands, long group, char **argv, char **env) {
  int nowhere = (int)system_call(SYS_openat, AT_FDCWD, (long)"/dev/null", O_WRONLY | O_CLOEXEC, 0, 0, 0);
  join_group(0, group);
  CALL(dup3, commands, 0, 0);
  /* A shell has things to say of its terminal before it begins, and prompts after that. */
  CALL(dup3, nowhere, 1, 0);
  CALL(dup3, nowhere, 2, 0);
  set_mask(0);
  CALL(execve, argv[0], argv, env);
  leave(127);
}

void start_shell(struct shell *shell, char **argv, char **env) {
  int commands[2], notes[2];
  make_pipe(commands, 0);
  make_pipe(notes, O_NONBLOCK);
  /* Of one page: it can be written again when all that was in it is read, and not before. */
  CALL(fcntl, commands[1], F_SETPIPE_SZ, 4096);
  shell->commands = commands[1];
  shell->notes = notes[0];
  shell->notes_writer = notes[1];
  shell->group = start_guard();
  shell->pid = fork_process();
  if (shell->pid == 0) become_shell(commands[0], shell->group, argv, env);
  join_group(shell->pid, shell->group);
  CALL(close, commands[0], 0, 0);
}

int shell_has_ended(const struct shell *shell, int *status) {
  int each;
  long pid;
  int ended = 0;
  while ((pid = system_call(SYS_wait4, -1, (long)&each, WNOHANG, 0, 0, 0)) > 0) {
    if (pid != shell->pid) continue;
    *status = each;
    ended = 1;
  }
  return ended;
}

_Noreturn void end_as(int status) {
  if (WIFEXITED(status)) leave(WEXITSTATUS(status));
  int signal = WTERMSIG(status);
  /* The shell has left a core of its own, if any. */
  CALL(prctl, PR_SET_DUMPABLE, 0, 0);
  set_mask(0);
  CALL(kill, CALL(getpid, 0, 0, 0), signal, 0);
  leave(128 + signal);
}
