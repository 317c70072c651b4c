/*
 * The worker is the process that user code runs in, a child of the driver. It loads each cell's library,
 * calls what is to run, and says how that went. These are the words between the two.
 */
#ifndef WORKER_H
#define WORKER_H
#include <stddef.h>
#include <sys/types.h>

struct task {
  char library[4000];
  /* The library's initialisers, an array of functions at this address of its file's image. */
  size_t initialisers_at, initialisers;
  int runs_main;
  /* It only defines: what it calls may be defined later. */
  int may_miss;
};

enum report_kind {
  DECLARED,    /* a variable now has its value: its number in the cell; the text is its type, or empty */
  FINISHED,    /* the cell ran to its end; the value is what main() gave back */
  RAISED,      /* an exception left the cell; the text is its type */
  EXITED,      /* it called exit() */
  INTERRUPTED, /* SIGINT ended it */
  NOT_LOADED,  /* the text says why, or is a list of undefined symbols, one a line */
};

struct report_head {
  enum report_kind kind;
  int value;
  size_t length;
};

/* What driver, worker and checkpoint all see. */
struct shared {
  /* The process that holds what was before the running cell, or 0. */
  volatile pid_t checkpoint;
  /* A worker that ended itself, as the cell could not be left in another way: INTERRUPTED or RAISED. */
  volatile struct {
    pid_t pid;
    int kind;
  } surrender;
  /* How the worker fell, told by its own signal handler. */
  volatile struct {
    pid_t pid;
    int signal, overflows;
    void *address;
  } fault;
};

/* The worker's ends of the pipes, and the one a checkpoint waits at. */
struct lines {
  int tasks, reports, gate;
};

/* A second ask to stop: whoever runs user code looks where it is now. Ignored by programs that do not know it. */
#define TICK SIGURG

/* Runs tasks until there are no more, and does not return. */
_Noreturn void work(struct lines lines, struct shared *shared);

/* Where the process is to be found again if what it does next goes wrong. True: here it is again. */
int make_checkpoint(int gate, struct shared *shared);

void send_to_driver(enum report_kind kind, int value, const char *text);

#endif
