/* What the parts of krunner-jail share; jail-launch.c says what it is. There is no libc. */
#ifndef KRUNNER_JAIL_H
#define KRUNNER_JAIL_H
#include "freestanding.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>

#if defined(__x86_64__)
#define OUR_ARCHITECTURE 0xc000003eu
#else
#define OUR_ARCHITECTURE 0xc00000b7u
#endif

#define JAIL_MAGIC 0x314a524bu
#define KILLS_ALL 1u

/* What src/jail/encode.ts writes, in this order and without holes. */
struct jail_head {
  uint32_t magic, flags;
  /* -1: any number. */
  int32_t execs, forks, processes;
  /* Flags of clone that no process may have. */
  uint32_t namespaces;
  /* How many of each follow. */
  uint32_t limits, fork_calls, exec_calls, killed_calls, instructions, unused;
};

struct jail_limit {
  uint64_t resource, soft, hard;
};

struct jail_program {
  const struct jail_head *head;
  const struct jail_limit *limits;
  const uint32_t *fork_calls, *exec_calls, *killed_calls;
  const struct sock_filter *filter;
};

/* -- jail-text.c -- */

struct line {
  char bytes[1024];
  size_t length;
};

/* What does not fit is left out. */
void add_text(struct line *line, const char *text);
void add_number(struct line *line, unsigned long number);
/* 0 where there is none. */
unsigned long number_of(const char *text);
/* Descriptors are given; all of it, or as much as can be. */
void write_line(int fd, const struct line *line);

/* -- jail-program.c -- */

/* Maps the program; 0 where it is none. */
int read_program(int fd, struct jail_program *program);

/* -- jail-count.c -- */

/* Whether one more process may be made by the thread `tid`: none of the session is forgotten, also none that is in the making. */
int has_room(long tid, int most);
/* A process that was not asked for: the daemon has started one, which is not kept waiting by what came before. */
void count_one(void);
/* A fork that was granted did not happen. */
void uncount(long tid);

/* -- jail-supervise.c -- */

/* Serves the listeners that come over `control` until its other end is closed. */
_Noreturn void supervise(const struct jail_program *program, int control);

/* -- jail-probe.c -- */

/* Writes to `fd` what this kernel has. */
void probe(int fd);

#endif
