/*
 * Starts a command in the jail: `krunner-jail run PROGRAM RULES CONTROL FILE ARGUMENT...`. The first three are
 * descriptors: what src/jail/encode.ts wrote, a Landlock rule set, and the socket to the session's supervisor; `-`
 * where there is none. Everything is set once, asks for no privilege, holds for all that the command starts, and
 * cannot be taken back. `krunner-jail supervise PROGRAM CONTROL` is the supervisor, `krunner-jail probe` tells what
 * the kernel has. Where something cannot be set, the command does not start. There is no libc: it has to work where
 * the image has none.
 */
#define _GNU_SOURCE
#include "jail.h"
#include "system-call.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#define LANDLOCK_RESTRICT_SELF 446
/* As shells say it. */
#define NOT_STARTED 126
#define NOT_FOUND 127
/* Before Linux 5.16 a filter turned on a defence against speculation that costs much; the jail's is none against that. */
#define PLAIN SECCOMP_FILTER_FLAG_SPEC_ALLOW
/* A call that was handed over is not given up for any signal but a deadly one: what it was counted for happens (Linux 5.19). */
#define UNDISTURBED (1ul << 5)

static _Noreturn void leave(int code) {
  for (;;) CALL(exit_group, code, 0, 0);
}

static _Noreturn void fail(const char *what, const char *of, long error, int code) {
  struct line line = {0};
  add_text(&line, "krunner: the command is not started: ");
  add_text(&line, what);
  add_text(&line, of);
  add_text(&line, error == -ENOENT ? ": no such file" : error == -EACCES ? ": the jail does not allow it (EACCES)" : ": error ");
  if (error != -ENOENT && error != -EACCES) add_number(&line, (unsigned long)-error);
  add_text(&line, "\n");
  write_line(2, &line);
  leave(code);
}

/* -1 for `-`. The command does not get it. */
static int descriptor(const char *word) {
  if (*word == '-') return -1;
  int fd = (int)number_of(word);
  CALL(fcntl, fd, F_SETFD, FD_CLOEXEC);
  return fd;
}

static uint64_t lower(uint64_t wanted, uint64_t most) {
  return wanted < most ? wanted : most;
}

static void set_limit(const struct jail_limit *limit) {
  struct {
    uint64_t soft, hard;
  } old, new;
  long error = system_call(SYS_prlimit64, 0, (long)limit->resource, 0, (long)&old, 0, 0);
  new.hard = lower(limit->hard, old.hard);
  new.soft = lower(limit->soft, new.hard);
  if (!error) error = system_call(SYS_prlimit64, 0, (long)limit->resource, (long)&new, 0, 0, 0);
  if (error) fail("a resource limit cannot be set", "", error, NOT_STARTED);
}

static void send_listener(int control, int listener) {
  char byte = 0, rights[CMSG_SPACE(sizeof(int))] __attribute__((aligned(8)));
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = rights, .msg_controllen = sizeof rights};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof(int));
  *(int *)CMSG_DATA(head) = listener;
  CALL(sendmsg, control, &message, MSG_NOSIGNAL);
}

/*
 * The process that is filtered may not be allowed to send anything any more. Another, that shares its descriptors
 * and is not filtered, sends the listener once it is there. It is a child of the daemon, which reaps it: the command
 * must not find one that it did not start.
 */
static void send_once_there(int control, volatile int *listener, long command) {
  struct timespec pause = {0, 50000};
  while (!*listener && CALL(kill, command, 0, 0) == 0) CALL(nanosleep, &pause, 0, 0);
  if (*listener > 0) send_listener(control, *listener);
  leave(0);
}

