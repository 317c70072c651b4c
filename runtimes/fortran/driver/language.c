/*
 * Fortran. The declarations of a cell become a module, its functions and subroutines the module's, its statements
 * a subroutine that uses it. Later cells use those modules, each name from the last one that declares it. What is
 * declared again in the same way has the symbols of the earlier declarations too, so their users get the new one.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "context.h"
#include "language.h"
#include "completion.h"
#include "statements.h"

struct fortran_cell {
  int number;
  const char *source;
  struct statements statements;
  struct entry *entries;   /* of names; `scope` has the cells whose symbols it takes over */
  struct text implicit;    /* names that have their type by their first letter, one a line */
  struct text link_words;
  int runs, runs_main;
  int shown_line, shown_shift;
};

enum { OUR_LINES = 50000 };

static struct fortran_cell cell;
/* `implicit none` or what else the session has said. */
static char *implicit_statement;

static void clear_cell(void) {
  free_entries(&cell.entries);
  text_clear(&cell.implicit);
  text_clear(&cell.link_words);
  memset(&cell, 0, sizeof cell);
}

/* -- What a cell declares -- */

static void add_name(const char *name, enum entry_kind kind, const struct statement *statement, const char *identity) {
  struct entry *old = context_find(name);
  struct entry entry = {.kind = kind, .names = (char *)name, .identity = (char *)identity, .cell = cell.number, .declared_by = -1};
  char *declaration = copy(cell.source + statement->start, statement->end - statement->start);
  entry.text = kind == KEPT_FUNCTION ? copy(declaration, strcspn(declaration, "\n")) : declaration;
  if (old && old->kind == kind && strcmp(old->identity, identity) == 0) entry.scope = format("%s %d", old->scope, old->cell);
  for (struct entry *known = cell.entries; known; known = known->next)
    if (has_name(known, name)) return;
  add_entry(&cell.entries, entry);
}

/* `integer, dimension(3) :: a, b(2) = 1`: each name, and the rest as what it is. */
static void add_variables(const struct statement *statement) {
  const char *colons = strstr(statement->text, "::"), *list = colons ? colons + 2 : NULL;
  char *head = colons ? copy(statement->text, (size_t)(colons - statement->text)) : copy(statement->text, strlen(word_at(statement->text)));
  if (!list) {
    list = statement->text + strlen(word_at(statement->text));
    while (*list == ' ' || *list == '(' || *list == '*' || isdigit((unsigned char)*list)) list = *list == '(' ? behind_bracket(list) : list + 1;
    head = copy(statement->text, (size_t)(list - statement->text));
  }
  int is_constant = find_word(head, "parameter") != NULL;
  while (*list) {
    list += strspn(list, " ,");
    const char *name = word_at(list), *end = list;
    while (*end && *end != ',') end = *end == '(' || *end == '[' ? behind_bracket(end) : *end == '\'' || *end == '"' ? end + 1 + strcspn(end + 1, "'\"") + 1 : end + 1;
    char *item = copy(list, (size_t)(end - list));
    const char *value = find_assignment(item);
    char *shape = value ? copy(item, (size_t)(value - item)) : item;
    if (*name) add_name(name, is_constant ? KEPT_TYPE : KEPT_VARIABLE, statement, format("%s %s", head, is_constant ? item : shape));
    list = end;
  }
}

/* The name that follows a word, as in `type, extends(base) :: name` or `function name(`. */
static char *name_behind(const char *text, const char *word) {
  const char *at = find_word(text, word);
  if (!at) return copy("", 0);
  at += strlen(word);
  const char *colons = strstr(copy(at, strcspn(at, "\n")), "::");
  if (colons) at = strstr(at, "::") + 2;
  return word_at(at + strspn(at, " "));
}

static void add_interface(const struct statement *statement) {
  const char *title = statement->text + strcspn(statement->text, " \n");
  char *name = copy(title, strcspn(title, "\n"));
  while (*name == ' ') name++;
  if (*name && !starts_with(statement->text, "abstract")) return add_name(name, KEPT_TYPE, statement, statement->text);
  for (const char *line = strchr(statement->text, '\n'); line; line = strchr(line + 1, '\n')) {
    char *text = copy(line + 1, strcspn(line + 1, "\n"));
    const char *word = find_word(text, "function") ? "function" : "subroutine";
    if (find_word(text, word) && !starts_with(text, "end")) add_name(name_behind(text, word), KEPT_TYPE, statement, statement->text);
  }
}

