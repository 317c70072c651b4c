/*
 * Loads the library of each cell, runs it, and keeps it: the variables of user code are this process's memory.
 */
#include "worker.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "ending.h"
#include "guard.h"
#include "symbols.h"
#include "text.h"

static struct lines lines;
static void *library;

static void send_all(const void *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = write(lines.reports, bytes, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) _exit(1); /* user code has closed it */
    bytes = (const char *)bytes + count;
    length -= (size_t)count;
  }
}

void send_to_driver(enum report_kind kind, int value, const char *text) {
  struct report_head head = {kind, value, strlen(text)};
  struct text report = {0};
  text_add(&report, (const char *)&head, sizeof head);
  text_puts(&report, text);
  send_all(report.bytes, report.length);
  text_clear(&report);
}

/* Called by the code around a cell's variable, once it has its value. */
__attribute__((visibility("default"))) int krunner_declared(int number, const char *type) {
  if (!is_forked_child()) send_to_driver(DECLARED, number, type ? type : "");
  return 0;
}

/* -- Loading and running -- */

/* Of a variable's name the loader itself says that it is nowhere. */
static int report_load_error(const char *error) {
  static const char start[] = "undefined symbol: ";
  const char *symbol = strstr(error, start);
  char *readable = symbol ? readable_symbol(symbol + strlen(start)) : NULL;
  send_to_driver(NOT_LOADED, symbol != NULL, readable ? readable : symbol ? symbol + strlen(start) : error);
  free(readable);
  return 0;
}

static int load(const struct task *task) {
  struct text missing = {0};
  library = dlopen(task->library, RTLD_LAZY | RTLD_GLOBAL);
  if (!library) return report_load_error(dlerror());
  adopt_library(library, task->may_miss, &missing);
  int is_refused = missing.length > 0 && !task->may_miss;
  if (is_refused) {
    send_to_driver(NOT_LOADED, 1, missing.bytes);
    dlclose(library);
  }
  text_clear(&missing);
  return !is_refused;
}

typedef void initialiser(int argc, char **argv, char **env);
static char *program_arguments[] = {(char *)"main", NULL};

static void run_initialisers(const struct task *task) {
  struct link_map *map;
  dlinfo(library, RTLD_DI_LINKMAP, &map);
  initialiser **functions = (initialiser **)(map->l_addr + task->initialisers_at);
  for (size_t i = 0; i < task->initialisers; i++) functions[i](1, program_arguments, environ);
}

static void run_main(void) {
  int (*user_main)(int, char **, char **) = (int (*)(int, char **, char **))dlsym(library, "main");
  end_as_exit(user_main(1, program_arguments, environ));
}

static void run_all(const struct task *task) {
  run_initialisers(task);
  void (*cell)(void) = (void (*)(void))dlsym(library, "krunner_cell");
  if (cell) cell();
  if (task->runs_main) run_main();
}

static void run_guarded(const struct task *task) {
  const char *raised = run_in_guard(run_all, task);
  if (raised) end_as_raised(raised);
}

/* A thread that sits in a stream for ever must not hold the cell. */
static void flush(FILE *stream) {
  if (ftrylockfile(stream) != 0) return;
  fflush(stream);
  funlockfile(stream);
}

/* What is left of an answer is not the next cell's. */
static void forget_input(void) {
  if (ftrylockfile(stdin) != 0) return;
  __fpurge(stdin);
  clearerr(stdin);
  funlockfile(stdin);
}

static void run(const struct task *task) {
  if (!load(task)) return;
  struct ending ending = run_until_end(run_guarded, task);
  flush_language_streams();
  flush(stdout);
  flush(stderr);
  if (is_forked_child()) _exit(ending.value);
  forget_input();
  send_to_driver(ending.kind, ending.value, ending.name);
}

/* -- The process -- */

static int read_task(struct task *task) {
  size_t length = 0;
  while (length < sizeof *task) {
    ssize_t count = read(lines.tasks, (char *)task + length, sizeof *task - length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return 0;
    length += (size_t)count;
  }
  return 1;
}

static void leave_no_core_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_CORE, &limit) != 0) return;
  limit.rlim_cur = 0;
  setrlimit(RLIMIT_CORE, &limit);
}

void work(struct lines ends, struct shared *shared) {
  static struct task task;
  lines = ends;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setvbuf(stdout, NULL, _IONBF, 0);
  leave_no_core_files();
  program_invocation_short_name = program_arguments[0];
  catch_signals(shared);
  become_worker();
  while (read_task(&task)) {
    if (make_checkpoint(lines.gate, shared)) become_worker();
    else run(&task);
  }
  _exit(0);
}
