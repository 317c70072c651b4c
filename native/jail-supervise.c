/*
 * The supervisor of a session: the filters of its commands hand over the calls that are to be counted, and those
 * that are refused, so that one of each can be told. Everything else never comes here. It is outside of the jail,
 * judges by numbers in registers alone (what a pointer shows can change), and ends with the daemon.
 */
#define _GNU_SOURCE
#include "jail.h"
#include "system-call.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#define REPORTS 1
#define MOST_LISTENERS 4096
#define MOST_REPORTS 512
#define CONTROL 0xffffffffu
/* Whoever waits for us is woken on our own processor, as we wait next (Linux 6.6). */
#define SET_FLAGS SECCOMP_IOW(4, uint64_t)
#define SYNC_WAKE_UP 1ul

/* A command that the daemon has started, and all that comes of it. */
struct listener {
  int fd;
  /* What is left of its allowances; -1: any number. */
  int32_t execs, forks;
  /* The launcher's own exec is not counted. */
  int has_begun;
};

/* As the kernel has it, with room for what later ones add. */
union notice {
  struct seccomp_notif call;
  char room[512];
};
union answer {
  struct seccomp_notif_resp answer;
  char room[512];
};

static struct listener listeners[MOST_LISTENERS];
static uint64_t reported[MOST_REPORTS];
static int report_count;
static const struct jail_program *program;
static int events;

static int is_one_of(uint32_t number, const uint32_t *calls, uint32_t count) {
  while (count-- > 0)
    if (calls[count] == number) return 1;
  return 0;
}

static void proc_path(struct line *path, uint32_t pid, const char *name) {
  path->length = 0;
  add_text(path, "/proc/");
  add_number(path, pid);
  add_text(path, name);
  path->bytes[path->length] = '\0';
}

/* The program that a thread runs; what has no name is `?`. */
static void name_program(uint32_t pid, char *name, long size) {
  struct line path;
  proc_path(&path, pid, "/exe");
  long length = system_call(SYS_readlinkat, AT_FDCWD, (long)path.bytes, (long)name, size - 1, 0, 0);
  if (length <= 0) name[0] = '?', length = 1;
  for (long at = 0; at < length; at++)
    if ((unsigned char)name[at] < ' ') name[at] = '?';
  name[length] = '\0';
}

/* FNV-1a: one that looks like another costs a line in the log. */
static uint64_t digest(const struct line *line) {
  uint64_t hash = 0xcbf29ce484222325ull;
  for (size_t at = 0; at < line->length; at++) hash = (hash ^ (unsigned char)line->bytes[at]) * 0x100000001b3ull;
  return hash;
}

/* Once for each call of each program, and before the call is answered: the daemon reads it before the command has ended. */
static void report(const char *what, const struct seccomp_notif *call) {
  struct line line = {0};
  char name[512];
  name_program(call->pid, name, sizeof name);
  add_text(&line, what);
  add_text(&line, " ");
  add_number(&line, call->data.arch);
  add_text(&line, " ");
  add_number(&line, (uint32_t)call->data.nr);
  add_text(&line, " ");
  add_text(&line, name);
  add_text(&line, "\n");
  uint64_t hash = digest(&line);
  for (int at = 0; at < report_count; at++)
    if (reported[at] == hash) return;
  if (report_count == MOST_REPORTS) return;
  reported[report_count++] = hash;
  write_line(REPORTS, &line);
}

static int is_waiting(const struct listener *listener, const struct seccomp_notif *call) {
  return CALL(ioctl, listener->fd, SECCOMP_IOCTL_NOTIF_ID_VALID, &call->id) == 0;
}

static int refuse(const struct listener *listener, const struct seccomp_notif *call) {
  const struct jail_head *head = program->head;
  int is_ours = call->data.arch == OUR_ARCHITECTURE;
  int is_deadly = (head->flags & KILLS_ALL) ||
                  (is_ours && is_one_of((uint32_t)call->data.nr, program->killed_calls, head->killed_calls));
  report(is_deadly ? "killed" : "refused", call);
  /* While it waits for us, its number is its own. */
  if (is_deadly && call->pid && is_waiting(listener, call)) CALL(kill, call->pid, SIGKILL, 0);
  return -EPERM;
}

static int may_exec(struct listener *listener, const struct seccomp_notif *call) {
  if (!listener->has_begun || listener->execs < 0) {
    listener->has_begun = 1;
    return 0;
  }
  if (listener->execs == 0) {
    report("execs", call);
    return -EPERM;
  }
  listener->execs--;
  return 0;
}

static int may_fork(struct listener *listener, const struct seccomp_notif *call) {
  if (listener->forks == 0) {
    report("forks", call);
    return -EPERM;
  }
  if (program->head->processes >= 0 && !has_room(call->pid, program->head->processes)) {
    report("processes", call);
    return -EAGAIN;
  }
  if (listener->forks > 0) listener->forks--;
  return 0;
}