/* The header, and the lines that say the arguments' types. */
static char *procedure_identity(const char *text) {
  static const char *const words[] = {"integer", "real", "complex", "logical", "character", "double", "type", "class", "procedure", "dimension", "optional", NULL};
  struct text identity = {0};
  for (const char *line = text; *line; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n')) {
    char *statement = copy(line, strcspn(line, "\n"));
    int is_said = line == text;
    for (int i = 0; words[i]; i++) is_said |= find_word(statement, words[i]) == statement && strcmp(word_at(statement), words[i]) == 0;
    if (is_said) text_printf(&identity, "%s\n", statement);
  }
  char *string = copy(text_string(&identity), identity.length);
  text_clear(&identity);
  return string;
}

static void note_declarations(const struct statement *statement) {
  const char *text = statement->text;
  if (statement->kind == PROCEDURE) {
    char *header = copy(text, strcspn(text, "\n"));
    add_name(name_behind(header, find_word(header, "function") ? "function" : "subroutine"), KEPT_FUNCTION, statement, procedure_identity(text));
  } else if (statement->kind != SPECIFICATION) {
    return;
  } else if (starts_with(text, "interface") || starts_with(text, "abstract interface")) {
    add_interface(statement);
  } else if (strchr(text, '\n')) {
    add_name(name_behind(text, starts_with(text, "enum") ? "enumerator" : "type"), KEPT_TYPE, statement, text);
  } else {
    add_variables(statement);
  }
}

/* -- Code -- */

/* gfortran knows one name for a file, the last one: our own lines have numbers that no cell reaches. */
static void emit_ours(struct text *code) {
  text_printf(code, "# %d \"<cell %d>\"\n", OUR_LINES, cell.number);
}

static void emit_statement(struct text *code, const struct statement *statement) {
  const char *line = cell.source + statement->start - (statement->column - 1);
  text_printf(code, "# %d \"<cell %d>\"\n", statement->line, cell.number);
  for (const char *at = line; at < cell.source + statement->start; at++) text_puts(code, *at == '\t' ? "\t" : " ");
  text_add(code, cell.source + statement->start, statement->end - statement->start);
  text_puts(code, "\n");
}

static void emit_all(struct text *code, enum statement_kind kind) {
  for (int i = 0; i < cell.statements.count; i++)
    if (cell.statements.list[i].kind == kind) emit_statement(code, &cell.statements.list[i]);
}

static int is_declared_here(const struct entry *entry) {
  for (struct entry *own = cell.entries; own; own = own->next)
    if (strcmp(own->names, entry->names) == 0) return 1;
  return 0;
}

/* Each name from its last cell. */
static void use_context(struct text *code) {
  for (struct entry *entry = context; entry; entry = entry->next) {
    if (entry->kind == KEPT_DIRECTIVE) text_printf(code, "%s\n", entry->text);
    else if (!is_declared_here(entry)) text_printf(code, "use krunner_%d, only: %s\n", entry->cell, entry->names);
  }
}

static void declare_implicit(struct text *code) {
  for (const char *name = text_string(&cell.implicit); *name; name += strcspn(name, "\n") + 1) {
    int is_whole = *name >= 'i' && *name <= 'n';
    text_printf(code, "%s :: %.*s\n", is_whole ? "integer" : "real", (int)strcspn(name, "\n"), name);
  }
}

static void emit_module(struct text *code) {
  emit_ours(code);
  text_printf(code, "module krunner_%d\n", cell.number);
  use_context(code);
  emit_all(code, USE);
  if (!implicit_statement) emit_all(code, IMPLICIT);
  emit_ours(code);
  if (implicit_statement) text_printf(code, "%s\n", implicit_statement);
  declare_implicit(code);
  emit_all(code, SPECIFICATION);
  emit_ours(code);
  text_puts(code, "contains\n");
  emit_all(code, PROCEDURE);
  emit_ours(code);
  text_puts(code, "end module\n");
}

