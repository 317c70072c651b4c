#include "compiler.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "initialisers.h"
#include "precompiled.h"
#include "programs.h"

void add_word(struct command *command, const char *word) {
  if (command->count + 1 < (int)(sizeof command->words / sizeof *command->words)) command->words[command->count++] = copy(word, strlen(word));
}

void add_variable_words(struct command *command, const char *name) {
  const char *value = getenv(name);
  char *rest, *words = copy(value ? value : "", value ? strlen(value) : 0);
  for (char *word = strtok_r(words, " \t\n", &rest); word; word = strtok_r(NULL, " \t\n", &rest)) add_word(command, word);
}

static void add_words(struct command *command, const char *const *words) {
  for (; *words; words++) add_word(command, *words);
}

/*
 * No optimisation: cells compile faster, and a variable is in memory when an interrupt comes. Names are looked
 * up through slots, late, so that they can be filled again.
 */
void add_options(const struct compiler *compiler, struct command *command) {
  static const char *const options[] = {"-O0", "-fPIC", "-pthread", "-fdiagnostics-color=never", NULL};
  add_word(command, compiler->path);
  add_words(command, options);
  add_word(command, compiler->is_clang ? "-fno-caret-diagnostics" : "-fno-diagnostics-show-caret");
  add_words(command, compiler->options);
  add_variable_words(command, "CPPFLAGS");
  add_variable_words(command, compiler->flags);
}

static void add_link_options(const struct compiler *compiler, struct command *command) {
  static const char *const options[] = {"-shared", "-Wl,-z,lazy", "-Wl,-z,norelro",
                                        "-Wl,--hash-style=both", "-Wl,--wrap=atexit", NULL};
  add_words(command, options);
  add_words(command, compiler->link_options);
}

static char *path_of(const struct compiler *compiler, const char *name) {
  return format("%s/%s", compiler->scratch, name);
}

static int write_code(const char *path, const struct text *code, struct text *printed) {
  if (write_file(path, text_string(code), code->length) == 0) return 0;
  text_printf(printed, "error: %s cannot be written: %m\n", path);
  return -1;
}

/* In front of all else, as the compiler wants it. */
static void add_precompiled(struct command *command) {
  if (!precompiled_header()) return;
  add_word(command, "-include");
  add_word(command, precompiled_header());
}

/* In a locale that has them, compilers write curly quotes. */
static void straighten_quotes(struct text *text) {
  size_t kept = 0;
  for (size_t at = 0; at < text->length; at++) {
    int is_curly = starts_with(text->bytes + at, "\xe2\x80\x98") || starts_with(text->bytes + at, "\xe2\x80\x99");
    text->bytes[kept++] = is_curly ? '\'' : text->bytes[at];
    if (is_curly) at += 2;
  }
  text->length = kept;
  if (text->bytes) text->bytes[kept] = '\0';
}

static void add_lines(struct command *command, const char *lines) {
  for (; *lines; lines += strcspn(lines, "\n") + (lines[strcspn(lines, "\n")] == '\n')) add_word(command, copy(lines, strcspn(lines, "\n")));
}

int compile(const struct compiler *compiler, int cell, const struct text *code, const char *link_words, struct task *task,
            struct text *printed) {
  char *source = path_of(compiler, format("cell-%d.code", cell));
  struct command command = {0};
  memset(task, 0, sizeof *task);
  snprintf(task->library, sizeof task->library, "%s/cell-%d.so", compiler->scratch, cell);
  add_options(compiler, &command);
  add_precompiled(&command);
  add_link_options(compiler, &command);
  add_word(&command, "-o");
  add_word(&command, task->library);
  add_word(&command, "-x");
  add_word(&command, compiler->dialect);
  add_word(&command, source);
  add_word(&command, "-x");
  add_word(&command, "none");
  add_variable_words(&command, "LDFLAGS");
  add_variable_words(&command, "LDLIBS");
  add_lines(&command, link_words);
  add_word(&command, "-lm");
  int result = write_code(source, code, printed) == 0 ? run_program(command.words, printed) : -1;
  straighten_quotes(printed);
  if (result != 0) return -1;
  unlink(source);
  return take_initialisers(task);
}

static int look(const struct compiler *compiler, const struct text *code, const char *const *options, struct text *printed) {
  char *source = path_of(compiler, "look.code");
  struct command command = {0};
  add_options(compiler, &command);
  add_precompiled(&command);
  add_words(&command, options);
  add_word(&command, "-x");
  add_word(&command, compiler->dialect);
  add_word(&command, source);
  return write_code(source, code, printed) == 0 ? run_program(command.words, printed) : -1;
}

int check(const struct compiler *compiler, const struct text *code) {
  static const char *const options[] = {"-fsyntax-only", "-w", NULL};
  struct text printed = {0};
  int result = look(compiler, code, options, &printed);
  text_clear(&printed);
  return result;
}

int preprocess(const struct compiler *compiler, const struct text *code, const char *option, struct text *printed) {
  const char *const options[] = {"-E", "-w", option, NULL};
  return look(compiler, code, options, printed);
}

/* -- Who it is -- */

static char *first_line(const struct text *text) {
  return copy(text_string(text), strcspn(text_string(text), "\n"));
}

/* The word that begins with a digit and has a dot. */
static const char *version_in(const char *line) {
  for (const char *at = line; *at; at++)
    if ((at == line || at[-1] == ' ') && *at >= '0' && *at <= '9' && strcspn(at, ".") < strcspn(at, " ")) return at;
  return "";
}

void meet_compiler(struct compiler *compiler) {
  char *const command[] = {(char *)compiler->path, (char *)"--version", NULL};
  struct text printed = {0};
  run_program(command, &printed);
  char *line = first_line(&printed);
  const char *version = version_in(line);
  compiler->is_clang = strstr(line, "clang") != NULL;
  compiler->major = atoi(version);
  char *banner = format("%s %.*s", compiler->is_clang ? "clang" : compiler->name, (int)strcspn(version, " )-"), version);
  compiler->banner = keep(banner);
  text_clear(&printed);
}
