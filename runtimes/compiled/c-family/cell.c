#include "cell.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- Text -- */

void emit(struct cell *cell, const char *format, ...) {
  char *line = NULL;
  va_list arguments;
  va_start(arguments, format);
  int length = vasprintf(&line, format, arguments);
  va_end(arguments);
  text_puts(&cell->code, "\n# 1 \"krunner\" 3\n");
  if (length > 0) text_add(&cell->code, line, (size_t)length);
  text_puts(&cell->code, "\n");
  free(line);
}

void add_margin(struct text *code, const struct tokens *tokens, const struct token *token) {
  const char *line = tokens->source + token->start - (token->column - 1);
  for (const char *at = line; at < tokens->source + token->start; at++) text_puts(code, *at == '\t' ? "\t" : " ");
}

void emit_source(struct cell *cell, int first, int end) {
  if (first >= end) return;
  const struct token *token = &cell->tokens.list[first];
  text_printf(&cell->code, "\n# %d \"%s\"\n", token->line, cell->name);
  add_margin(&cell->code, &cell->tokens, token);
  text_puts(&cell->code, source_text(&cell->tokens, first, end));
}

int is_line_of(const struct text *lines, const char *name) {
  struct entry named = {.names = (char *)text_string(lines)};
  return has_name(&named, name);
}

int is_hiding(const struct cell *cell, const char *name) {
  struct entry named = {.names = (char *)(cell->hiding ? cell->hiding : "")};
  return has_name(&named, name);
}

/* -- The context -- */

struct entry *add_to_context(struct cell *cell, struct entry entry, int first, int end) {
  entry.cell = cell->number;
  entry.line = cell->tokens.list[first].line;
  entry.last_line = cell->tokens.list[end > first ? end - 1 : first].line;
  entry.scope = (char *)text_string(&cell->scope);
  return add_entry(&cell->entries, entry);
}

static void close_braces(struct text *code, const char *opened) {
  for (; *opened; opened++)
    if (*opened == '{') text_puts(code, " }");
}

void print_entry(struct text *code, const struct entry *entry, int is_cplusplus) {
  int has_namespace = is_cplusplus && entry->version && entry->kind != KEPT_DIRECTIVE;
  int is_symbol = entry->kind == KEPT_VARIABLE || entry->kind == KEPT_FUNCTION;
  if (!is_cplusplus && entry->version && is_symbol)
    text_printf(code, "#pragma redefine_extname %s %s$%d\n", entry->names, entry->names, entry->version);
  if (*entry->scope || has_namespace) text_printf(code, "# 1 \"krunner\" 3\n%s", entry->scope);
  if (has_namespace) text_printf(code, " inline namespace krunner_%d {", entry->version);
  if (*entry->scope || has_namespace) text_puts(code, "\n");
  text_printf(code, "# %d \"<cell %d>\" 3\n%s\n", entry->line, entry->cell, entry->text);
  close_braces(code, entry->scope);
  if (has_namespace) text_puts(code, " }\n");
  else if (*entry->scope) text_puts(code, "\n");
}

/* -- Changes -- */

/* The name as code says it: of `struct point` the last word. */
static const char *word_of(const char *name) {
  const char *space = strrchr(name, ' ');
  const char *colon = strrchr(name, ':');
  if (colon && colon > space) return colon + 1;
  return space && !strchr(name, '(') ? space + 1 : name;
}

typedef void name_visitor(struct cell *cell, const char *name, int is_type);

static void each_name(struct cell *cell, const char *names, name_visitor *visit, int is_type) {
  while (*names) {
    size_t length = strcspn(names, "\n");
    visit(cell, copy(names, length), is_type);
    names += length + (names[length] == '\n');
  }
}

static int defines_itself(const struct cell *cell, const struct entry *entry) {
  for (const char *names = entry->names; *names;) {
    size_t length = strcspn(names, "\n");
    if (is_line_of(&cell->own_names, copy(names, length))) return 1;
    names += length + (names[length] == '\n');
  }
  return 0;
}

static void note_changed(struct cell *cell, const char *name, int is_type) {
  if (is_type && !is_line_of(&cell->changed, name)) text_printf(&cell->changed, "%s\n", name);
}

static void move_dependents(struct cell *cell, const char *name, int is_type);

/* What it is now no longer fits: its values have the old type's form. */
static void forget(struct cell *cell, struct entry *entry) {
  entry->is_leaving = 1;
  if (defines_itself(cell, entry)) return;
  text_printf(&cell->forgotten, "%s%.*s", cell->forgotten.length > 0 ? ", " : "", (int)strcspn(entry->names, "\n"), entry->names);
}

/* It is read again behind what it depends on. */
static void move(struct cell *cell, struct entry *entry, int is_type) {
  int is_also_type = is_type && entry->kind == KEPT_TYPE;
  entry->is_leaving = 1;
  each_name(cell, entry->names, note_changed, is_also_type);
  if (!defines_itself(cell, entry)) {
    struct entry moved = *entry;
    moved.is_leaving = 0;
    if (is_also_type) moved.version = cell->number;
    add_entry(&cell->moved, moved);
  }
  each_name(cell, entry->names, move_dependents, is_also_type);
}

static void move_dependents(struct cell *cell, const char *name, int is_type) {
  for (struct entry *entry = context; entry; entry = entry->next) {
    if (entry->is_leaving || entry->kind == KEPT_DIRECTIVE || !find_word(entry->text, word_of(name))) continue;
    int is_text = entry->kind == KEPT_TEXT || entry->kind == KEPT_TYPE;
    if (is_text) move(cell, entry, is_type);
    else if (is_type) forget(cell, entry);
  }
}

