/*
 * What a supervisor needs of Linux and Node does not have: real pipes (Node makes socket pairs, on which
 * a program cannot open /dev/stdout) and pseudo terminals, a child set up between fork and exec, the bytes that wait in a pipe,
 * reaping of orphans, and how much of a TCP stream the peer has acknowledged.
 *
 * Built by scripts/build.ts: cc -shared -fPIC -O2 -Wall -Wextra -I NODE/include/node process.c -o process.node
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "jail-addon.h"

#define MAX_CHILD_FDS 16

static napi_value number(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}

static int32_t int_argument(napi_env env, napi_value value) {
  int32_t result = -1;
  napi_get_value_int32(env, value, &result);
  return result;
}

static napi_value property(napi_env env, napi_value object, const char *name) {
  napi_value value;
  napi_get_named_property(env, object, name, &value);
  return value;
}

static int32_t int_property(napi_env env, napi_value object, const char *name) {
  return int_argument(env, property(env, object, name));
}

/* A malloc'ed copy, NULL where the value is not a string. */
static char *string_copy(napi_env env, napi_value value) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, NULL, 0, &length) != napi_ok) return NULL;
  char *text = malloc(length + 1);
  if (text) napi_get_value_string_utf8(env, value, text, length + 1, &length);
  return text;
}

static char **string_array_copy(napi_env env, napi_value array) {
  uint32_t length = 0;
  napi_get_array_length(env, array, &length);
  char **strings = calloc(length + 1, sizeof *strings);
  for (uint32_t i = 0; strings && i < length; i++) {
    napi_value item;
    napi_get_element(env, array, i, &item);
    strings[i] = string_copy(env, item);
  }
  return strings;
}

static void free_strings(char **strings) {
  for (char **at = strings; at && *at; at++) free(*at);
  free(strings);
}

static void arguments(napi_env env, napi_callback_info info, size_t count, napi_value *values) {
  napi_get_cb_info(env, info, &count, values, NULL, NULL);
}

/* pipe(ours: 0 | 1, size): [read, write], closed on exec; the end `ours` does not block. */
static napi_value make_pipe(napi_env env, napi_callback_info info) {
  napi_value args[2];
  arguments(env, info, 2, args);
  int ours = int_argument(env, args[0]), size = int_argument(env, args[1]), ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    napi_throw_error(env, "PIPE", strerror(errno));
    return NULL;
  }
  fcntl(ends[ours], F_SETFL, fcntl(ends[ours], F_GETFL) | O_NONBLOCK);
  /* A refusal (the user's limit of pipe pages) leaves the default size, which works too. */
  if (size > 0) fcntl(ends[0], F_SETPIPE_SZ, size);
  napi_value result;
  napi_create_array_with_length(env, 2, &result);
  napi_set_element(env, result, 0, number(env, ends[0]));
  napi_set_element(env, result, 1, number(env, ends[1]));
  return result;
}

static int open_other_end(int master) {
#ifdef TIOCGPTPEER
  int end = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (end >= 0) return end;
#endif
  char path[64];
  if (ptsname_r(master, path, sizeof path) != 0) return -1;
  return open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

/* Erasing a character takes all of its bytes. */
static void expect_utf8(int terminal) {
  struct termios modes;
  if (tcgetattr(terminal, &modes) != 0) return;
  modes.c_iflag |= IUTF8;
  tcsetattr(terminal, TCSANOW, &modes);
}

/* openTerminal(): [ours, the child's], closed on exec; ours does not block. */
static napi_value open_terminal(napi_env env, napi_callback_info info) {
  (void)info;
  int ours = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), other = -1;
  if (ours >= 0 && grantpt(ours) == 0 && unlockpt(ours) == 0) other = open_other_end(ours);
  if (other < 0) {
    napi_throw_error(env, "TERMINAL", strerror(errno));
    if (ours >= 0) close(ours);
    return NULL;
  }
  expect_utf8(other);
  fcntl(ours, F_SETFL, fcntl(ours, F_GETFL) | O_NONBLOCK);
  napi_value result;
  napi_create_array_with_length(env, 2, &result);
  napi_set_element(env, result, 0, number(env, ours));
  napi_set_element(env, result, 1, number(env, other));
  return result;
}

