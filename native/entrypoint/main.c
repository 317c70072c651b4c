/*
 * krunner-entrypoint, in a container /opt/kernel/entrypoint.sh: its first process. It makes the user `work` with the ids that
 * the agent asks for, prepares what a session needs as root, and becomes the command, which is the daemon as a rule, as that
 * user.
 *
 *   entrypoint.sh COMMAND [ARGUMENT]...
 *
 * Static, and without a libc: it needs nothing of the image, neither a shell nor `useradd` nor `su`.
 */
#include "entrypoint.h"
#include "../system-call.h"
#include <fcntl.h>
#include <sys/stat.h>

static int is_same_file(const char *a, const char *b) {
  struct stat one, other;
  if (CALL4(newfstatat, AT_FDCWD, a, &one, 0) < 0 || CALL4(newfstatat, AT_FDCWD, b, &other, 0) < 0) return 0;
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* Whether it is our own tree's, beside us, that serves: as agents start it, or by its own name. */
static int is_daemon(char **command) {
  static const char *const PROGRAMS[] = {"python", "krunner"};
  int serves = command[1] && (is(text_of(command[1]), "-s") || is(text_of(command[1]), "serve"));
  for (size_t at = 0; serves && at < LENGTH(PROGRAMS); at++)
    if (is_same_file(command[0], joined(own_folder(), "../backend.ai/bin/", PROGRAMS[at], NULL))) return 1;
  return 0;
}

static void begin_as_root(struct identity *identity) {
  read_identity(identity);
  if (identity->user == 0)
    tell("LOCAL_USER_ID is 0, so the user's code runs as root, and can end the daemon", NULL);
  else
    enter_user(identity);
  make_home(identity);
  set_variable("HOME", HOME);
  set_variable("USER", identity->user == 0 ? "root" : USER);
  set_variable("LOGNAME", identity->user == 0 ? "root" : USER);
}

static void begin_as_other(void) {
  const char *user = digits_of(CALL(geteuid, 0, 0, 0), take(24));
  tell("this container does not start as root, so the user stays ", user, ", and the user's code can end the daemon", NULL);
  /* Writable. */
  if (CALL(faccessat, AT_FDCWD, HOME, 2) == 0) set_variable("HOME", HOME);
}

_Noreturn static void execute(char **command) {
  const char *program = command[0];
  int has_folder = 0;
  for (const char *at = program; *at; at++) has_folder |= *at == '/';
  if (!has_folder) program = find_program(program);
  if (!program) fail("there is no program '", command[0], "' in PATH", NULL);
  long failure = CALL(execve, program, command, environment);
  fail("'", program, "' cannot be run: ", reason(failure), NULL);
}

static void run(char **command) {
  struct identity identity = {0}, *user = is_root() ? &identity : NULL;
  hold_signals();
  default_variable("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  if (user) begin_as_root(user);
  else begin_as_other();
  if (find_shell()) set_variable("SHELL", find_shell());
  source_bootstrap(command);
  copy_skeleton(user);
  start_ssh_agent(user);
  int serves = user && user->user != 0 && is_daemon(command);
  if (serves) keep_stack_limit();
  if (user) become(user, serves);
  stop_if_asked();
  /* Ours takes them itself, where one that comes now is not lost: see native/launcher/signals.c. */
  if (!is_daemon(command)) release_signals();
  execute(command);
}

_Noreturn void begin(long *stack) {
  char **arguments = (char **)(stack + 1), **env = arguments + *stack + 1;
  find_ourselves(arguments[0]);
  begin_environment(env);
  if (*stack == 4 && is(text_of(arguments[1]), "--tell")) tell_state(arguments[2], arguments[3], env);
  if (*stack < 2) fail("say which command to run, such as /opt/backend.ai/bin/python -s -m ai.backend.kernel python", NULL);
  run(arguments + 1);
  leave(0);
}

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call begin\n");
#else
__asm__(".globl _start\n_start:\n mov x29, #0\n mov x30, #0\n mov x0, sp\n bl begin\n");
#endif