/* A type that was only announced may be defined, and announced again. */
static int is_announcement(const char *identity) {
  return !strchr(identity, '{') && !strchr(identity, '=') && !starts_with(identity, "typedef") && !starts_with(identity, "using");
}

static enum change change_entry(struct cell *cell, struct entry *old, enum entry_kind kind, const char *identity) {
  if (old->kind == kind && strcmp(old->identity, identity) == 0) return IS_SAME;
  if (old->kind == KEPT_TYPE && kind == KEPT_TYPE && is_announcement(identity)) return IS_SAME;
  if (old->kind == KEPT_TYPE && kind == KEPT_TYPE && is_announcement(old->identity)) return IS_NEW;
  old->is_leaving = 1;
  int is_type = old->kind == KEPT_TYPE;
  each_name(cell, old->names, note_changed, is_type);
  each_name(cell, old->names, move_dependents, is_type);
  return IS_CHANGED;
}

enum change change_context(struct cell *cell, const char *names, enum entry_kind kind, const char *identity) {
  enum change change = IS_NEW;
  while (*names) {
    size_t length = strcspn(names, "\n");
    const char *name = copy(names, length);
    struct entry *old = context_find(name);
    enum change of_name = old ? change_entry(cell, old, kind, identity) : IS_NEW;
    if (is_line_of(&cell->changed, name)) of_name = IS_CHANGED;
    if (of_name > change) change = of_name;
    names += length + (names[length] == '\n');
  }
  return change;
}

void emit_moved(struct cell *cell) {
  for (struct entry *entry = cell->moved; entry; entry = entry->next) {
    text_puts(&cell->code, "\n");
    print_entry(&cell->code, entry, cell->splitting.is_cplusplus);
    add_entry(&cell->entries, *entry);
  }
  free_entries(&cell->moved);
}

/* -- Items -- */

/* One that is meant for the statement behind it. */
static int is_pragma_of_statement(const struct cell *cell, int at) {
  static const char *const words[] = {"omp", "acc", "unroll", "ivdep", "simd", "GCC ivdep", "GCC unroll", "clang loop", NULL};
  if (cell->tokens.list[at].kind != DIRECTIVE) return 0;
  char *text = token_text(&cell->tokens, at);
  char *pragma = strstr(text, "pragma");
  if (!pragma) return 0;
  pragma += strlen("pragma");
  pragma += strspn(pragma, " \t");
  for (int i = 0; words[i]; i++)
    if (starts_with(pragma, words[i])) return 1;
  return 0;
}

static int take_one(struct cell *cell, int at, int end, struct item *item) {
  int first = at;
  while (at < end && (token_is(&cell->tokens, at, ";") || is_pragma_of_statement(cell, at))) at++;
  if (at >= end) return 0;
  *item = next_item(&cell->splitting, at, end);
  cell->is_ambiguous |= item->is_ambiguous;
  if (item->end <= at) item->end = at + 1;
  if (item->kind == STATEMENT && is_pragma_of_statement(cell, first)) item->first = first;
  return 1;
}

int take_item(struct cell *cell, int *at, int end, struct item *item) {
  struct item next;
  if (!take_one(cell, *at, end, item)) return 0;
  while (item->kind == STATEMENT && take_one(cell, item->end, end, &next) && next.kind == STATEMENT) item->end = next.end;
  *at = item->end;
  return 1;
}

/* Of `#define NAME ...` the name, else NULL. */
static char *defined_macro(const char *directive) {
  const char *at = directive + 1 + strspn(directive + 1, " \t");
  if (!starts_with(at, "define")) return NULL;
  at += strlen("define");
  at += strspn(at, " \t");
  size_t length = 0;
  while (is_word_byte((unsigned char)at[length])) length++;
  return copy(at, length);
}

static int lasts(const char *directive) {
  static const char *const words[] = {"include", "import", "define", "undef", "pragma", NULL};
  const char *at = directive + 1 + strspn(directive + 1, " \t");
  for (int i = 0; words[i]; i++)
    if (starts_with(at, words[i])) return 1;
  return 0;
}

/* Directives are a log: they hold again, in their order, for each cell. Only what would change nothing is left out. */
void add_directive(struct cell *cell, const struct item *item) {
  char *text = token_text(&cell->tokens, item->first);
  char *macro = defined_macro(text);
  struct entry *old = macro ? context_find(format("#%s", macro)) : context_find(text);
  int is_known = old && old->kind == KEPT_DIRECTIVE && strcmp(old->identity, text) == 0;
  if (macro) emit(cell, "#undef %s", macro);
  emit_source(cell, item->first, item->end);
  if (is_known || !lasts(text)) return;
  struct entry entry = {.kind = KEPT_DIRECTIVE, .identity = text, .declared_by = -1};
  entry.names = macro ? format("#%s", macro) : text;
  entry.text = macro ? format("#undef %s\n%s", macro, text) : text;
  add_to_context(cell, entry, item->first, item->end);
}

void add_headers(struct cell *cell) {
  for (const char *at = cell->headers; at && *at; at += strcspn(at, "\n") + 1) {
    char *directive = copy(at, strcspn(at, "\n"));
    struct entry entry = {.kind = KEPT_DIRECTIVE, .names = directive, .text = directive, .identity = directive, .declared_by = -1};
    emit(cell, "%s", directive);
    if (!context_find(directive)) add_to_context(cell, entry, 0, 0);
  }
}
