/*
 * C. Variables of a cell become variables of its library; statements, and initial values that are not constant,
 * become functions that the cell calls one after the other.
 */
#include "c-family.h"
#include "completion.h"

#include <string.h>

static const char prologue[] =
    "# 1 \"krunner\" 3\n"
    "extern int krunner_declared(int, const char *);\n"
    "extern void krunner_show(int, const void *, unsigned long, int);\n";

/* -- Pieces: functions that the cell calls -- */

static void begin_piece(struct cell *cell) {
  emit(cell, "static void __cell_%d(void) {", ++cell->pieces);
  text_printf(&cell->calls, "__cell_%d(); ", cell->pieces);
  cell->runs = 1;
}

/* In the user's line, so that what is missing at its end is said to be missing there. */
static void end_piece(struct cell *cell) {
  text_puts(&cell->code, " }");
}

static void emit_value(struct cell *cell, const char *before, const struct item *item, const char *behind) {
  emit(cell, "%s", before);
  emit_source(cell, item->first, item->end);
  text_puts(&cell->code, behind);
}

#define IS_VOID_BEGIN "__builtin_choose_expr(__builtin_types_compatible_p(__typeof__("

/*
 * The expression stands there several times, but runs once. One of type void has no value to show; that of an
 * array becomes a pointer, with the array's size beside it.
 */
static void show(struct cell *cell, const struct item *item) {
  static const char kinds[] =
      "_Generic(krunner_value, _Bool: 1, char: 2, signed char: 3, unsigned char: 4, short: 5, unsigned short: 6, int: 7, "
      "unsigned: 8, long: 9, unsigned long: 10, long long: 11, unsigned long long: 12, float: 13, double: 14, "
      "long double: 15, float _Complex: 16, double _Complex: 17, char *: 18, const char *: 18, _Bool *: 33, "
      "signed char *: 35, unsigned char *: 36, short *: 37, unsigned short *: 38, int *: 39, unsigned *: 40, long *: 41, "
      "unsigned long *: 42, long long *: 43, unsigned long long *: 44, float *: 45, double *: 46, long double *: 47, "
      "const _Bool *: 33, const signed char *: 35, const unsigned char *: 36, const short *: 37, "
      "const unsigned short *: 38, const int *: 39, const unsigned *: 40, const long *: 41, const unsigned long *: 42, "
      "const long long *: 43, const unsigned long long *: 44, const float *: 45, const double *: 46, "
      "const long double *: 47, char **: 50, const char **: 50, char *const *: 50, const char *const *: 50, default: -__builtin_classify_type(krunner_value))";
  begin_piece(cell);
  emit_value(cell, IS_VOID_BEGIN, item, "), void), (");
  emit_value(cell, "", item, "), (void)0);");
  emit_value(cell, "__typeof__(((void)0, " IS_VOID_BEGIN, item, "), void), 0, (");
  emit_value(cell, "", item, ")))) krunner_value = " IS_VOID_BEGIN);
  emit_value(cell, "", item, "), void), 0, (");
  emit_value(cell, "", item, "));");
  emit_value(cell, "if (!__builtin_types_compatible_p(__typeof__(", item, "), void))");
  emit(cell, "krunner_show(%s, &krunner_value,", kinds);
  emit_value(cell, "sizeof(" IS_VOID_BEGIN, item, "), void), 0, (");
  emit_value(cell, "", item, "))), !__builtin_types_compatible_p(__typeof__(");
  emit_value(cell, "", item, "), __typeof__(krunner_value)));");
  end_piece(cell);
}

/* Statements that follow each other, and the pragmas between, are one function: jumps within them work. */
static void add_statements(struct cell *cell, int first, int end) {
  begin_piece(cell);
  emit_source(cell, first, end);
  end_piece(cell);
}

/* -- Variables -- */

