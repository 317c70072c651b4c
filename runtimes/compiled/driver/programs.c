#include "programs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel.h"

static int signals;
static int interrupted;
static sigset_t held;

void hold_signals(void) {
  sigemptyset(&held);
  sigaddset(&held, SIGINT);
  sigaddset(&held, SIGCHLD);
  sigprocmask(SIG_BLOCK, &held, NULL);
  signals = signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
}

void restore_signals(void) {
  close(signals);
  sigprocmask(SIG_UNBLOCK, &held, NULL);
}

static void note_signals(void) {
  struct signalfd_siginfo signal;
  while (read(signals, &signal, sizeof signal) == sizeof signal)
    if (signal.ssi_signo == SIGINT) interrupted = 1;
}

int was_interrupted(void) {
  note_signals();
  int was = interrupted;
  interrupted = 0;
  return was;
}

/* The daemon's end of the channel closes when the session ends, whatever runs then. */
int wait_for(int fd, int timeout) {
  struct pollfd waited[] = {
      {.fd = fd, .events = POLLIN}, {.fd = signals, .events = POLLIN}, {.fd = channel_input(), .events = 0}};
  poll(waited, 3, timeout);
  note_signals();
  if (waited[2].revents & (POLLHUP | POLLERR) && fd != channel_input()) _exit(0);
  return waited[0].revents != 0;
}

void reap(void (*ended)(pid_t pid, int status)) {
  int status;
  for (pid_t pid = waitpid(-1, &status, WNOHANG); pid > 0; pid = waitpid(-1, &status, WNOHANG)) ended(pid, status);
}

/* In the child: its streams, then the program itself. */
static void become(char *const argv[], int output) {
  int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, 0);
  dup2(output < 0 ? nothing : output, 1);
  dup2(output < 0 ? nothing : output, 2);
  restore_signals();
  execvp(argv[0], argv);
  _exit(127);
}

static void read_until_end(int fd, struct text *printed) {
  char chunk[4096];
  for (;;) {
    ssize_t count = read(fd, chunk, sizeof chunk);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text_add(printed, chunk, (size_t)count);
  }
}

int run_program(char *const argv[], struct text *printed) {
  int ends[2], status = 0;
  if (pipe2(ends, O_CLOEXEC) != 0) return 127;
  pid_t pid = fork();
  if (pid == 0) become(argv, ends[1]);
  close(ends[1]);
  read_until_end(ends[0], printed);
  close(ends[0]);
  if (pid < 0) return 127;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

pid_t start_program(char *const argv[]) {
  pid_t pid = fork();
  if (pid != 0) return pid;
  signal(SIGINT, SIG_IGN);
  become(argv, -1);
  return -1;
}
