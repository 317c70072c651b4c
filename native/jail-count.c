/*
 * How many processes the session has. What is granted is added up, and only where that reaches the limit are the
 * living counted: a fork costs a look at two numbers, and one in so many a look through /proc.
 */
#include "jail.h"
#include "system-call.h"
#include <fcntl.h>
#include <time.h>

#define MOST_PROCESSES 32768
#define MOST_GRANTS 4096
/* A thread that still runs so long after its fork was granted is out of it, ns. */
#define LONGEST_FORK 1000000000ull
/* Where there is no room, others may have ended only after this many times what looking took. */
#define REST 4
/* Who was found outside of the session stays so for this long, ns: no number is given to another process so soon. */
#define KEPT_OUTSIDE 100000000ull

struct process {
  int pid, parent;
};

struct grant {
  long tid;
  uint64_t when;
};

/* As the kernel gives them. */
struct entry {
  uint64_t inode;
  int64_t offset;
  uint16_t length;
  uint8_t type;
  char name[];
};

static struct process processes[MOST_PROCESSES];
static int process_count;
/* In their order. */
static int outsiders[MOST_PROCESSES];
static int outsider_count;
static uint64_t outsiders_since;
static struct grant grants[MOST_GRANTS];
static int grant_count;
/* At least as many as there are. */
static int known;
static uint64_t rests_until;

static uint64_t now(void) {
  struct timespec time;
  CALL(clock_gettime, CLOCK_MONOTONIC, &time, 0);
  return (uint64_t)time.tv_sec * 1000000000ull + (uint64_t)time.tv_nsec;
}

/* The state of a process or thread and its parent; 0 where it is gone. */
static char look_at(const char *name, int *parent) {
  struct line path = {0};
  char text[512];
  add_text(&path, "/proc/");
  add_text(&path, name);
  add_text(&path, "/stat");
  path.bytes[path.length] = '\0';
  int fd = (int)system_call(SYS_openat, AT_FDCWD, (long)path.bytes, O_RDONLY | O_CLOEXEC, 0, 0, 0);
  if (fd < 0) return 0;
  long length = CALL(read, fd, text, sizeof text - 1);
  CALL(close, fd, 0, 0);
  /* The name may hold brackets and spaces: the last bracket counts. */
  while (length > 0 && text[length - 1] != ')') length--;
  if (length <= 0) return 0;
  text[sizeof text - 1] = '\0';
  *parent = (int)number_of(text + length + 3);
  return text[length + 1];
}

static int is_outsider(int pid) {
  int low = 0, high = outsider_count;
  while (low < high) {
    int middle = (low + high) / 2;
    if (outsiders[middle] < pid) low = middle + 1;
    else high = middle;
  }
  return low < outsider_count && outsiders[low] == pid;
}

static void add_process(const char *name) {
  int parent, pid = (int)number_of(name);
  if (pid == 0 || process_count == MOST_PROCESSES || is_outsider(pid) || !look_at(name, &parent)) return;
  processes[process_count++] = (struct process){pid, parent};
}

static void read_processes(void) {
  static char entries[32768];
  process_count = 0;
  int fd = (int)system_call(SYS_openat, AT_FDCWD, (long)"/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0, 0, 0);
  if (fd < 0) return;
  for (long length; (length = CALL(getdents64, fd, entries, sizeof entries)) > 0;)
    for (long at = 0; at < length; at += ((struct entry *)(entries + at))->length)
      add_process(((struct entry *)(entries + at))->name);
  CALL(close, fd, 0, 0);
}

/* They come in the order of their numbers. */
static struct process *find(int pid) {
  int low = 0, high = process_count;
  while (low < high) {
    int middle = (low + high) / 2;
    if (processes[middle].pid < pid) low = middle + 1;
    else high = middle;
  }
  return low < process_count && processes[low].pid == pid ? &processes[low] : 0;
}

/* One whose parent went while we looked is one: only what is below the daemon has parents that come and go. */
static int is_below(struct process *process, int root) {
  for (int depth = 0; depth < process_count; depth++) {
    if (process->parent == root) return 1;
    if (process->parent <= 1 || is_outsider(process->parent)) return 0;
    process = find(process->parent);
    if (!process) return 1;
  }
  return 0;
}

/* Everything below the daemon but us. Nobody else grants a fork meanwhile. */
static int count_living(uint64_t time) {
  int daemon = (int)CALL(getppid, 0, 0, 0), self = (int)CALL(getpid, 0, 0, 0), living = 0, outside = 0;
  int is_fresh = time - outsiders_since > KEPT_OUTSIDE;
  if (is_fresh) outsider_count = 0;
  read_processes();
  for (int at = 0; at < process_count; at++) {
    if (processes[at].pid == self) continue;
    if (is_below(&processes[at], daemon)) living++;
    else if (is_fresh) outsiders[outside++] = processes[at].pid;
  }
  if (is_fresh) outsider_count = outside, outsiders_since = time;
  return living;
}

/* A fork is in the making where its thread has not come back: it runs, or waits as only the kernel lets it. */
static int is_forking(const struct grant *grant, uint64_t time) {
  struct line tid = {0};
  int parent;
  add_number(&tid, (unsigned long)grant->tid);
  tid.bytes[tid.length] = '\0';
  char state = look_at(tid.bytes, &parent);
  return (state == 'R' || state == 'D') && time - grant->when < LONGEST_FORK;
}

/* Before the living are counted: who is found to have come back by now has its child there. */
static void forget_done(uint64_t time) {
  int kept = 0;
  for (int at = 0; at < grant_count; at++)
    if (is_forking(&grants[at], time)) grants[kept++] = grants[at];
  grant_count = kept;
}

static void count_again(void) {
  uint64_t began = now();
  forget_done(began);
  known = count_living(began) + grant_count;
  rests_until = now() + (now() - began) * REST;
}

static void forget(long tid) {
  for (int at = 0; at < grant_count; at++)
    if (grants[at].tid == tid) {
      grants[at] = grants[--grant_count];
      return;
    }
}

int has_room(long tid, int most) {
  /* It has come back from its last one. */
  forget(tid);
  if (known >= most || grant_count == MOST_GRANTS) {
    if (now() < rests_until && grant_count < MOST_GRANTS) return 0;
    count_again();
    if (known >= most || grant_count == MOST_GRANTS) return 0;
    rests_until = 0;
  }
  grants[grant_count++] = (struct grant){tid, now()};
  known++;
  return 1;
}

void count_one(void) {
  known++;
  rests_until = 0;
}

void uncount(long tid) {
  forget(tid);
  known--;
}