static char *head_of(const struct cell *cell, const struct declaration *declaration) {
  const struct tokens *tokens = &cell->tokens;
  if (declaration->body < 0) return source_text(tokens, declaration->first, declaration->specifiers_end);
  /* The type was defined before: only its name is left. */
  char *before = normal_text(tokens, declaration->first, declaration->key);
  char *behind = normal_text(tokens, after(tokens, declaration->body), declaration->specifiers_end);
  char *tag = declaration->tag < 0 ? format("krunner_%d_%d", cell->number, declaration->key) : token_text(tokens, declaration->tag);
  return format("%s %s %s %s", before, token_text(tokens, declaration->key), tag, behind);
}

/* The type without a name, of `*a[]` the `*[]`. */
static char *nameless(const struct cell *cell, const struct declarator *declarator) {
  return format("%s%s", normal_text(&cell->tokens, declarator->first, declarator->name),
                normal_text(&cell->tokens, declarator->name_end, declarator->end));
}

/* The value of `int a[] = {f(), 2}` with 0 for each element: it has as many, and is constant. */
static char *value_outline(const struct cell *cell, const struct declarator *declarator) {
  const struct tokens *tokens = &cell->tokens;
  struct text text = {0};
  int at = declarator->value_first;
  while (at < declarator->value_end) {
    int is_shape = token_is(tokens, at, "{") || token_is(tokens, at, "}") || token_is(tokens, at, ",");
    int is_text = tokens->list[at].kind == STRING;
    if (is_shape || is_text) {
      text_printf(&text, "%s ", token_text(tokens, at++));
    } else if (token_is(tokens, at, "[") || token_is(tokens, at, ".")) {
      int behind = at;
      while (behind < declarator->value_end && !token_is(tokens, behind, "=")) behind = after(tokens, behind);
      text_printf(&text, "%s = ", normal_text(tokens, at, behind));
      at = behind + 1;
    } else {
      while (at < declarator->value_end && !token_is(tokens, at, ",") && !token_is(tokens, at, "}")) at = after(tokens, at);
      text_puts(&text, "0 ");
    }
  }
  char *outline = copy(text_string(&text), text.length);
  text_clear(&text);
  return outline;
}

/* The declaration without a value, of a type that is complete. */
static char *declaration_text(const struct cell *cell, const struct declaration *declaration,
                              const struct declarator *declarator, const char *head) {
  const struct tokens *tokens = &cell->tokens;
  char *name = normal_text(tokens, declarator->name, declarator->name_end);
  if (declaration->is_auto >= 0 && declarator->form)
    return format("__typeof__(((void)0, (%s))) %s", normal_text(tokens, declarator->value_first, declarator->value_end), name);
  if (!declarator->is_open_array || !declarator->form)
    return format("%s %s", head, normal_text(tokens, declarator->first, declarator->end));
  char *type = format("%s %s", head, nameless(cell, declarator));
  char *outline = value_outline(cell, declarator);
  if (token_is(tokens, declarator->value_first, "{")) return format("__typeof__((%s)%s) %s", type, outline, name);
  /* A text: one element for each of its letters. */
  return format("%s %s[sizeof(%s) / sizeof(*%s)]", head, name, outline, outline);
}

/* Numbers, texts, and what is made of them. A compound literal has to be taken for one, to live on. */
static int is_constant(const struct cell *cell, const struct declarator *declarator) {
  const struct tokens *tokens = &cell->tokens;
  if (cell->all_at_run_time) return 0;
  for (int at = declarator->value_first; at + 1 < declarator->value_end; at++)
    if (token_is(tokens, at, ")") && token_is(tokens, at + 1, "{")) return 1;
  for (int at = declarator->value_first; at < declarator->value_end; at++) {
    if (token_is(tokens, at, "sizeof") && token_is(tokens, at + 1, "(")) at = after(tokens, at + 1) - 1;
    else if (token_is(tokens, at, ".")) at++;
    else if (tokens->list[at].kind == WORD && !token_is(tokens, at, "NULL")) return 0;
  }
  return 1;
}

