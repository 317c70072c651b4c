/* Cells of C and C++: made, compiled, and kept in the context. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "c-family.h"
#include "cell.h"
#include "conditionals.h"
#include "precompiled.h"

static struct cell cell;

static int is_value(const char *name, const void *argument) {
  const struct cell *made = argument;
  struct entry *found = context_find(name);
  for (struct entry *entry = made->entries; entry; entry = entry->next)
    if (has_name(entry, name)) found = entry;
  return found && (found->kind == KEPT_VARIABLE || found->kind == KEPT_FUNCTION);
}

static void stay_all(void) {
  for (struct entry *entry = context; entry; entry = entry->next) {
    entry->is_leaving = 0;
    entry->declared_by = -1;
  }
}

static void clear_cell(void) {
  free_entries(&cell.entries);
  text_clear(&cell.code);
  text_clear(&cell.calls);
  text_clear(&cell.own_names);
  text_clear(&cell.changed);
  text_clear(&cell.forgotten);
  text_clear(&cell.scope);
  text_clear(&cell.path);
  free_entries(&cell.moved);
  memset(&cell, 0, sizeof cell);
}

/* -- Making -- */

/* Second thoughts, where a first try did not compile. */
struct thoughts {
  int takes_other, all_at_run_time, prefers_own;
  const char *headers; /* directives */
  const char *hiding;  /* variables */
};

static void begin_cell(int number, const char *source, struct thoughts thoughts) {
  stay_all();
  clear_cell();
  cell.number = number;
  cell.name = format("<cell %d>", number);
  cell.tokens = tokenize(source);
  cell.splitting = (struct splitting){&cell.tokens, family.is_cplusplus, is_value, &cell, thoughts.takes_other};
  cell.all_at_run_time = thoughts.all_at_run_time;
  cell.prefers_own = thoughts.prefers_own;
  cell.headers = thoughts.headers;
  cell.hiding = thoughts.hiding;
}

static void make_once(void) {
  add_headers(&cell);
  family.make(&cell);
}

/* Twice: what moves because of a change is not what the cell itself defines further down. */
static void make(int number, const char *source, struct thoughts thoughts) {
  struct text names = {0};
  begin_cell(number, source, thoughts);
  make_once();
  for (struct entry *entry = cell.entries; entry; entry = entry->next)
    if (entry->cell == number) text_printf(&names, "%s\n", entry->names);
  begin_cell(number, source, thoughts);
  cell.own_names = names;
  make_once();
}

static void print_context(struct text *code) {
  text_puts(code, family.prologue);
  for (struct entry *entry = context; entry; entry = entry->next)
    if (!entry->is_leaving) print_entry(code, entry, family.is_cplusplus);
}

static int compile_cell(const struct language *language, struct task *task, struct text *printed) {
  struct text code = {0};
  print_context(&code);
  text_add(&code, text_string(&cell.code), cell.code.length);
  int result = compile(&language->compiler, cell.number, &code, "", task, printed);
  text_clear(&code);
  return result;
}

/* -- What the context cannot bear any more -- */

static int has_error_at(const char *printed, const struct entry *entry) {
  char *start = format("<cell %d>:", entry->cell);
  for (const char *at = strstr(printed, start); at; at = strstr(at + 1, start)) {
    int line = 0;
    sscanf(at + strlen(start), "%d", &line);
    const char *error = strstr(at, "error:");
    int is_error = error && (size_t)(error - at) < strcspn(at, "\n");
    if (is_error && line >= entry->line && line <= entry->last_line) return 1;
  }
  return 0;
}

/* A declaration that something it uses has made wrong must not stand in the way of all that follows. */
static int drop_broken(const struct language *language, const char *printed) {
  struct text code = {0};
  int dropped = 0;
  print_context(&code);
  int is_broken = check(&language->compiler, &code) != 0;
  text_clear(&code);
  for (struct entry *entry = context; is_broken && entry; entry = entry->next) {
    if (entry->is_leaving || entry->cell == cell.number || !has_error_at(printed, entry)) continue;
    entry->is_leaving = dropped = 1;
    text_printf(&cell.forgotten, "%s%.*s", cell.forgotten.length > 0 ? ", " : "", (int)strcspn(entry->names, "\n"), entry->names);
  }
  return dropped;
}

