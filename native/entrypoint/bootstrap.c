/*
 * /opt/container/bootstrap.sh, sourced as root. Sourced, so what it leaves behind must be there afterwards: exported variables,
 * the working folder, the umask, limits. It runs in a shell of its own all the same, as it may end that shell, and we are
 * process 1. At its end, whatever that is, the shell runs us again, and that process, which has all of it, writes it into a
 * file in memory.
 */
#include "entrypoint.h"
#include "../system-call.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define SCRIPT "/opt/container/bootstrap.sh"
#define HOME_SCRIPT HOME "/bootstrap.sh"
#define SHELL "/bin/sh"

/* Shells keep descriptors of their own from 10 on. */
enum { LIMITS = 16, LONGEST_PATH = 4096, LOWEST_DESCRIPTOR = 100, LARGEST = 16 * 1024 * 1024 };
static const uint32_t MARK = 0x6b727565;

struct state {
  uint32_t mark, status, mask;
  struct rlimit limits[LIMITS];
  char folder[LONGEST_PATH];
};

static void exists_or_not(const char *path, int *exists) {
  struct stat status;
  *exists = CALL4(newfstatat, AT_FDCWD, path, &status, 0) == 0;
}

/* -- In the shell's last process -- */

void tell_state(const char *descriptor, const char *status, char **env) {
  struct state state = {.mark = MARK, .status = (uint32_t)number_of(text_of(status), 255)};
  long fd = number_of(text_of(descriptor), 65536);
  state.mask = (uint32_t)CALL(umask, 0, 0, 0);
  for (long at = 0; at < LIMITS; at++) CALL4(prlimit64, 0, at, 0, &state.limits[at]);
  if (CALL(getcwd, state.folder, sizeof state.folder, 0) < 0) state.folder[0] = '\0';
  CALL(ftruncate, fd, 0, 0);
  CALL(lseek, fd, 0, 0);
  CALL(write, fd, &state, sizeof state);
  for (; *env; env++)
    /* The shell's own remark, about us. */
    if (!starts_with(*env, "_=")) CALL(write, fd, *env, length_of(*env) + 1);
  leave(0);
}

/* -- In ours -- */

static void take_limits(const struct rlimit *limits) {
  for (long at = 0; at < LIMITS; at++) {
    struct rlimit ours;
    if (CALL4(prlimit64, 0, at, 0, &ours) < 0) continue;
    if (ours.rlim_cur != limits[at].rlim_cur || ours.rlim_max != limits[at].rlim_max)
      CALL4(prlimit64, 0, at, &limits[at], 0);
  }
}

static void take_environment(char *bytes, size_t length) {
  size_t count = 0;
  for (size_t at = 0; at < length; at++) count += bytes[at] == '\0';
  char **env = take((count + 1) * sizeof *env);
  char *at = bytes;
  for (size_t each = 0; each < count; each++, at += length_of(at) + 1) env[each] = at;
  begin_environment(env);
}

/* What is left there is checked, as any process that the script has started may hold the file. */
static int take_state(long fd, struct state *state) {
  struct stat status;
  if (CALL(fstat, fd, &status, 0) < 0) return 0;
  size_t length = (size_t)status.st_size;
  if (length < sizeof *state || length > LARGEST) return 0;
  char *bytes = take(length + 1);
  if (CALL4(pread64, fd, bytes, length, 0) != (long)length) return 0;
  memcpy(state, bytes, sizeof *state);
  if (state->mark != MARK) return 0;
  state->folder[LONGEST_PATH - 1] = '\0';
  take_environment(bytes + sizeof *state, length - sizeof *state);
  take_limits(state->limits);
  CALL(umask, state->mask, 0, 0);
  if (state->folder[0]) CALL(chdir, state->folder, 0, 0);
  return 1;
}

static int is_plain(const char *path) {
  for (; *path; path++)
    if (*path == '\'' || *path == '"' || *path == '$' || *path == '`' || *path == '\\' || *path == '\n') return 0;
  return 1;
}

/* `$@` is the container's command, as it is in a script that sources another. */
_Noreturn static void become_shell(long fd, char **command) {
  const char *digits = digits_of(fd, take(24));
  const char *us = joined("'", own_path(), "' --tell ", digits, " $?", NULL);
  char *script = joined("trap \"", "'", own_path(), "' --tell ", digits, " \\$?\" 0\n. " SCRIPT "\n", us, "\ntrap - 0\n", NULL);
  size_t count = 0;
  while (command[count]) count++;
  const char **arguments = take((count + 5) * sizeof *arguments);
  arguments[0] = SHELL, arguments[1] = "-c", arguments[2] = script, arguments[3] = own_path();
  memcpy(arguments + 4, command, count * sizeof *arguments);
  long failure = CALL(execve, SHELL, arguments, environment);
  tell(SHELL " cannot be run: ", reason(failure), NULL);
  leave(127);
}

static void tell_end(int status, const struct state *state, int is_told) {
  const char *room = take(24);
  if (is_told && state->status == 0) return;
  if (is_told)
    tell(SCRIPT " ended with code ", digits_of(state->status, (char *)room), "; what it exported until then is kept", NULL);
  else if (status >= 0 && WIFSIGNALED(status))
    tell(SCRIPT " was killed by signal ", digits_of(WTERMSIG(status), (char *)room), ", so what it exported is lost", NULL);
  else
    tell(SCRIPT " ended its shell in a way that leaves nothing behind, so what it exported is lost", NULL);
}

static void run(char **command) {
  struct state *state = take(sizeof *state);
  long memory = CALL(memfd_create, "krunner-bootstrap", 0, 0), fd = memory;
  if (memory >= 0) fd = CALL(fcntl, memory, F_DUPFD, LOWEST_DESCRIPTOR);
  if (memory >= 0) CALL(close, memory, 0, 0);
  if (fd < 0 || !is_plain(own_path())) {
    tell(SCRIPT " is not run: there is no way to learn what it exports", NULL);
    return;
  }
  long pid = fork_process();
  if (pid == 0) become_shell(fd, command);
  int status = wait_for(pid);
  int is_told = take_state(fd, state);
  CALL(close, fd, 0, 0);
  tell_end(status, state, is_told);
}

void source_bootstrap(char **command) {
  int exists;
  if (!is_program(SHELL)) {
    tell("there is no " SHELL " in this image, so neither " SCRIPT " nor " HOME_SCRIPT " is run", NULL);
    return;
  }
  exists_or_not(SCRIPT, &exists);
  if (exists && is_root()) run(command);
  else if (exists) tell(SCRIPT " is not run: only root may", NULL);
}