/* Evaluated first, and then written: it may write something itself. */
static void emit_shown(struct text *code, const struct statement *statement) {
  static const char before[] = "associate (krunner_value => (";
  text_printf(code, "# %d \"<cell %d>\"\n%s", statement->line, cell.number, before);
  text_add(code, cell.source + statement->start, statement->end - statement->start);
  text_puts(code, "))\nwrite (*, '(*(g0, :, \" \"))') krunner_value\nend associate\n");
  cell.shown_line = statement->line;
  cell.shown_shift = (int)strlen(before) - (statement->column - 1);
}

static void emit_subroutine(struct text *code) {
  text_printf(code, "subroutine krunner_cell() bind(c, name=\"krunner_cell\")\nuse krunner_%d\nimplicit none\n", cell.number);
  for (int i = 0; i < cell.statements.count; i++) {
    const struct statement *statement = &cell.statements.list[i];
    if (statement->kind == EXECUTABLE) emit_statement(code, statement);
    if (statement->kind == SHOWN) emit_shown(code, statement);
  }
  emit_ours(code);
  text_puts(code, "end subroutine\n");
}

static void print_code(struct text *code) {
  emit_all(code, WHOLE_UNIT);
  emit_module(code);
  if (cell.runs) emit_subroutine(code);
}

/* -- Names that are assigned without a declaration -- */

static int is_assigned(const char *name) {
  for (int i = 0; i < cell.statements.count; i++) {
    const char *text = cell.statements.list[i].text;
    if (cell.statements.list[i].kind != EXECUTABLE) continue;
    const char *assignment = find_assignment(text), *found = find_word(text, name);
    if (!found) continue;
    if (starts_with(text, "read")) return 1;
    if (assignment && found < assignment && found[strlen(name) + strspn(found + strlen(name), " ")] == '=') return 1;
  }
  return 0;
}

static int wants_declarations(void) {
  for (int i = 0; i < cell.statements.count; i++)
    if (cell.statements.list[i].kind == IMPLICIT && find_word(cell.statements.list[i].text, "none")) return 1;
  return implicit_statement && strstr(implicit_statement, "none");
}

/* Takes the names that the compiler has no type for; true where there are new ones that the cell assigns. */
static int type_by_letter(const char *printed) {
  static const char start[] = "Symbol '";
  size_t before = cell.implicit.length;
  if (wants_declarations()) return 0;
  for (const char *at = strstr(printed, start); at; at = strstr(at + 1, start)) {
    char *name = word_at(at + strlen(start)), *line = copy(at, strcspn(at, "\n"));
    struct entry known = {.names = (char *)text_string(&cell.implicit)};
    if (strstr(line, "has no IMPLICIT type") && !has_name(&known, name) && is_assigned(name)) text_printf(&cell.implicit, "%s\n", name);
  }
  return cell.implicit.length > before;
}

static void note_implicit(void) {
  static const struct statement nowhere;
  for (const char *at = text_string(&cell.implicit); *at; at += strcspn(at, "\n") + 1) {
    char *name = copy(at, strcspn(at, "\n"));
    add_name(name, KEPT_VARIABLE, &nowhere, format("%s by its letter", name));
  }
}

/* -- Compiling -- */

static void add_aliases(void) {
  text_clear(&cell.link_words);
  for (struct entry *entry = cell.entries; entry; entry = entry->next) {
    if (entry->kind != KEPT_VARIABLE && entry->kind != KEPT_FUNCTION) continue;
    for (const char *at = entry->scope; *at; at += strcspn(at, " ")) {
      at += strspn(at, " ");
      text_printf(&cell.link_words, "-Wl,--defsym=__krunner_%.*s_MOD_%s=__krunner_%d_MOD_%s\n", (int)strcspn(at, " "), at, entry->names,
                  cell.number, entry->names);
    }
  }
}

static int compile_once(const struct language *language, struct task *task, struct text *printed) {
  struct text code = {0};
  note_implicit();
  add_aliases();
  print_code(&code);
  int result = compile(&language->compiler, cell.number, &code, text_string(&cell.link_words), task, printed);
  text_clear(&code);
  return result;
}