/* Where the filter's listener is to be told. */
static volatile int *start_sender(int control) {
  long shared = system_call(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  long command = CALL(getpid, 0, 0, 0);
  long sender = shared < 0 ? shared : system_call(SYS_clone, CLONE_FILES | CLONE_PARENT | SIGCHLD, 0, 0, 0, 0, 0);
  if (sender < 0) fail("its supervisor cannot be told", "", sender, NOT_STARTED);
  if (sender == 0) send_once_there(control, (volatile int *)shared, command);
  return (volatile int *)shared;
}

static void filter_notifying(struct sock_fprog *filter, volatile int *listener) {
  unsigned long flags = PLAIN | SECCOMP_FILTER_FLAG_NEW_LISTENER;
  long fd = CALL(seccomp, SECCOMP_SET_MODE_FILTER, flags | UNDISTURBED, filter);
  if (fd == -EINVAL) fd = CALL(seccomp, SECCOMP_SET_MODE_FILTER, flags, filter);
  *listener = fd < 0 ? -1 : (int)fd;
  if (fd < 0) fail("its system calls cannot be filtered", "", fd, NOT_STARTED);
}

static void filter_calls(const struct jail_program *program, volatile int *listener) {
  struct sock_fprog filter = {(unsigned short)program->head->instructions, (struct sock_filter *)program->filter};
  if (filter.len == 0) return;
  if (listener) {
    filter_notifying(&filter, listener);
    return;
  }
  long error = CALL(seccomp, SECCOMP_SET_MODE_FILTER, PLAIN, &filter);
  if (error) fail("its system calls cannot be filtered", "", error, NOT_STARTED);
}

/*
 * Of root's capabilities, where it runs the session, those stay that are about its own files and users; a limit, another
 * process or the machine is not to be had by any. After no_new_privs no exec gives them back.
 */
static void drop_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct held[2] = {0};
  const uint32_t kept = 1u << CAP_CHOWN | 1u << CAP_DAC_OVERRIDE | 1u << CAP_FOWNER | 1u << CAP_FSETID | 1u << CAP_KILL |
                        1u << CAP_SETGID | 1u << CAP_SETUID | 1u << CAP_NET_BIND_SERVICE;
  long error = CALL(capget, &header, held, 0);
  held[0].effective &= kept, held[0].permitted &= kept, held[0].inheritable &= kept;
  held[1].effective = held[1].permitted = held[1].inheritable = 0;
  if (!error) error = CALL(capset, &header, held, 0);
  if (error) fail("its capabilities cannot be given up", "", error, NOT_STARTED);
}

static void confine(const struct jail_program *program, int rules, int control) {
  long error = system_call(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
  if (error) fail("it cannot be kept from new privileges", "", error, NOT_STARTED);
  drop_capabilities();
  volatile int *listener = control < 0 ? 0 : start_sender(control);
  for (uint32_t at = 0; at < program->head->limits; at++) set_limit(&program->limits[at]);
  if (rules >= 0) error = system_call(LANDLOCK_RESTRICT_SELF, rules, 0, 0, 0, 0, 0);
  if (error && listener) *listener = -1;
  if (error) fail("Landlock cannot be used", "", error, NOT_STARTED);
  filter_calls(program, listener);
}

/* A script without a `#!` line: shells run it themselves, and so does execvp. `argv[-1]` is free. */
static _Noreturn void run(const char *file, char **argv, char **env) {
  long error = CALL(execve, file, argv, env);
  if (error == -ENOEXEC) {
    argv[0] = (char *)file;
    argv[-1] = "/bin/sh";
    error = CALL(execve, "/bin/sh", argv - 1, env);
  }
  fail("", file, error, error == -ENOENT ? NOT_FOUND : NOT_STARTED);
}

static _Noreturn void bad_use(void) {
  fail("krunner-jail is started by the runner alone", "", -EINVAL, NOT_STARTED);
}

_Noreturn void begin(long *stack) {
  long count = *stack;
  char **argv = (char **)(stack + 1), **env = argv + count + 1;
  struct jail_program program;
  if (count == 2 && is_same(argv[1], "probe")) {
    probe(1);
    leave(0);
  }
  if (count < 4 || !read_program(descriptor(argv[2]), &program)) bad_use();
  if (is_same(argv[1], "supervise")) supervise(&program, descriptor(argv[3]));
  if (count < 7 || !is_same(argv[1], "run")) bad_use();
  confine(&program, descriptor(argv[3]), descriptor(argv[4]));
  run(argv[5], argv + 6, env);
}

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call begin\n");
#else
__asm__(".globl _start\n_start:\n mov x29, #0\n mov x30, #0\n mov x0, sp\n bl begin\n");
#endif