/* Its words stand in the place of the first try's only where it succeeds. */
static int try_again(const struct language *language, const char *source, struct thoughts thoughts, struct task *task,
                     struct text *printed) {
  struct text other = {0};
  make(cell.number, source, thoughts);
  int result = compile_cell(language, task, &other);
  if (result == 0) {
    text_clear(printed);
    *printed = other;
  } else {
    text_clear(&other);
  }
  return result;
}

/* The headers that the compiler says are missing, as directives; empty where it says nothing of the kind. */
static char *missing_headers(const char *printed) {
  static const char *const hints[] = {"'#include <", "include '<", "include the header <", NULL};
  struct text directives = {0};
  for (int i = 0; hints[i]; i++)
    for (const char *at = strstr(printed, hints[i]); at; at = strstr(at + 1, hints[i])) {
      const char *name = at + strlen(hints[i]);
      char *directive = format("#include <%.*s>", (int)strcspn(name, ">\n"), name);
      if (!is_line_of(&directives, directive)) text_printf(&directives, "%s\n", directive);
    }
  char *all = copy(text_string(&directives), directives.length);
  text_clear(&directives);
  return all;
}

/* Variables of the cell under whose names a header has something else: in main() they would hide it. */
static char *hiding_variables(const char *printed) {
  static const char *const complaints[] = {"redeclared as different kind", "as different kind of symbol", NULL};
  struct text names = {0};
  for (struct entry *entry = cell.entries; entry; entry = entry->next) {
    if (entry->kind != KEPT_VARIABLE || strchr(entry->names, ':')) continue;
    for (const char *at = printed; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] != '\0')) {
      char *line = copy(at, strcspn(at, "\n"));
      int complains = strstr(line, complaints[0]) || strstr(line, complaints[1]);
      if (complains && find_word(line, entry->names) && !is_line_of(&names, entry->names)) text_printf(&names, "%s\n", entry->names);
    }
  }
  char *all = copy(text_string(&names), names.length);
  text_clear(&names);
  return all;
}

static int compile_somehow(const struct language *language, const char *source, struct task *task, struct text *printed) {
  struct thoughts thoughts = {0};
  int result = compile_cell(language, task, printed);
  /* One header may bring a hint of the next. */
  for (int tries = 0; tries < 4; tries++) {
    char *headers = missing_headers(text_string(printed));
    if (!*headers) break;
    thoughts.headers = format("%s%s", thoughts.headers ? thoughts.headers : "", headers);
    if (try_again(language, source, thoughts, task, printed) == 0) result = 0;
  }
  if (result == 0) return 0;
  while (drop_broken(language, text_string(printed))) {
    text_clear(printed);
    if (compile_cell(language, task, printed) == 0) return 0;
  }
  thoughts.all_at_run_time = strstr(text_string(printed), "initializer element is not") != NULL;
  if (thoughts.all_at_run_time && try_again(language, source, thoughts, task, printed) == 0) return 0;
  thoughts.hiding = hiding_variables(text_string(printed));
  thoughts.prefers_own = family.is_cplusplus && *thoughts.hiding;
  if (*thoughts.hiding && try_again(language, source, thoughts, task, printed) == 0) return 0;
  thoughts.prefers_own = family.is_cplusplus && strstr(text_string(printed), "is ambiguous") != NULL;
  if (thoughts.prefers_own && try_again(language, source, thoughts, task, printed) == 0) return 0;
  thoughts.takes_other = cell.is_ambiguous;
  return thoughts.takes_other ? try_again(language, source, thoughts, task, printed) : -1;
}

/* -- The language's part -- */

static void say(const char *words, size_t length) {
  if (length > 0 && write(2, words, length) < 0) return;
}