/* The value's expression stands further right in our line than in the user's. */
static char *place_shown(const char *printed) {
  struct text text = {0};
  char *start = format("<cell %d>:%d:", cell.number, cell.shown_line);
  while (*printed) {
    size_t length = strcspn(printed, "\n") + 1;
    int column = 0, read = 0;
    int is_shown = cell.shown_shift && starts_with(printed, start) && sscanf(printed + strlen(start), "%d%n", &column, &read) == 1;
    if (is_shown) {
      text_printf(&text, "%s%d", start, column > cell.shown_shift ? column - cell.shown_shift : 1);
      printed += strlen(start) + (size_t)read;
      length = strcspn(printed, "\n") + 1;
    }
    if (!printed[length - 1]) length--;
    text_add(&text, printed, length);
    printed += length;
  }
  char *placed = copy(text_string(&text), text.length);
  text_clear(&text);
  return placed;
}

static void say(const struct language *language, const char *printed) {
  struct text shown = {0};
  show_diagnostics(&language->compiler, printed, cell.number, cell.source, &shown);
  if (shown.length > 0 && write(2, shown.bytes, shown.length) < 0) return;
  text_clear(&shown);
}

static void read_cell(int number, const char *source) {
  clear_cell();
  cell.number = number;
  cell.source = source;
  cell.statements = read_statements(source);
  for (int i = 0; i < cell.statements.count; i++) {
    const struct statement *statement = &cell.statements.list[i];
    note_declarations(statement);
    cell.runs |= statement->kind == EXECUTABLE || statement->kind == SHOWN;
    cell.runs_main |= statement->kind == WHOLE_UNIT && starts_with(statement->text, "program");
  }
}

static int make(struct language *language, int number, const char *source, struct task *task) {
  struct text printed = {0};
  memset(task, 0, sizeof *task);
  read_cell(number, source);
  if (cell.statements.error) {
    say(language, format("<cell %d>:%d:1: Error: %s\n", number, cell.statements.error_line, cell.statements.error));
    return -1;
  }
  if (cell.statements.count == 0) return 1;
  int result = compile_once(language, task, &printed);
  for (int tries = 0; result != 0 && tries < 10 && type_by_letter(text_string(&printed)); tries++) {
    text_clear(&printed);
    result = compile_once(language, task, &printed);
  }
  say(language, place_shown(text_string(&printed)));
  text_clear(&printed);
  task->runs_main = cell.runs_main;
  task->may_miss = !cell.runs && !cell.runs_main;
  return result;
}

/* -- The language's part -- */

static void keep_statement(const struct statement *statement) {
  char *text = copy(cell.source + statement->start, statement->end - statement->start);
  if (statement->kind == IMPLICIT) implicit_statement = keep(statement->text);
  if (statement->kind != USE || context_find(statement->text)) return;
  struct entry entry = {.kind = KEPT_DIRECTIVE, .names = statement->text, .text = text, .cell = cell.number, .declared_by = -1};
  add_entry(&context, entry);
}

static void keep_cell(struct language *language, int undone) {
  (void)language;
  for (int i = 0; i < cell.statements.count && !undone; i++) keep_statement(&cell.statements.list[i]);
  for (struct entry *entry = cell.entries; entry && !undone; entry = entry->next) {
    struct entry *old = context_find(entry->names);
    if (old) old->is_leaving = 1;
    add_entry(&context, *entry);
  }
  remove_leaving();
  clear_cell();
}

static void forget(void) {
  forget_context();
  implicit_statement = NULL;
}

/* Modules of the session's cells are in the scratch folder. */
static void begin(struct language *language) {
  static const char *options[] = {"-J", NULL, "-I", ".", "-ffree-form", "-ffree-line-length-none", "-fcheck=bounds", NULL};
  options[1] = language->compiler.scratch;
  language->compiler.options = options;
}

static void declared(int number, const char *type, void *argument) {
  (void)number;
  (void)type;
  (void)argument;
}

static const char *const link_options[] = {"-nostartfiles", NULL};

struct language language = {
    .title = "Fortran",
    .compiler = {.name = "gfortran", .dialect = "f95", .flags = "FFLAGS", .link_options = link_options},
    .begin = begin,
    .make = make,
    .declared = declared,
    .keep = keep_cell,
    .forget = forget,
    .complete = complete_fortran,
    .inspect = inspect_fortran,
};
