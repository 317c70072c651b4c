/*
 * Fortran around the cells. Its library locks a unit from the beginning of a statement that reads or writes to
 * its end, so we note which one is open, to end it where a cell is left in its midst. Its errors end the program
 * with exit code 2, as `stop 2` does; we tell them apart.
 */
#include <dlfcn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "ending.h"
#include "guard.h"

#define EXPORTED __attribute__((visibility("default")))

enum { DEEPEST = 16, FAILED = 1, ERROR_EXIT = 2 };

/* All parameter blocks of the library begin so. */
struct parameters {
  int32_t flags;
};

typedef void io_function(struct parameters *parameters);

static struct {
  struct parameters *parameters;
  io_function *end;
} statements[DEEPEST];
static int depth;
static int stopping;

static void *library_function(const char *name) {
  return dlsym(RTLD_NEXT, name);
}

static void begin(const char *name, const char *end, struct parameters *parameters) {
  if (depth < DEEPEST) {
    statements[depth].parameters = parameters;
    statements[depth].end = (io_function *)library_function(end);
  }
  depth++;
  ((io_function *)library_function(name))(parameters);
}

static void end(const char *name, struct parameters *parameters) {
  ((io_function *)library_function(name))(parameters);
  if (depth > 0) depth--;
}

EXPORTED void _gfortran_st_read(struct parameters *parameters) {
  begin("_gfortran_st_read", "_gfortran_st_read_done", parameters);
}

EXPORTED void _gfortran_st_read_done(struct parameters *parameters) {
  end("_gfortran_st_read_done", parameters);
}

EXPORTED void _gfortran_st_write(struct parameters *parameters) {
  begin("_gfortran_st_write", "_gfortran_st_write_done", parameters);
}

EXPORTED void _gfortran_st_write_done(struct parameters *parameters) {
  end("_gfortran_st_write_done", parameters);
}

/* A statement that has failed reads and writes no more when it ends. */
void leave_language(void) {
  while (depth > 0) {
    if (--depth >= DEEPEST) continue;
    statements[depth].parameters->flags |= FAILED;
    statements[depth].end(statements[depth].parameters);
  }
  stopping = 0;
}

int exit_is_error(int code) {
  return code == ERROR_EXIT && !stopping;
}

/* A whole program would have the library catch signals, and tell of them in its way. */
EXPORTED void _gfortran_set_options(int count, const int *options) {
  (void)count;
  (void)options;
}

int is_midway(void) {
  return depth > 0;
}

/* -- What ends a program on purpose -- */

typedef void stop_function(long a, long b, long c);

static void stop(const char *name, long a, long b, long c) {
  stopping = 1;
  ((stop_function *)library_function(name))(a, b, c);
}

EXPORTED void _gfortran_stop_numeric(long code, long quiet) {
  stop("_gfortran_stop_numeric", code, quiet, 0);
}

EXPORTED void _gfortran_stop_string(long text, long length, long quiet) {
  stop("_gfortran_stop_string", text, length, quiet);
}

EXPORTED void _gfortran_error_stop_numeric(long code, long quiet) {
  stop("_gfortran_error_stop_numeric", code, quiet, 0);
}

EXPORTED void _gfortran_error_stop_string(long text, long length, long quiet) {
  stop("_gfortran_error_stop_string", text, length, quiet);
}

EXPORTED void _gfortran_exit_i4(long code) {
  stop("_gfortran_exit_i4", code, 0, 0);
}

EXPORTED void _gfortran_exit_i8(long code) {
  stop("_gfortran_exit_i8", code, 0, 0);
}

/* -- Errors that the cell's own code finds: nothing of the library is under way then -- */

static void fail(const char *place, const char *kind, const char *message, va_list arguments) {
  fprintf(stderr, "%s%s%s", place, *place ? "\n" : "", kind);
  vfprintf(stderr, message, arguments);
  fputc('\n', stderr);
  if (may_end_cell()) end_as_raised("error");
  _exit(ERROR_EXIT);
}

EXPORTED void _gfortran_runtime_error_at(const char *place, const char *message, ...) {
  va_list arguments;
  va_start(arguments, message);
  fail(place, "Fortran runtime error: ", message, arguments);
  va_end(arguments);
}

EXPORTED void _gfortran_runtime_error(const char *message, ...) {
  va_list arguments;
  va_start(arguments, message);
  fail("", "Fortran runtime error: ", message, arguments);
  va_end(arguments);
}

EXPORTED void _gfortran_os_error_at(const char *place, const char *message, ...) {
  va_list arguments;
  va_start(arguments, message);
  fail(place, "Error: ", message, arguments);
  va_end(arguments);
}

/* -- The rest is as in C -- */

const char *run_in_guard(void (*run)(const struct task *task), const struct task *task) {
  run(task);
  return NULL;
}

char *readable_symbol(const char *name) {
  (void)name;
  return NULL;
}

void flush_language_streams(void) {}