static int fail_at_token(const struct language *language, int number, const char *source) {
  struct text shown = {0};
  char *error = format("<cell %d>:%d:%d: error: %s\n", number, cell.tokens.error_line, cell.tokens.error_column, cell.tokens.error);
  show_diagnostics(&language->compiler, error, number, source, &shown);
  say(text_string(&shown), shown.length);
  text_clear(&shown);
  return -1;
}

/* Headers in front of the first other directive, which is returned: that might change what they are. */
static struct entry *add_plain_includes(struct entry *entry, struct text *includes) {
  for (; entry; entry = entry->next) {
    if (entry->kind != KEPT_DIRECTIVE) continue;
    if (!starts_with(entry->text, "#include")) return entry;
    if (strchr(entry->text, '<')) text_printf(includes, "%s\n", entry->text);
  }
  return NULL;
}

/* Of the context and this cell, while the cell is compiled: the next one may need them at once. */
static void precompile_includes(const struct language *language) {
  struct text includes = {0};
  if (!family.is_cplusplus) return;
  if (!add_plain_includes(context, &includes)) add_plain_includes(cell.entries, &includes);
  precompile(&language->compiler, text_string(&includes));
  text_clear(&includes);
}

int make_cell(struct language *language, int number, const char *source, struct task *task) {
  struct text printed = {0}, shown = {0};
  const char *seen = resolve_conditionals(&language->compiler, source);
  begin_cell(number, seen, (struct thoughts){0});
  memset(task, 0, sizeof *task);
  if (cell.tokens.error) return fail_at_token(language, number, source);
  if (cell.tokens.count == 0) return 1;
  make(number, seen, (struct thoughts){0});
  precompile_includes(language);
  int result = compile_somehow(language, seen, task, &printed);
  show_diagnostics(&language->compiler, text_string(&printed), number, source, &shown);
  if (cell.forgotten.length > 0 && result == 0)
    text_printf(&shown, "note: forgotten, as a type or name they use has changed: %s\n", text_string(&cell.forgotten));
  say(text_string(&shown), shown.length);
  text_clear(&printed);
  text_clear(&shown);
  task->runs_main = cell.runs_main;
  task->may_miss = !cell.runs && !cell.runs_main && cell.variables == 0;
  return result;
}

enum { MOST_VARIABLES = 4096 };
static char is_declared[MOST_VARIABLES];
static char *declared_types[MOST_VARIABLES];

void note_declared(int number, const char *type, void *language) {
  (void)language;
  if (number < 0 || number >= MOST_VARIABLES) return;
  is_declared[number] = 1;
  declared_types[number] = copy(type, strlen(type));
}

static int is_there(const struct entry *entry) {
  return entry->declared_by < 0 || (entry->declared_by < MOST_VARIABLES && is_declared[entry->declared_by]);
}

/* Of several names the last one: with the types of its parameters, in C++. */
static const char *symbol_of(const struct entry *entry) {
  const char *last = strrchr(entry->names, '\n');
  return last ? last + 1 : entry->names;
}

void keep_cell(struct language *language, int undone) {
  if (undone) stay_all();
  for (struct entry *entry = context; entry && !undone; entry = entry->next) {
    if (!is_there(entry)) entry->is_leaving = 1;
    entry->declared_by = -1;
  }
  if (!undone) remove_leaving();
  for (struct entry *entry = cell.entries; entry && !undone; entry = entry->next) {
    if (entry->kind == KEPT_VARIABLE || entry->kind == KEPT_FUNCTION)
      note_symbol(symbol_of(entry), entry->identity, entry->version);
    if (!is_there(entry)) continue;
    if (family.note_type && entry->kind == KEPT_VARIABLE && entry->declared_by >= 0)
      family.note_type(entry, declared_types[entry->declared_by]);
    entry->declared_by = -1;
    add_entry(&context, *entry);
  }
  memset(is_declared, 0, sizeof is_declared);
  clear_cell();
  precompile_includes(language);
}