/* setTerminalSize(fd, rows, columns): 0 or -errno; the foreground process group gets SIGWINCH. */
static napi_value set_terminal_size(napi_env env, napi_callback_info info) {
  napi_value args[3];
  arguments(env, info, 3, args);
  struct winsize size = {0};
  size.ws_row = (unsigned short)int_argument(env, args[1]);
  size.ws_col = (unsigned short)int_argument(env, args[2]);
  return number(env, ioctl(int_argument(env, args[0]), TIOCSWINSZ, &size) == 0 ? 0 : -errno);
}

struct child {
  char *file, *cwd;
  char **argv, **env;
  int fds[MAX_CHILD_FDS];
  uint32_t fd_count;
  int nice, oom_score, own_oom_score, has_terminal;
  /* Whose files we read and write, and whom our real id tells nothing; -1 where it is to be as we are. */
  uid_t user;
  /* Set by the child, which shares our memory until it execs. */
  volatile int error;
  const char *volatile stage;
};

static void fail_child(struct child *child, const char *stage) {
  child->error = errno;
  child->stage = stage;
  _exit(127);
}

static void reset_signals(void) {
  struct sigaction defaults;
  memset(&defaults, 0, sizeof defaults);
  defaults.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &defaults, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Child's descriptor i becomes fds[i]. Sources are moved out of the way first, so that none is overwritten. */
static void place_descriptors(struct child *child) {
  int count = (int)child->fd_count;
  for (int i = 0; i < count; i++) {
    child->fds[i] = fcntl(child->fds[i], F_DUPFD_CLOEXEC, count);
    if (child->fds[i] < 0) fail_child(child, "dup");
  }
  for (int i = 0; i < count; i++)
    if (dup2(child->fds[i], i) < 0) fail_child(child, "dup2");
#ifdef SYS_close_range
  syscall(SYS_close_range, count, ~0U, 4 /* CLOSE_RANGE_CLOEXEC */);
#endif
}

/*
 * Our own, which a child inherits: it could not set its own, as its files in /proc are root's where nobody may look into us and
 * it still has our memory. The descriptor says how it was opened, whatever has become of the file's owner since.
 */
static int own_oom_score = -1;

static void open_oom_score(void) {
  if (own_oom_score < 0) own_oom_score = open("/proc/self/oom_score_adj", O_RDWR | O_CLOEXEC);
}

static void set_oom_score(int value) {
  char digits[16];
  int length = snprintf(digits, sizeof digits, "%d", value);
  if (pwrite(own_oom_score, digits, (size_t)length, 0) < 0) { /* refused: the score stays */
  }
}

/* Of this process alone: what glibc calls by that name would change all threads of ours. */
static void become_user(uid_t user) {
  syscall(SYS_setresuid, user, user, user);
}

__attribute__((noreturn)) static void run_child(struct child *child) {
  become_user(child->user);
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  place_descriptors(child);
  if (child->has_terminal && ioctl(0, TIOCSCTTY, 0) != 0) fail_child(child, "terminal");
  setpriority(PRIO_PROCESS, 0, child->nice);
  if (chdir(child->cwd) != 0) fail_child(child, "chdir");
  reset_signals();
  execve(child->file, child->argv, child->env);
  fail_child(child, "exec");
  __builtin_unreachable();
}

/*
 * vfork returns a little before the child has a memory of its own, and until then the kernel gives our score to both. The
 * child's end of this pipe is closed by its exec behind that.
 */
static void await_exec(const int *ends) {
  char none;
  close(ends[1]);
  while (read(ends[0], &none, 1) < 0 && errno == EINTR) continue;
  close(ends[0]);
}

/* vfork: the daemon's page tables are not copied, which is most of what a spawn costs. */
static pid_t start_child(struct child *child) {
  sigset_t all, before;
  int ends[2], has_pipe = pipe2(ends, O_CLOEXEC) == 0;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  set_oom_score(child->oom_score);
  pid_t pid = vfork();
  if (pid == 0) run_child(child);
  int error = errno;
  if (has_pipe) await_exec(ends);
  set_oom_score(child->own_oom_score);
  sigprocmask(SIG_SETMASK, &before, NULL);
  if (pid < 0) {
    child->error = error;
    child->stage = "fork";
  }
  return pid;
}

static napi_value throw_spawn(napi_env env, struct child *child) {
  napi_value code, message, error;
  napi_create_string_utf8(env, child->stage, NAPI_AUTO_LENGTH, &code);
  napi_create_string_utf8(env, strerror(child->error), NAPI_AUTO_LENGTH, &message);
  napi_create_error(env, code, message, &error);
  napi_set_named_property(env, error, "errno", number(env, child->error));
  napi_throw(env, error);
  return NULL;
}

/*
 * spawn({file, argv, env, cwd, fds, nice, oomScore, ownOomScore, hasTerminal: 0 | 1, isOurs: 0 | 1}): pid. Throws
 * {code: stage, errno}.
 */
static napi_value spawn(napi_env env, napi_callback_info info) {
  napi_value options;
  arguments(env, info, 1, &options);
  struct child child = {0};
  child.file = string_copy(env, property(env, options, "file"));
  child.cwd = string_copy(env, property(env, options, "cwd"));
  child.argv = string_array_copy(env, property(env, options, "argv"));
  child.env = string_array_copy(env, property(env, options, "env"));
  child.nice = int_property(env, options, "nice");
  child.oom_score = int_property(env, options, "oomScore");
  child.own_oom_score = int_property(env, options, "ownOomScore");
  child.user = int_property(env, options, "isOurs") ? (uid_t)-1 : geteuid();
  child.has_terminal = int_property(env, options, "hasTerminal");
  napi_value fds = property(env, options, "fds");
  napi_get_array_length(env, fds, &child.fd_count);
  if (child.fd_count > MAX_CHILD_FDS) child.fd_count = MAX_CHILD_FDS;
  for (uint32_t i = 0; i < child.fd_count; i++) {
    napi_value fd;
    napi_get_element(env, fds, i, &fd);
    child.fds[i] = int_argument(env, fd);
  }
  pid_t pid = start_child(&child);
  if (pid > 0 && child.error) waitpid(pid, NULL, 0);
  free(child.file);
  free(child.cwd);
  free_strings(child.argv);
  free_strings(child.env);
  return child.error ? throw_spawn(env, &child) : number(env, pid);
}

static napi_value ended_child(napi_env env, pid_t pid, int status) {
  napi_value ended;
  napi_create_object(env, &ended);
  napi_set_named_property(env, ended, "pid", number(env, pid));
  napi_set_named_property(env, ended, "code", number(env, WIFEXITED(status) ? WEXITSTATUS(status) : -1));
  napi_set_named_property(env, ended, "signal", number(env, WIFSIGNALED(status) ? WTERMSIG(status) : 0));
  return ended;
}

/* reap(pid): the ended child, or undefined; -1 asks for any, our own or one that we inherited. */
static napi_value reap(napi_env env, napi_callback_info info) {
  napi_value arg;
  arguments(env, info, 1, &arg);
  int status;
  pid_t pid = waitpid(int_argument(env, arg), &status, WNOHANG);
  return pid > 0 ? ended_child(env, pid, status) : NULL;
}

/* bytesAvailable(fd): what waits in a pipe, seen from either end; -errno on failure. */
static napi_value bytes_available(napi_env env, napi_callback_info info) {
  napi_value arg;
  arguments(env, info, 1, &arg);
  int count = 0;
  int result = ioctl(int_argument(env, arg), FIONREAD, &count);
  return number(env, result == 0 ? count : -errno);
}

typedef ssize_t (*transfer)(int fd, void *bytes, size_t length);

/* (fd, bytes, offset, length): the count moved, or -errno; never throws, as EAGAIN is common. */
static napi_value move_bytes(napi_env env, napi_callback_info info, transfer move) {
  napi_value args[4];
  arguments(env, info, 4, args);
  uint8_t *bytes = NULL;
  size_t size = 0;
  napi_get_typedarray_info(env, args[1], NULL, &size, (void **)&bytes, NULL, NULL);
  uint32_t offset = (uint32_t)int_argument(env, args[2]), length = (uint32_t)int_argument(env, args[3]);
  if (offset > size || length > size - offset) return number(env, -EINVAL);
  ssize_t moved;
  do moved = move(int_argument(env, args[0]), bytes + offset, length);
  while (moved < 0 && errno == EINTR);
  return number(env, moved < 0 ? -errno : (double)moved);
}

static ssize_t write_bytes(int fd, void *bytes, size_t length) { return write(fd, bytes, length); }

static napi_value read_fd(napi_env env, napi_callback_info info) { return move_bytes(env, info, read); }
static napi_value write_fd(napi_env env, napi_callback_info info) { return move_bytes(env, info, write_bytes); }

/* becomeSubreaper(): orphans of user code become our children, so that they can be found and reaped. */
static napi_value become_subreaper(napi_env env, napi_callback_info info) {
  (void)info;
  return number(env, prctl(PR_SET_CHILD_SUBREAPER, 1) == 0 ? 0 : -errno);
}

/*
 * separateFromUser(): 0 or -errno. Started with another real than effective user id, as the entrypoint does, this process is
 * from now on signalled and looked into by neither who has the one nor, without privileges, by who has the other: kill(2)
 * asks for the real and the saved id, and exec has made the effective one the saved one.
 */
static napi_value separate_from_user(napi_env env, napi_callback_info info) {
  (void)info;
  if (getuid() == geteuid()) return number(env, 0);
  /* Such an exec has made our files in /proc root's. */
  prctl(PR_SET_DUMPABLE, 1);
  open_oom_score();
  prctl(PR_SET_DUMPABLE, 0);
  return number(env, setresuid(-1, -1, getuid()) == 0 ? 0 : -errno);
}

/* setStackLimit(bytes, or -1 for none): 0 or -errno; the soft limit of what is started from now on. */
static napi_value set_stack_limit(napi_env env, napi_callback_info info) {
  napi_value arg;
  arguments(env, info, 1, &arg);
  double bytes = 0;
  napi_get_value_double(env, arg, &bytes);
  struct rlimit limit;
  getrlimit(RLIMIT_STACK, &limit);
  limit.rlim_cur = bytes < 0 ? RLIM_INFINITY : (rlim_t)bytes;
  return number(env, setrlimit(RLIMIT_STACK, &limit) == 0 ? 0 : -errno);
}

/* duplicate(fd): a second descriptor, closed on exec, that outlives Node's closing of the first. */
static napi_value duplicate(napi_env env, napi_callback_info info) {
  napi_value arg;
  arguments(env, info, 1, &arg);
  int fd = fcntl(int_argument(env, arg), F_DUPFD_CLOEXEC, 3);
  return number(env, fd < 0 ? -errno : fd);
}

/* setSendBuffer(fd, bytes): bounds what the kernel holds for a peer that does not read. */
static napi_value set_send_buffer(napi_env env, napi_callback_info info) {
  napi_value args[2];
  arguments(env, info, 2, args);
  int size = int_argument(env, args[1]);
  int result = setsockopt(int_argument(env, args[0]), SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  return number(env, result == 0 ? 0 : -errno);
}

/* bytesAcknowledged(fd): of a TCP socket, what the peer's kernel has confirmed; -errno on failure. */
static napi_value bytes_acknowledged(napi_env env, napi_callback_info info) {
  napi_value arg;
  arguments(env, info, 1, &arg);
  struct tcp_info state;
  memset(&state, 0, sizeof state);
  socklen_t size = sizeof state;
  if (getsockopt(int_argument(env, arg), IPPROTO_TCP, TCP_INFO, &state, &size) != 0) return number(env, -errno);
  return number(env, (double)state.tcpi_bytes_acked);
}

/* access(2), and so all of Node, asks for the real user: in a container that is the daemon's own, and not the one whose files are ours. */
static napi_value may_access(napi_env env, napi_callback_info info) {
  napi_value args[2];
  arguments(env, info, 2, args);
  char *path = string_copy(env, args[0]);
  int allowed = faccessat(AT_FDCWD, path, int_argument(env, args[1]), AT_EACCESS) == 0;
  free(path);
  return number(env, allowed);
}

static void expose(napi_env env, napi_value exports, const char *name, napi_callback function) {
  napi_value value;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, function, NULL, &value);
  napi_set_named_property(env, exports, name, value);
}

NAPI_MODULE_INIT() {
  open_oom_score();
  expose(env, exports, "pipe", make_pipe);
  expose(env, exports, "mayAccess", may_access);
  expose(env, exports, "openTerminal", open_terminal);
  expose(env, exports, "setTerminalSize", set_terminal_size);
  expose(env, exports, "spawn", spawn);
  expose(env, exports, "reap", reap);
  expose(env, exports, "bytesAvailable", bytes_available);
  expose(env, exports, "read", read_fd);
  expose(env, exports, "write", write_fd);
  expose(env, exports, "becomeSubreaper", become_subreaper);
  expose(env, exports, "separateFromUser", separate_from_user);
  expose(env, exports, "setStackLimit", set_stack_limit);
  expose(env, exports, "duplicate", duplicate);
  expose(env, exports, "setSendBuffer", set_send_buffer);
  expose(env, exports, "bytesAcknowledged", bytes_acknowledged);
  expose_jail(env, exports);
  return exports;
}
