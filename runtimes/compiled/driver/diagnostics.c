/*
 * What a compiler says of a cell, made the user's: the user's source line and a mark below it, and nothing of
 * the code and the names that stand around the cell.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler.h"

enum { TAB = 8 };

/* `krunner_7::` is nothing to the user, nor is the `$7` of `x$7`; a type without a name has one of ours. */
static void add_without_our_names(const struct compiler *compiler, struct text *shown, const char *line, size_t length) {
  for (size_t i = 0; i < length; i++) {
    size_t digits = 0;
    int number, read = 0;
    if (starts_with(line + i, compiler->scratch) && sscanf(line + i + strlen(compiler->scratch), "/cell-%d.code%n", &number, &read) && read) {
      text_printf(shown, "<cell %d>", number);
      i += strlen(compiler->scratch) + (size_t)read - 1;
      continue;
    }
    if (starts_with(line + i, " at (1)") || (i == 0 && starts_with(line, "f951: "))) {
      i += i == 0 ? 5 : 6;
      continue;
    }
    if (strncmp(line + i, "krunner_", 8) == 0) {
      if (starts_with(line + i, "krunner_own_")) {
        i += strlen("krunner_own_") - 1;
        continue;
      }
      while (isdigit((unsigned char)line[i + 8 + digits])) digits++;
      if (digits > 0 && strncmp(line + i + 8 + digits, "::", 2) == 0) {
        i += 8 + digits + 1;
        continue;
      }
      if (digits > 0 && line[i + 8 + digits] == '_') {
        text_puts(shown, "<unnamed>");
        for (i += 8; is_word_byte((unsigned char)line[i + 1]); i++) continue;
        continue;
      }
    }
    if (line[i] == '$' && i > 0 && isdigit((unsigned char)line[i + 1])) {
      while (isdigit((unsigned char)line[i + 1])) i++;
      continue;
    }
    text_add(shown, line + i, 1);
  }
}

/* `<cell 3>:12:5: ...` of this cell. */
static int is_about(const char *line, int cell, int *row, int *column) {
  char *start = format("<cell %d>:", cell);
  char *end;
  if (!starts_with(line, start)) return 0;
  *row = (int)strtol(line + strlen(start), &end, 10);
  *column = *end == ':' ? (int)strtol(end + 1, NULL, 10) : 0;
  return *row > 0;
}

static const char *line_of(const char *source, int row) {
  while (--row > 0) {
    source = strchr(source, '\n');
    if (!source) return NULL;
    source++;
  }
  return source;
}

/* gcc counts columns as they are seen since version 11; before, and elsewhere, they are bytes. */
static void show_source(const struct compiler *compiler, const char *source, int row, int column, struct text *shown) {
  const char *line = line_of(source, row);
  size_t length = line ? strcspn(line, "\n") : 0;
  int seen = 0, are_bytes = compiler->is_clang || compiler->major < 11;
  struct text mark = {0};
  if (length == 0 || column <= 0) return;
  text_puts(shown, "    ");
  for (size_t i = 0; i < length; i++) {
    int is_inside = (line[i] & 0xc0) == 0x80;
    int width = line[i] == '\t' ? TAB - seen % TAB : !is_inside;
    if (are_bytes ? (int)i + 1 < column : seen + 1 < column)
      for (int j = 0; j < width; j++) text_puts(&mark, " ");
    if (line[i] == '\t') text_printf(shown, "%*s", width, "");
    else text_add(shown, line + i, 1);
    seen += width;
  }
  text_printf(shown, "\n    %s^\n", text_string(&mark));
  text_clear(&mark);
}

static int contains(const char *line, const char *part) {
  return strstr(line, part) != NULL;
}

/* Fortran has one file for all, and in it lines of ours that no cell reaches. */
static int is_beyond(const char *line, int cell) {
  int row, column;
  return is_about(line, cell, &row, &column) && row >= 50000;
}

/* Ours lie in the scratch folder, as the cells' own code does. */
static int is_of_our_header(const struct compiler *compiler, const char *line) {
  return starts_with(line, compiler->scratch) && !starts_with(line + strlen(compiler->scratch), "/cell-");
}

/* What speaks of the code around the cell alone. */
static int is_ours(const struct compiler *compiler, const char *line) {
  if (contains(line, ": At top level:") || contains(line, ": At global scope:")) return 1;
  if (contains(line, "In function") && (contains(line, "krunner_") || contains(line, "__cell_"))) return 1;
  if (starts_with(line, "In file included from ") && (contains(line, compiler->scratch) || contains(line, "from krunner:"))) return 1;
  if (starts_with(line, "                 from ") && contains(line, "from krunner:")) return 1;
  if (starts_with(line, "krunner:") || is_of_our_header(compiler, line) || contains(line, "__builtin_choose_expr") ||
      contains(line, "krunner_value"))
    return 1;
  size_t length = strlen(line);
  return length > 11 && strcmp(line + length - 11, " generated.") == 0;
}

/* Where no error is placed in the user's code, the first one in ours has to do, without its place. */
static char *only_error(const char *printed, int cell) {
  const char *error = NULL;
  for (const char *at = printed; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] != '\0')) {
    char *line = copy(at, strcspn(at, "\n"));
    const char *words = strstr(line, "rror: ");
    if (!words) continue;
    if (!starts_with(line, "krunner:") && !is_beyond(line, cell)) return NULL;
    if (!error) error = words - 1;
  }
  return error ? format("<cell %d>: %s\n", cell, error) : NULL;
}

void show_diagnostics(const struct compiler *compiler, const char *printed, int cell, const char *source, struct text *shown) {
  struct text seen = {0};
  char *error = only_error(printed, cell);
  if (error) add_without_our_names(compiler, shown, error, strlen(error));
  for (const char *at = printed; *at;) {
    size_t length = strcspn(at, "\n");
    char *line = copy(at, length);
    int row, column, is_known = contains(text_string(&seen), format("\n%s\n", line));
    at += length + (at[length] == '\n');
    if (is_known || is_ours(compiler, line) || is_beyond(line, cell)) continue;
    text_printf(&seen, "\n%s\n", line);
    add_without_our_names(compiler, shown, line, length);
    text_puts(shown, "\n");
    if (is_about(line, cell, &row, &column)) show_source(compiler, source, row, column, shown);
  }
  text_clear(&seen);
}