/* A constant cannot be assigned: its memory has another name too. */
static void emit_definition(struct cell *cell, const struct declaration *declaration, const struct declarator *declarator,
                            const char *text, const char *name) {
  const struct token *token = &cell->tokens.list[declarator->first];
  int is_constant_pointer = declarator->name > declarator->first && token_is(&cell->tokens, declarator->name - 1, "const");
  int is_constant_object = is_constant_pointer || (declaration->is_const && !declarator->is_pointer);
  if (!is_constant_object) {
    text_printf(&cell->code, "\n# %d \"%s\"\n%s;\n", token->line, cell->name, text);
    return;
  }
  text_printf(&cell->code, "\n# %d \"%s\"\nextern %s;\n", token->line, cell->name, text);
  emit(cell, "static char krunner_memory_%s[sizeof(%s)] __attribute__((aligned(__alignof__(%s))));", name, name, name);
  emit(cell, "extern __typeof__(%s) %s __attribute__((alias(\"krunner_memory_%s\")));", name, name, name);
}

static void emit_variable(struct cell *cell, const struct declaration *declaration, const struct declarator *declarator,
                          const char *head, const char *text, const char *name) {
  const struct token *token = &cell->tokens.list[declarator->first];
  if (!declarator->form || declaration->is_thread_local || is_constant(cell, declarator)) {
    const char *type = declaration->is_auto >= 0 ? text : head;
    text_printf(&cell->code, "\n# %d \"%s\"\n%s\n", token->line, cell->name, type);
    if (declaration->is_auto < 0) emit_source(cell, declarator->first, declarator->end);
    if (declarator->form) text_puts(&cell->code, " = ");
    if (declarator->form) emit_source(cell, declarator->value_first, declarator->value_end);
    text_puts(&cell->code, ";");
    return;
  }
  emit_definition(cell, declaration, declarator, text, name);
  begin_piece(cell);
  emit(cell, "__typeof__(%s) krunner_value =", name);
  emit_source(cell, declarator->value_first, declarator->value_end);
  text_puts(&cell->code, ";");
  emit(cell, "__builtin_memcpy((void *)&%s, (const void *)&krunner_value, sizeof %s);", name, name);
  end_piece(cell);
}

/* gcc renames what is declared before it is defined. */
static void use_version(struct cell *cell, const char *name, int version, const char *declaration) {
  if (version) emit(cell, "#pragma redefine_extname %s %s$%d\nextern %s;", name, name, version, declaration);
}

/* C has one scope for both: from here on the name stands for another one. */
static void hide_header_name(struct cell *cell, const char *name, int first, int end) {
  char *text = format("#undef %s\n#define %s krunner_own_%s", name, name, name);
  struct entry entry = {.kind = KEPT_DIRECTIVE, .names = format("#%s", name), .text = text, .identity = text, .declared_by = -1};
  emit(cell, "%s", text);
  add_to_context(cell, entry, first, end);
}

static void add_variable(struct cell *cell, const struct declaration *declaration, const struct declarator *declarator,
                         const char *head) {
  int first = declarator->first, end = declarator->value_end;
  char *name = normal_text(&cell->tokens, declarator->name, declarator->name_end);
  if (is_hiding(cell, name)) hide_header_name(cell, name, first, end);
  char *text = declaration_text(cell, declaration, declarator, head);
  enum change change = change_context(cell, name, KEPT_VARIABLE, text);
  int version = declaration->is_extern ? 0 : version_of_symbol(name, text, cell->number);
  use_version(cell, name, version, text);
  if (declaration->is_extern && !declarator->form) {
    text_printf(&cell->code, "\n# %d \"%s\"\n%s;\n", cell->tokens.list[first].line, cell->name, text);
  } else {
    emit_variable(cell, declaration, declarator, head, text, name);
    text_printf(&cell->calls, "krunner_declared(%d, 0); ", cell->variables);
  }
  struct entry entry = {.kind = KEPT_VARIABLE, .names = name, .identity = text, .version = version};
  entry.text = declaration->is_extern ? format("%s;", text) : format("extern %s;", text);
  entry.declared_by = declaration->is_extern ? -1 : cell->variables++;
  if (change == IS_SAME) context_find(name)->declared_by = entry.declared_by;
  else add_to_context(cell, entry, first, end);
  emit_moved(cell);
}

