/* An ssh-agent of the image's, for the user, with the keys that need no passphrase. */
#include "entrypoint.h"
#include "../system-call.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

enum { MOST_PRINTED = 4096, PATIENCE = 2 };

static const char *const KEYS[] = {
    HOME "/.ssh/id_rsa",     HOME "/.ssh/id_ecdsa",           HOME "/.ssh/id_ecdsa_sk",
    HOME "/.ssh/id_ed25519", HOME "/.ssh/id_ed25519_sk",      "/home/config/ssh/id_cluster",
};

static void read_from_nowhere(void) {
  long nowhere = CALL4(openat, AT_FDCWD, "/dev/null", O_RDWR, 0);
  if (nowhere >= 0) CALL(dup3, nowhere, 0, 0);
}

static void run_agent(const struct identity *identity, const char *program, const long *ends) {
  const char *arguments[] = {program, "-s", NULL};
  if (fork_as(identity) != 0) return;
  read_from_nowhere();
  CALL(dup3, ends[1], 1, 0);
  long failure = CALL(execve, program, arguments, environment);
  tell(program, " cannot be run: ", reason(failure), NULL);
  leave(127);
}

/* It goes on in the background, so the end of its words is where it lets go of the pipe. */
static size_t read_words(long fd, char *words) {
  size_t length = 0;
  struct timespec64 {
    int64_t seconds, nanoseconds;
  } patience = {PATIENCE, 0};
  while (length < MOST_PRINTED) {
    struct pollfd waiting = {.fd = (int)fd, .events = POLLIN};
    /* What is left of the time comes back. */
    if (system_call(SYS_ppoll, (long)&waiting, 1, (long)&patience, 0, 0, 0) <= 0) break;
    long count = CALL(read, fd, words + length, MOST_PRINTED - length);
    if (count <= 0) break;
    length += (size_t)count;
  }
  return length;
}

/* `NAME=VALUE; export NAME;` */
static int take_variable(struct text words, const char *name) {
  const char *sought = joined(name, "=", NULL);
  while (words.bytes) {
    struct text line = cut(&words, '\n');
    if (line.length < length_of(sought) || !starts_with(line.bytes, sought)) continue;
    line.bytes += length_of(sought);
    line.length -= length_of(sought);
    struct text value = cut(&line, ';');
    char *copy = take(value.length + 1);
    memcpy(copy, value.bytes, value.length);
    set_variable(name, copy);
    return 1;
  }
  return 0;
}

/* Nobody waits for it: it becomes the daemon's child, which reaps it. Without a terminal it cannot ask for a passphrase. */
static void add_keys(const struct identity *identity, const char *program) {
  const char *arguments[LENGTH(KEYS) + 3] = {program, "-q"};
  size_t count = 2;
  struct stat status;
  for (size_t at = 0; at < LENGTH(KEYS); at++)
    if (CALL4(newfstatat, AT_FDCWD, KEYS[at], &status, 0) == 0) arguments[count++] = KEYS[at];
  if (count == 2 || fork_as(identity) != 0) return;
  CALL(setsid, 0, 0, 0);
  read_from_nowhere();
  set_variable("SSH_ASKPASS_REQUIRE", "never");
  CALL(execve, program, arguments, environment);
  leave(127);
}

void start_ssh_agent(const struct identity *identity) {
  int ends[2];
  const char *agent = find_program("ssh-agent"), *add = find_program("ssh-add");
  if (!agent || variable("SSH_AUTH_SOCK") || CALL(pipe2, ends, O_CLOEXEC, 0) < 0) return;
  char *words = take(MOST_PRINTED + 1);
  run_agent(identity, agent, (long[]){ends[0], ends[1]});
  CALL(close, ends[1], 0, 0);
  struct text printed = {words, read_words(ends[0], words)};
  CALL(close, ends[0], 0, 0);
  if (!take_variable(printed, "SSH_AUTH_SOCK")) {
    tell(agent, " did not start", NULL);
    return;
  }
  take_variable(printed, "SSH_AGENT_PID");
  if (add) add_keys(identity, add);
}