static int is_fork(const struct seccomp_notif *call) {
  return call->data.arch == OUR_ARCHITECTURE &&
         is_one_of((uint32_t)call->data.nr, program->fork_calls, program->head->fork_calls);
}

static int has_namespaces(const struct seccomp_notif *call) {
  return call->data.nr == SYS_clone && (call->data.args[0] & program->head->namespaces);
}

/* 0: it goes on; else the error. */
static int judge(struct listener *listener, const struct seccomp_notif *call) {
  if (is_fork(call) && !has_namespaces(call)) return may_fork(listener, call);
  int is_exec = call->data.arch == OUR_ARCHITECTURE &&
                is_one_of((uint32_t)call->data.nr, program->exec_calls, program->head->exec_calls);
  return is_exec ? may_exec(listener, call) : refuse(listener, call);
}

/* A signal may have taken the call back meanwhile: it then asks again. */
static void take_back(struct listener *listener, const struct seccomp_notif *call) {
  if (!is_fork(call)) {
    if (listener->execs >= 0) listener->execs++;
    return;
  }
  if (listener->forks >= 0) listener->forks++;
  if (program->head->processes >= 0) uncount(call->pid);
}

static void serve(struct listener *listener) {
  union notice notice;
  union answer answer;
  memset(&notice, 0, sizeof notice);
  if (CALL(ioctl, listener->fd, SECCOMP_IOCTL_NOTIF_RECV, &notice) < 0) return;
  memset(&answer, 0, sizeof answer);
  int error = judge(listener, &notice.call);
  answer.answer.id = notice.call.id;
  answer.answer.error = error;
  answer.answer.flags = error ? 0 : SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  if (CALL(ioctl, listener->fd, SECCOMP_IOCTL_NOTIF_SEND, &answer) < 0 && !error) take_back(listener, &notice.call);
}

static void forget(struct listener *listener) {
  CALL(close, listener->fd, 0, 0);
  listener->fd = -1;
}

static void watch(int fd, uint32_t which) {
  struct epoll_event event = {.events = EPOLLIN, .data.u64 = which};
  system_call(SYS_epoll_ctl, events, EPOLL_CTL_ADD, fd, (long)&event, 0, 0);
}

/* Where there is no place for one more, its calls fail: nothing is let through. */
static void take_listener(int fd) {
  for (uint32_t at = 0; at < MOST_LISTENERS; at++) {
    if (listeners[at].fd >= 0) continue;
    listeners[at] = (struct listener){fd, program->head->execs, program->head->forks, 0};
    CALL(ioctl, fd, SET_FLAGS, SYNC_WAKE_UP);
    watch(fd, at);
    count_one();
    return;
  }
  CALL(close, fd, 0, 0);
}

static void read_control(int control) {
  char byte, rights[CMSG_SPACE(sizeof(int))] __attribute__((aligned(8)));
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = rights, .msg_controllen = sizeof rights};
  long count = CALL(recvmsg, control, &message, MSG_CMSG_CLOEXEC);
  if (count == -EINTR) return;
  if (count <= 0)
    for (;;) CALL(exit_group, 0, 0, 0);
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  if (head && head->cmsg_type == SCM_RIGHTS) take_listener(*(int *)CMSG_DATA(head));
}

static void handle(const struct epoll_event *event, int control) {
  if ((uint32_t)event->data.u64 == CONTROL) {
    read_control(control);
    return;
  }
  struct listener *listener = &listeners[event->data.u64];
  if (event->events & EPOLLIN) serve(listener);
  else forget(listener);
}

/* Each command that lives costs a descriptor. */
static void raise_limit(void) {
  uint64_t limit[2];
  if (system_call(SYS_prlimit64, 0, RLIMIT_NOFILE, 0, (long)limit, 0, 0)) return;
  limit[0] = limit[1];
  system_call(SYS_prlimit64, 0, RLIMIT_NOFILE, (long)limit, 0, 0, 0);
}

/* Where the daemon has a user id of its own, so have we: exec has made the user's our saved one, which signals ask for. */
static void separate_from_user(void) {
  long own = CALL(getuid, 0, 0, 0);
  if (own != CALL(geteuid, 0, 0, 0)) CALL(setresuid, -1, -1, own);
  system_call(SYS_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0, 0);
}

_Noreturn void supervise(const struct jail_program *given, int control) {
  program = given;
  separate_from_user();
  raise_limit();
  for (int at = 0; at < MOST_LISTENERS; at++) listeners[at].fd = -1;
  events = (int)CALL(epoll_create1, EPOLL_CLOEXEC, 0, 0);
  watch(control, CONTROL);
  for (;;) {
    struct epoll_event ready[16];
    long count = system_call(SYS_epoll_pwait, events, (long)ready, 16, -1, 0, 0);
    for (long at = 0; at < count; at++) handle(&ready[at], control);
  }
}