/* -- Functions and types -- */

/* What holds only within one file cannot be seen by the next cell. */
static void hide_storage(struct cell *cell, const struct declaration *declaration, int end) {
  static const char *const words[] = {"static", "inline", "__inline", "__inline__", "register", NULL};
  for (int at = declaration->first; at < end; at = after(&cell->tokens, at)) {
    int is_old_auto = token_is(&cell->tokens, at, "auto") && declaration->is_auto < 0;
    if (is_old_auto || token_is_one_of(&cell->tokens, at, words)) cell->tokens.list[at].hidden = 1;
  }
}

static void add_prototype(struct cell *cell, const struct declaration *declaration, const struct declarator *declarator) {
  const struct tokens *tokens = &cell->tokens;
  char *name = normal_text(tokens, declarator->name, declarator->name_end);
  char *identity = function_identity(&cell->splitting, declaration, declarator);
  char *text = format("%s %s", normal_text(tokens, declaration->first, declaration->specifiers_end),
                      normal_text(tokens, declarator->first, declarator->end));
  if (declaration->old_style) text = format("%s %s()", normal_text(tokens, declaration->first, declarator->first), name);
  enum change change = change_context(cell, name, KEPT_FUNCTION, identity);
  int version = version_of_symbol(name, identity, cell->number);
  use_version(cell, name, version, text);
  struct entry entry = {.kind = KEPT_FUNCTION, .names = name, .identity = identity, .version = version, .declared_by = -1};
  entry.text = format("%s;", text);
  if (change != IS_SAME && strcmp(name, "main") != 0) add_to_context(cell, entry, declaration->first, declarator->end);
}

static void add_function(struct cell *cell, const struct item *item) {
  struct declaration declaration = parse_declaration(&cell->splitting, item);
  hide_storage(cell, &declaration, item->parameters);
  if (declaration.count > 0 && declaration.declarators[0].name >= 0) {
    add_prototype(cell, &declaration, &declaration.declarators[0]);
    cell->runs_main |= token_is(&cell->tokens, declaration.declarators[0].name, "main");
  }
  emit_source(cell, item->first, item->end);
  emit_moved(cell);
}

/* The names that a type's definition brings: its tag, and an enum's constants. */
static void add_type_names(const struct cell *cell, const struct declaration *declaration, struct text *names) {
  const struct tokens *tokens = &cell->tokens;
  if (declaration->tag >= 0) text_printf(names, "%s %s\n", token_text(tokens, declaration->key), token_text(tokens, declaration->tag));
  if (!token_is(tokens, declaration->key, "enum") || declaration->body < 0) return;
  int at = declaration->body + 1, close = tokens->list[declaration->body].partner;
  while (at < close) {
    text_printf(names, "%s\n", token_text(tokens, at));
    while (at < close && !token_is(tokens, at, ",")) at = after(tokens, at);
    at++;
  }
}

static void add_type(struct cell *cell, const struct declaration *declaration, const struct text *names, int first, int end,
                     const char *text) {
  char *identity = normal_text(&cell->tokens, first, end);
  enum change change = change_context(cell, text_string(names), KEPT_TYPE, identity);
  struct entry entry = {.kind = KEPT_TYPE, .names = (char *)text_string(names), .identity = identity, .declared_by = -1};
  entry.text = format("%s;", text);
  (void)declaration;
  if (change == IS_SAME) return;
  add_to_context(cell, entry, first, end);
  text_printf(&cell->code, "\n# %d \"%s\"\n%s;\n", cell->tokens.list[first].line, cell->name, text);
  emit_moved(cell);
}

/* `struct point { ... } p`: the type first. One without a name gets one. */
static void add_inner_type(struct cell *cell, const struct declaration *declaration) {
  const struct tokens *tokens = &cell->tokens;
  struct text names = {0};
  int end = after(tokens, declaration->body);
  char *text = source_text(tokens, declaration->key, end);
  add_type_names(cell, declaration, &names);
  if (declaration->tag < 0)
    text = format("%s krunner_%d_%d %s", token_text(tokens, declaration->key), cell->number, declaration->key,
                  source_text(tokens, declaration->key + 1, end));
  add_type(cell, declaration, &names, declaration->key, end, text);
  text_clear(&names);
}

