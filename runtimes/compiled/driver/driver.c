/*
 * The query driver of C, C++ and Fortran: `driver COMPILER SCRATCH FOLDER`.
 *
 * How the context persists: each cell is compiled, by the image's own compiler, to a shared library behind the
 * declarations of all cells before it, and loaded into a process that lives as long as the session, the worker.
 * Global variables of the libraries are the user's variables. A name that is defined again leads to its newest
 * definition, for earlier callers too (symbols.c).
 *
 * This process is not the worker, but its parent: it speaks with the daemon, splits and compiles, and before each
 * cell has the worker fork a checkpoint (checkpoint.c). Where a cell falls - a fault, an abort, a kill - the
 * checkpoint goes on, and only that cell is lost.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "channel.h"
#include "language.h"
#include "programs.h"

static int cells;

static void say(const struct text *text) {
  size_t length = text->length;
  for (const char *at = text_string(text); length > 0;) {
    ssize_t count = write(2, at, length);
    if (count <= 0) return;
    at += count;
    length -= (size_t)count;
  }
}

static void send_done(long id, int code, const char *error) {
  send_report(format("done %ld %d", id, code), error, strlen(error));
}

/* -- How a cell ended, in words -- */

/* An exception's type, or the first word of what else ended it: a signal's name. */
static const char *error_name(const struct outcome *outcome) {
  const char *text = text_string(&outcome->text);
  if (outcome->kind == INTERRUPTED) return "Interrupted";
  if (outcome->kind == RAISED) return *text ? text : "error";
  return copy(text, strcspn(text, " \n"));
}

/* The last use of a name in the cell: in a definition before it, it would not be missing. */
static const char *last_use(const char *source, const char *name) {
  const char *last = NULL;
  size_t length = 0;
  while (is_word_byte((unsigned char)name[length])) length++;
  char *word = copy(name, length);
  for (const char *at = find_word(source, word); *word && at; at = find_word(at + length, word)) last = at;
  return last;
}

static void explain_undefined(const struct request *request, const char *name, struct text *words) {
  const char *use = last_use(request->payload, name);
  int line = 1, column = 1;
  for (const char *at = request->payload; use && at < use; at++) {
    column = *at == '\n' ? 1 : column + 1;
    line += *at == '\n';
  }
  char *error = use ? format("<cell %d>:%d:%d: error: undefined reference to '%s'\n", cells, line, column, name)
                    : format("<cell %d>: error: undefined reference to '%s'\n", cells, name);
  show_diagnostics(&language.compiler, error, cells, request->payload, words);
}

static void explain_load(const struct request *request, const struct outcome *outcome, struct text *words) {
  const char *text = text_string(&outcome->text);
  if (outcome->code == 0) text_printf(words, "error: %s\n", text);
  while (outcome->code != 0 && *text) {
    size_t length = strcspn(text, "\n");
    explain_undefined(request, copy(text, length), words);
    text += length + (text[length] == '\n');
  }
}

static void explain(const struct request *request, const struct outcome *outcome, struct text *words) {
  const char *fate = outcome->lost ? "the context was lost: there was no checkpoint" : "what it changed is undone, all before it is kept";
  if (outcome->kind == NOT_LOADED) explain_load(request, outcome, words);
  else if (outcome->kind == INTERRUPTED && outcome->undone) text_printf(words, "interrupted inside of a library's code: the cell was ended, %s\n", fate);
  else if (outcome->kind == INTERRUPTED) text_puts(words, "interrupted\n");
  else if (outcome->kind == RAISED && outcome->undone) text_printf(words, "the cell was ended inside of a library's code: %s\n", fate);
  else if (outcome->undone && outcome->text.length > 0) text_printf(words, "the cell was ended by %s: %s\n", text_string(&outcome->text), fate);
  else if (outcome->undone) text_printf(words, "the cell ended its process with exit code %d: %s\n", outcome->code, fate);
}

static void finish(const struct request *request, struct outcome *outcome) {
  struct text words = {0};
  explain(request, outcome, &words);
  say(&words);
  int failed = outcome->kind == NOT_LOADED || outcome->kind == RAISED || outcome->kind == INTERRUPTED;
  send_done(request->id, failed ? 1 : outcome->code, error_name(outcome));
  text_clear(&words);
  text_clear(&outcome->text);
}

/* -- Requests -- */

static void announce_loss(void) {
  static const struct text words = {(char *)"the context was lost: its process has ended since the last cell\n", 64, 0};
  say(&words);
  language.forget();
}

static void run_cell(const struct request *request) {
  struct task task;
  if (worker_was_lost()) announce_loss();
  int made = language.make(&language, ++cells, request->payload, &task);
  struct outcome outcome = {.kind = FINISHED};
  if (was_interrupted()) {
    outcome.kind = INTERRUPTED;
    language.keep(&language, 1);
    return finish(request, &outcome);
  }
  if (made < 0) {
    language.keep(&language, 1);
    return send_done(request->id, 1, "error");
  }
  if (made == 0) outcome = run_task(&task, language.declared, &language);
  unlink(task.library);
  language.keep(&language, outcome.undone || outcome.kind == NOT_LOADED);
  if (outcome.lost) language.forget();
  finish(request, &outcome);
}

static size_t cursor_of(const struct request *request) {
  return (size_t)request->cursor < request->length ? (size_t)request->cursor : request->length;
}

static void inspect(const struct request *request) {
  struct text found = {0};
  language.inspect(request->payload, cursor_of(request), &found);
  was_interrupted();
  send_report(format("doc %ld", request->id), text_string(&found), found.length);
  text_clear(&found);
}

static void complete(const struct request *request) {
  struct text matches = {0};
  language.complete(&language, request->payload, cursor_of(request), &matches);
  was_interrupted();
  size_t length = matches.length > 0 ? matches.length - 1 : 0;
  send_report(format("matches %ld", request->id), text_string(&matches), length);
  text_clear(&matches);
}

static void serve(void) {
  struct request request;
  for (;;) {
    /* What ended while a request was answered has told it already. */
    bury_dead();
    while (!wait_for(channel_input(), -1)) {
      /* Without a request, an interrupt is nobody's. */
      was_interrupted();
      bury_dead();
    }
    if (!read_request(&request)) return;
    if (strcmp(request.type, "run") == 0) run_cell(&request);
    else if (strcmp(request.type, "complete") == 0) complete(&request);
    else if (strcmp(request.type, "inspect") == 0) inspect(&request);
    free(request.payload);
    forget_all();
  }
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fputs("usage: driver COMPILER SCRATCH FOLDER\n", stderr);
    return 2;
  }
  open_channel();
  hold_signals();
  language.compiler.path = argv[1];
  language.compiler.scratch = argv[2];
  language.compiler.folder = argv[3];
  start_worker();
  meet_compiler(&language.compiler);
  language.begin(&language);
  char *banner = format("%s (%s)", language.title, language.compiler.banner);
  send_report("ready", banner, strlen(banner));
  serve();
  return 0;
}
