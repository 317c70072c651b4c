/* The worker as the driver sees it. */
#ifndef SUPERVISOR_H
#define SUPERVISOR_H
#include "text.h"
#include "worker.h"

/* How a cell ended: in the worker's own words, or by its death. */
struct outcome {
  enum report_kind kind;
  int code;
  int undone; /* the worker fell: what the cell changed is undone */
  int lost;   /* and so is all that was before it */
  struct text text;
};

/* Called for each variable that has its value. */
typedef void declared_function(int number, const char *type, void *argument);

void start_worker(void);
/* Runs a cell's library to its end, whatever that is. */
struct outcome run_task(const struct task *task, declared_function *declared, void *argument);
/* Takes note of children that have ended while nothing ran. */
void bury_dead(void);
/* It has died since the last cell, and a new one was started. */
int worker_was_lost(void);

#endif