static void add_typedef(struct cell *cell, const struct item *item, const struct declaration *declaration) {
  struct text names = {0};
  for (int i = 0; i < declaration->count; i++)
    if (declaration->declarators[i].name >= 0)
      text_printf(&names, "%s\n", token_text(&cell->tokens, declaration->declarators[i].name));
  if (declaration->body >= 0) add_type_names(cell, declaration, &names);
  add_type(cell, declaration, &names, item->first, item->end, source_text(&cell->tokens, item->first, item->end));
  text_clear(&names);
}

static void add_declarators(struct cell *cell, const struct declaration *declaration) {
  if (declaration->body >= 0) add_inner_type(cell, declaration);
  char *head = head_of(cell, declaration);
  for (int i = 0; i < declaration->count; i++) {
    const struct declarator *declarator = &declaration->declarators[i];
    if (declarator->name < 0) {
      text_printf(&cell->code, "\n# %d \"%s\"\n%s\n", cell->tokens.list[declarator->first].line, cell->name, head);
      emit_source(cell, declarator->first, declarator->end);
      text_puts(&cell->code, ";");
    } else if (declarator->is_function) {
      add_prototype(cell, declaration, declarator);
      text_printf(&cell->code, "\n# %d \"%s\"\n%s\n", cell->tokens.list[declarator->first].line, cell->name, head);
      emit_source(cell, declarator->first, declarator->end);
      text_puts(&cell->code, ";");
      emit_moved(cell);
    } else {
      add_variable(cell, declaration, declarator, head);
    }
  }
}

static void add_declaration(struct cell *cell, const struct item *item) {
  struct declaration declaration = parse_declaration(&cell->splitting, item);
  int is_assertion = token_is(&cell->tokens, item->first, "_Static_assert") || token_is(&cell->tokens, item->first, "static_assert");
  hide_storage(cell, &declaration, declaration.specifiers_end);
  if (is_assertion || (declaration.count == 0 && declaration.key < 0)) {
    emit_source(cell, item->first, item->end);
    text_puts(&cell->code, ";");
  } else if (declaration.is_typedef) {
    add_typedef(cell, item, &declaration);
  } else if (declaration.count == 0) {
    struct text names = {0};
    add_type_names(cell, &declaration, &names);
    add_type(cell, &declaration, &names, item->first, item->end, source_text(&cell->tokens, item->first, item->end));
    text_clear(&names);
  } else {
    add_declarators(cell, &declaration);
  }
}

/* -- The whole -- */

static void add_item(struct cell *cell, const struct item *item) {
  switch (item->kind) {
    case DIRECTIVE_LINE: add_directive(cell, item); break;
    case STATEMENT: add_statements(cell, item->first, item->end); break;
    case EXPRESSION: show(cell, item); break;
    case FUNCTION: add_function(cell, item); break;
    default: add_declaration(cell, item); break;
  }
}

static void make(struct cell *cell) {
  int at = 0;
  struct item item;
  while (take_item(cell, &at, cell->tokens.count, &item)) add_item(cell, &item);
  if (cell->runs || cell->variables > 0) emit(cell, "void krunner_cell(void) { %s}", text_string(&cell->calls));
  if (cell->runs) cell->runs_main = 0;
}

const struct family family = {.prologue = prologue, .make = make};

/* Headers are looked for in the working folder. */
static const char *const options[] = {"-iquote", ".", "-fno-common", NULL};
static const char *const link_options[] = {"-nostartfiles", NULL};

static void begin(struct language *language) {
  (void)language;
}

struct language language = {
    .title = "C",
    .compiler = {.name = "gcc", .dialect = "c", .flags = "CFLAGS", .options = options, .link_options = link_options},
    .begin = begin,
    .make = make_cell,
    .declared = note_declared,
    .keep = keep_cell,
    .forget = forget_context,
    .complete = complete_c_family,
    .inspect = inspect_c_family,
};
