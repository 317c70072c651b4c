/*
 * Starts the worker, waits for what it says, and puts the checkpoint in its place where it falls.
 */
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "channel.h"
#include "precompiled.h"
#include "programs.h"

/* Milliseconds. An interrupted cell is asked this often, and ended after that. */
enum { ASK_AGAIN = 2, PATIENCE = 700 };

static struct shared *shared;
static pid_t worker;
static int worker_status, worker_is_dead;
static int tasks, reports, gate; /* our ends */
static struct text received;

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* -- Starting -- */

static void make_pipe(int *theirs, int *ours, int ours_writes) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) _exit(1);
  *ours = fcntl(ends[ours_writes], F_DUPFD_CLOEXEC, 64);
  *theirs = fcntl(ends[!ours_writes], F_DUPFD_CLOEXEC, 64);
  close(ends[0]);
  close(ends[1]);
}

static void close_lines(void) {
  close(tasks);
  close(reports);
  close(gate);
  text_clear(&received);
}

static void fork_worker(struct lines theirs) {
  worker_is_dead = 0;
  worker = fork();
  if (worker != 0) return;
  close_lines();
  close_channel();
  restore_signals();
  work(theirs, shared);
}

void start_worker(void) {
  struct lines theirs;
  if (worker) close_lines();
  make_pipe(&theirs.tasks, &tasks, 1);
  make_pipe(&theirs.reports, &reports, 0);
  make_pipe(&theirs.gate, &gate, 1);
  fcntl(reports, F_SETFL, O_NONBLOCK);
  if (!shared) {
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    /* Checkpoints, and what user code leaves behind, become our children. */
    prctl(PR_SET_CHILD_SUBREAPER, 1);
  }
  shared->checkpoint = 0;
  fork_worker(theirs);
  close(theirs.tasks);
  close(theirs.reports);
  close(theirs.gate);
}

/* -- The end of the worker -- */

static void note_end(pid_t pid, int status) {
  note_precompiled(pid, status);
  if (pid != worker) return;
  worker_status = status;
  worker_is_dead = 1;
}

static int is_child(pid_t pid) {
  return pid > 1 && pid != worker && waitpid(pid, NULL, WNOHANG) == 0;
}

static void drop_checkpoint(void) {
  pid_t checkpoint = shared->checkpoint;
  shared->checkpoint = 0;
  if (!is_child(checkpoint)) return;
  kill(checkpoint, SIGKILL);
  while (waitpid(checkpoint, NULL, 0) < 0 && errno == EINTR) continue;
}

/* False: there is no checkpoint, and the context is lost. */
static int go_on_from_checkpoint(void) {
  pid_t checkpoint = shared->checkpoint;
  shared->checkpoint = 0;
  if (!is_child(checkpoint) || write(gate, "", 1) != 1) return 0;
  worker = checkpoint;
  worker_is_dead = 0;
  return 1;
}

static const char *name_of_signal(int number) {
  switch (number) {
    case SIGSEGV: return shared->fault.pid == worker && shared->fault.overflows ? "SIGSEGV (stack overflow)" : "SIGSEGV (segmentation fault)";
    case SIGABRT: return "SIGABRT (abort)";
    case SIGFPE: return "SIGFPE (arithmetic error)";
    case SIGILL: return "SIGILL (illegal instruction)";
    case SIGBUS: return "SIGBUS (bus error)";
    case SIGKILL: return "SIGKILL (killed, or out of memory)";
    case SIGTERM: return "SIGTERM (terminated)";
    case SIGPIPE: return "SIGPIPE (a write that nobody reads)";
    default: return format("signal %d (%s)", number, strsignal(number));
  }
}

static struct outcome outcome_of_death(int was_ended) {
  struct outcome outcome = {.kind = EXITED, .undone = 1};
  if (was_ended || shared->surrender.pid == worker) {
    outcome.kind = was_ended ? INTERRUPTED : (enum report_kind)shared->surrender.kind;
    outcome.code = 1;
  } else if (WIFSIGNALED(worker_status)) {
    outcome.code = 128 + WTERMSIG(worker_status);
    text_printf(&outcome.text, "%s", name_of_signal(WTERMSIG(worker_status)));
  } else {
    outcome.code = WEXITSTATUS(worker_status);
  }
  outcome.lost = !go_on_from_checkpoint();
  if (outcome.lost) start_worker();
  return outcome;
}

/* -- What the worker says -- */

static void receive(void) {
  char chunk[4096];
  ssize_t count;
  while ((count = read(reports, chunk, sizeof chunk)) > 0) text_add(&received, chunk, (size_t)count);
}

/* The next whole report, taken out of what was received. */
static int take_report(struct report_head *head, struct text *text) {
  if (received.length < sizeof *head) return 0;
  memcpy(head, received.bytes, sizeof *head);
  if (received.length < sizeof *head + head->length) return 0;
  memset(text, 0, sizeof *text);
  text_add(text, received.bytes + sizeof *head, head->length);
  received.length -= sizeof *head + head->length;
  memmove(received.bytes, received.bytes + sizeof *head + head->length, received.length);
  return 1;
}

/* Whether the cell has ended. */
static int handle_reports(declared_function *declared, void *argument, struct outcome *outcome) {
  struct report_head head;
  struct text text;
  receive();
  while (take_report(&head, &text)) {
    if (head.kind != DECLARED) {
      *outcome = (struct outcome){.kind = head.kind, .code = head.value, .text = text};
      return 1;
    }
    declared(head.value, text_string(&text), argument);
    text_clear(&text);
  }
  return 0;
}

/* -- Running -- */

struct interruption {
  int asked, killed;
  long since;
};

static void insist(struct interruption *interruption) {
  if (!interruption->asked && was_interrupted()) {
    interruption->asked = 1;
    interruption->since = now();
  } else if (interruption->asked && now() - interruption->since > PATIENCE) {
    interruption->killed = 1;
    kill(worker, SIGKILL);
  } else if (interruption->asked) {
    kill(worker, TICK);
  }
}

static void send_task(const struct task *task) {
  const char *bytes = (const char *)task;
  for (size_t sent = 0; sent < sizeof *task;) {
    ssize_t count = write(tasks, bytes + sent, sizeof *task - sent);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    sent += (size_t)count;
  }
}

struct outcome run_task(const struct task *task, declared_function *declared, void *argument) {
  struct interruption interruption = {0};
  struct outcome outcome;
  send_task(task);
  for (;;) {
    wait_for(reports, interruption.asked ? ASK_AGAIN : -1);
    if (handle_reports(declared, argument, &outcome)) break;
    reap(note_end);
    if (worker_is_dead) {
      text_clear(&received);
      receive();
      text_clear(&received);
      return outcome_of_death(interruption.killed);
    }
    insist(&interruption);
  }
  drop_checkpoint();
  return outcome;
}

void bury_dead(void) {
  reap(note_end);
}

int worker_was_lost(void) {
  bury_dead();
  if (!worker_is_dead) return 0;
  start_worker();
  return 1;
}
