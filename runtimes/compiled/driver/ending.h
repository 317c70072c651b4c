/* The ways in which a cell can end before its end, while its process lives on. */
#ifndef ENDING_H
#define ENDING_H
#include <stddef.h>

struct task;
struct shared;

struct ending {
  int kind; /* an enum report_kind */
  int value;
  const char *name;
};

/* Takes over SIGINT and the signals of faults, which are told in `shared`. */
void catch_signals(struct shared *shared);
/* This process runs cells from now on: it has just begun, or comes from a checkpoint. */
void become_worker(void);
/* Whether this process is a child of user code, which must not go on as if it were the worker. */
int is_forked_child(void);

/* Runs it, and says how it ended. */
struct ending run_until_end(void (*run)(const struct task *task), const struct task *task);
/* Whether a jump may end the cell from here. */
int may_end_cell(void);
/* Ends the process: the checkpoint goes on without the cell. */
_Noreturn void surrender(int kind);
/* What main() gives back ends the cell. */
_Noreturn void end_as_exit(int code);
/* Stands in for what was declared and never defined. */
_Noreturn void call_of_undefined(void);
/* The C++ guard has caught an exception of that type. */
_Noreturn void end_as_raised(const char *name);

#endif
