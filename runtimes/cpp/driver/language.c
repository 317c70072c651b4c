/*
 * C++. The cell's own text is compiled as it is: a variable of it is a variable of its library, with its initial
 * value. Statements become functions that the initial value of a variable of ours calls, and initial values are
 * taken in the order of the text. The worker runs them, not the loader (initialisers.c), so they may throw.
 *
 * Later cells see classes, templates and inline functions as text, other functions and variables as declarations.
 * What is defined again with another type is put into an inline namespace, so that its symbols are other ones.
 */
#include <stdlib.h>
#include <string.h>

#include "c-family.h"
#include "completion.h"

static const char prologue[] = "# 1 \"krunner\" 3\n#include <prologue.hpp>\n";

static void add_items(struct cell *cell, int first, int end);

static int is_at(const struct cell *cell, int at, const char *text) {
  return token_is(&cell->tokens, at, text);
}

static int has_token(const struct cell *cell, int first, int end, const char *text) {
  for (int at = first; at < end; at++)
    if (is_at(cell, at, text)) return 1;
  return 0;
}

/* -- Pieces -- */

static void begin_piece(struct cell *cell) {
  emit(cell, "static void krunner_piece_%d() {", ++cell->pieces);
  cell->runs = 1;
}

static void end_piece(struct cell *cell) {
  text_puts(&cell->code, " }");
  emit(cell, "static int krunner_run_%d = (krunner_piece_%d(), 0);", cell->pieces, cell->pieces);
}

/* With what tells it from others of the name, where that can be told before it. */
static char *own_name(const char *name, const char *full, int version) {
  return version && strcmp(name, full) == 0 ? format("::krunner_%d::%s", version, name) : format("::%s", full);
}

static int version_of_name(const struct cell *cell, const char *name) {
  struct entry *found = context_find(name);
  for (struct entry *entry = cell->entries; entry; entry = entry->next)
    if (has_name(entry, name)) found = entry;
  return found ? found->version : 0;
}

/* A name of the session is meant before one that `using namespace` brings: so it would be in main(). */
static void prefer_own_names(struct cell *cell, int first, int end) {
  if (!cell->prefers_own) return;
  struct text seen = {0};
  for (int at = first; at < end; at++) {
    if (cell->tokens.list[at].kind != WORD || is_at(cell, at - 1, "::") || is_at(cell, at - 1, ".") || is_at(cell, at - 1, "->")) continue;
    char *name = token_text(&cell->tokens, at);
    if (!cell->splitting.is_value(name, cell) || is_line_of(&seen, name)) continue;
    text_printf(&seen, "%s\n", name);
    text_printf(&cell->code, " using %s;", own_name(name, name, version_of_name(cell, name)));
  }
  text_clear(&seen);
}

static void add_statements(struct cell *cell, const struct item *item) {
  begin_piece(cell);
  prefer_own_names(cell, item->first, item->end);
  emit_source(cell, item->first, item->end);
  end_piece(cell);
}

static void show(struct cell *cell, const struct item *item) {
  emit(cell, "#include <show.hpp>");
  begin_piece(cell);
  prefer_own_names(cell, item->first, item->end);
  text_puts(&cell->code, "(");
  emit_source(cell, item->first, item->end);
  text_puts(&cell->code, "), krunner_shower();");
  end_piece(cell);
}

/* -- Names -- */

static char *full_name(const struct cell *cell, const char *name) {
  return format("%s%s", text_string(&cell->path), name);
}

static char *name_of(const struct cell *cell, const struct declarator *declarator) {
  return normal_text(&cell->tokens, declarator->name, declarator->name_end);
}

static void open_version(struct cell *cell, int version) {
  if (version) emit(cell, "inline namespace krunner_%d {", version);
}

static void close_version(struct cell *cell, int version) {
  if (version) emit(cell, "}");
}

static void hide(struct cell *cell, int first, int end, const char *const *words) {
  for (int at = first; at < end; at = after(&cell->tokens, at))
    if (token_is_one_of(&cell->tokens, at, words)) cell->tokens.list[at].hidden = 1;
}

/* What holds only within one file cannot be seen by the next cell. */
static void hide_storage(struct cell *cell, int first, int end) {
  static const char *const words[] = {"static", "register", NULL};
  hide(cell, first, end, words);
}

/* -- Text that every later cell reads -- */

/* Of a type: its definition, alone if it has declarators behind it. */
static void add_type(struct cell *cell, const char *names, int first, int end, const char *text) {
  char *identity = normal_text(&cell->tokens, first, end);
  enum change change = change_context(cell, names, KEPT_TYPE, identity);
  int version = change == IS_CHANGED ? cell->number : 0;
  struct entry *old = context_find(copy(names, strcspn(names, "\n")));
  if (change == IS_NEW && old) version = old->version; /* it was announced */
  if (change == IS_SAME) return;
  struct entry entry = {.kind = KEPT_TYPE, .names = (char *)names, .identity = identity, .version = version, .declared_by = -1};
  entry.text = format("%s;", text);
  add_to_context(cell, entry, first, end);
  open_version(cell, version);
  text_printf(&cell->code, "\n# %d \"%s\"\n", cell->tokens.list[first].line, cell->name);
  add_margin(&cell->code, &cell->tokens, &cell->tokens.list[first]);
  text_printf(&cell->code, "%s;\n", text);
  close_version(cell, version);
  emit_moved(cell);
}

static void add_text(struct cell *cell, const char *names, const struct item *item, const char *before) {
  char *identity = normal_text(&cell->tokens, item->first, item->end);
  const char *end = item->kind == FUNCTION || is_at(cell, item->end - 1, "}") ? "" : ";";
  struct entry entry = {.kind = KEPT_TEXT, .names = (char *)names, .identity = identity, .declared_by = -1};
  entry.text = format("%s%s%s", before, source_text(&cell->tokens, item->first, item->end), end);
  if (change_context(cell, names, KEPT_TEXT, identity) == IS_SAME) return;
  add_to_context(cell, entry, item->first, item->end);
  text_printf(&cell->code, "\n%s", before);
  emit_source(cell, item->first, item->end);
  text_puts(&cell->code, end);
  emit_moved(cell);
}

static char *type_names(const struct cell *cell, const struct declaration *declaration) {
  const struct tokens *tokens = &cell->tokens;
  struct text names = {0};
  if (declaration->tag >= 0) text_printf(&names, "%s\n", full_name(cell, token_text(tokens, declaration->tag)));
  int is_open_enum = is_at(cell, declaration->key, "enum") && declaration->body >= 0 && !is_at(cell, declaration->key + 1, "class") &&
                     !is_at(cell, declaration->key + 1, "struct");
  for (int at = declaration->body + 1; is_open_enum && at < tokens->list[declaration->body].partner; at++) {
    text_printf(&names, "%s\n", full_name(cell, token_text(tokens, at)));
    while (at < tokens->list[declaration->body].partner && !is_at(cell, at, ",")) at = after(tokens, at);
  }
  char *all = copy(text_string(&names), names.length);
  text_clear(&names);
  return all;
}

static char *declared_names(const struct cell *cell, const struct declaration *declaration) {
  struct text names = {0};
  for (int i = 0; i < declaration->count; i++)
    if (declaration->declarators[i].name >= 0)
      text_printf(&names, "%s\n", full_name(cell, name_of(cell, &declaration->declarators[i])));
  if (declaration->key >= 0 && declaration->body >= 0) text_puts(&names, type_names(cell, declaration));
  char *all = copy(text_string(&names), names.length);
  text_clear(&names);
  return all;
}

/* -- Variables -- */

static int is_literal(const struct cell *cell, const struct declarator *declarator) {
  for (int at = declarator->value_first; at < declarator->value_end; at++) {
    if (cell->tokens.list[at].kind != WORD || is_at(cell, at, "true") || is_at(cell, at, "false") || is_at(cell, at, "sizeof")) continue;
    struct entry *known = context_find(full_name(cell, token_text(&cell->tokens, at)));
    if (!known || known->kind != KEPT_TEXT) return 0;
  }
  return declarator->form != 0;
}

static int has_lambda(const struct cell *cell, int first, int end) {
  for (int at = first; at < end; at++) {
    if (!is_at(cell, at, "[")) continue;
    int before = at - 1, behind = after(&cell->tokens, at);
    int indexes = before >= first && (cell->tokens.list[before].kind == WORD || is_at(cell, before, ")") || is_at(cell, before, "]"));
    if (!indexes && (is_at(cell, behind, "(") || is_at(cell, behind, "{") || is_at(cell, behind, "<"))) return 1;
  }
  return 0;
}

/* Whether a lambda's list of captures is here. */
static int is_capture_list(const struct cell *cell, int first, int at, int end) {
  return is_at(cell, at, "[") && has_lambda(cell, at, at + 1) && (at == first || cell->tokens.list[at - 1].kind != WORD) && cell->tokens.list[at].partner < end;
}

/*
 * `[x, &y]` of variables of the session: they are not captured, as in a function they would be. `[x = x]` is. Where
 * there is nothing around the lambda, as in `inner` ones there is, `[&]` has nothing to capture, and is an error.
 */
static char *captures(const struct cell *cell, int at, int inner) {
  struct text text = {0};
  int close = cell->tokens.list[at].partner, count = 0;
  text_puts(&text, "[");
  for (int item = at + 1, behind; item < close; item = behind + 1) {
    for (behind = item; behind < close && !is_at(cell, behind, ",");) behind = after(&cell->tokens, behind);
    int is_reference = is_at(cell, item, "&"), name = item + is_reference;
    int is_default = behind == item + 1 && (is_reference || is_at(cell, item, "="));
    if (is_default && !inner) continue;
    int is_simple = behind == name + 1 && cell->tokens.list[name].kind == WORD && !is_at(cell, name, "this");
    char *word = is_simple ? token_text(&cell->tokens, name) : NULL;
    int is_ours = word && cell->splitting.is_value(word, cell);
    char *capture = is_ours ? format("%s%s = %s", is_reference ? "&" : "", word, word) : normal_text(&cell->tokens, item, behind);
    text_printf(&text, "%s%s", count++ ? ", " : "", capture);
  }
  text_puts(&text, "]");
  char *string = copy(text_string(&text), text.length);
  text_clear(&text);
  return string;
}

/* Behind the lambda's body: the first braces behind its captures. */
static int lambda_end(const struct cell *cell, int at, int end) {
  for (at = after(&cell->tokens, at); at < end; at = after(&cell->tokens, at))
    if (is_at(cell, at, "{")) return cell->tokens.list[at].partner;
  return end;
}

/* The source of a value, with those captures, for this cell. */
static void emit_value(struct cell *cell, int first, int end) {
  int from = first, body_end = first;
  for (int at = first; at < end; at++) {
    if (!is_capture_list(cell, first, at, end)) continue;
    emit_source(cell, from, at);
    text_printf(&cell->code, " %s", captures(cell, at, at < body_end));
    if (at >= body_end) body_end = lambda_end(cell, at, end);
    from = (at = cell->tokens.list[at].partner) + 1;
  }
  emit_source(cell, from, end);
}

/* The same for later ones. */
static char *value_text(const struct cell *cell, int first, int end) {
  struct text text = {0};
  int body_end = first;
  for (int at = first; at < end; at++) {
    int is_list = is_capture_list(cell, first, at, end);
    text_printf(&text, "%s ", is_list ? captures(cell, at, at < body_end) : token_text(&cell->tokens, at));
    if (is_list && at >= body_end) body_end = lambda_end(cell, at, end);
    if (is_list) at = cell->tokens.list[at].partner;
  }
  char *string = copy(text_string(&text), text.length);
  text_clear(&text);
  return string;
}

static void emit_declared(struct cell *cell, const char *name, int version, int number) {
  emit(cell, "static int krunner_is_there_%d = krunner_declared(%d, krunner_type<decltype(%s)>());", number, number, own_name(name, full_name(cell, name), version));
}

/*
 * A lambda has a type of its own wherever it stands; in an inline function it has the same one in every cell. No
 * variable of such a type can be declared, so later cells see its memory, and a reference to that.
 */
static void add_lambda(struct cell *cell, const struct declarator *declarator) {
  char *name = name_of(cell, declarator), *full = full_name(cell, name);
  char *id = format("%d_%s", cell->number, name);
  char *value = value_text(cell, declarator->value_first, declarator->value_end);
  char *maker = format("inline auto krunner_make_%s() { return %s; }", id, value);
  change_context(cell, full, KEPT_VARIABLE, id);
  struct entry made = {.kind = KEPT_TEXT, .names = format("krunner_make_%s", id), .text = maker, .identity = maker};
  made.declared_by = -1;
  add_to_context(cell, made, declarator->first, declarator->value_end);
  emit(cell, "inline auto krunner_make_%s() { return ", id);
  emit_value(cell, declarator->value_first, declarator->value_end);
  text_puts(&cell->code, "; }");
  emit(cell, "auto krunner_lambda_%s = krunner_make_%s(); static auto &%s = krunner_lambda_%s;", id, id, name, id);
  emit(cell, "static int krunner_is_there_%d = krunner_declared(%d, 0);", cell->variables, cell->variables);
  struct entry entry = {.kind = KEPT_VARIABLE, .names = full, .identity = id, .declared_by = cell->variables++};
  entry.text = format("extern \"C\" char krunner_lambda_%s[];\n"
                      "static auto &%s = reinterpret_cast<decltype(krunner_make_%s()) &>(krunner_lambda_%s);", id, name, id, id);
  add_to_context(cell, entry, declarator->first, declarator->value_end);
  emit_moved(cell);
}

/* `auto [a, b] = f();`: the whole has a name of ours, and each cell binds the parts to it anew. */
static void add_binding(struct cell *cell, const struct declaration *declaration, const struct declarator *declarator) {
  const struct tokens *tokens = &cell->tokens;
  char *whole = format("krunner_bound_%d_%d", cell->number, cell->variables);
  char *names = normal_text(tokens, declarator->name + 1, declarator->name_end - 1);
  struct text lines = {0};
  for (int at = declarator->name + 1; at < declarator->name_end - 1; at++)
    if (tokens->list[at].kind == WORD) text_printf(&lines, "%s\n", token_text(tokens, at));
  change_context(cell, text_string(&lines), KEPT_TEXT, whole);
  emit_source(cell, declaration->first, declarator->name);
  text_printf(&cell->code, " %s %s", whole, declarator->form == '=' ? "= " : "");
  emit_source(cell, declarator->value_first, declarator->value_end);
  text_puts(&cell->code, ";");
  emit_declared(cell, whole, 0, cell->variables);
  char *text = format("static auto &[%s] = %s;", names, whole);
  emit(cell, "%s", text);
  struct entry variable = {.kind = KEPT_VARIABLE, .names = whole, .identity = whole, .declared_by = cell->variables};
  variable.text = format("extern decltype(%s) %s;", normal_text(tokens, declarator->value_first, declarator->value_end), whole);
  add_to_context(cell, variable, declarator->first, declarator->value_end);
  struct entry parts = {.kind = KEPT_TEXT, .names = (char *)text_string(&lines), .text = text, .identity = whole};
  parts.declared_by = cell->variables++;
  add_to_context(cell, parts, declarator->first, declarator->value_end);
  text_clear(&lines);
  emit_moved(cell);
}

static void emit_variable(struct cell *cell, const struct declaration *declaration, const struct declarator *declarator, const char *head) {
  text_printf(&cell->code, "\n# %d \"%s\"\n%s\n", cell->tokens.list[declarator->first].line, cell->name, head);
  emit_source(cell, declarator->first, declarator->end);
  if (declarator->form == '=') text_puts(&cell->code, " = ");
  int is_plain = cell->prefers_own && declarator->form == '=' && !is_at(cell, declarator->value_first, "{");
  if (is_plain) {
    text_puts(&cell->code, "[]() -> decltype(auto) {");
    prefer_own_names(cell, declarator->value_first, declarator->value_end);
    text_puts(&cell->code, " return (");
  }
  emit_value(cell, declarator->value_first, declarator->value_end);
  text_puts(&cell->code, is_plain ? "); }();" : ";");
  (void)declaration;
}

/* Constants that the compiler must know are text; other ones have one memory for all cells. */
static void add_variable(struct cell *cell, const struct item *item, const struct declaration *declaration,
                         const struct declarator *declarator, const char *head) {
  static const char *const constant[] = {"const", NULL};
  char *name = name_of(cell, declarator), *full = full_name(cell, name);
  int is_const = declaration->is_const && !declarator->is_pointer;
  if (declaration->is_constexpr || (is_const && declaration->count == 1 && is_literal(cell, declarator)))
    return add_text(cell, full, item, "");
  if (declaration->is_auto >= 0 && is_at(cell, declarator->name, "[")) return add_binding(cell, declaration, declarator);
  if (declaration->is_auto >= 0 && has_lambda(cell, declarator->value_first, declarator->value_end))
    return add_lambda(cell, declarator);
  char *declared = format("%s %s", head, normal_text(&cell->tokens, declarator->first, declarator->end));
  char *value = normal_text(&cell->tokens, declarator->value_first, declarator->value_end);
  char *identity = declaration->is_auto >= 0 ? format("%s = %s", declared, value) : declared;
  enum change change = change_context(cell, full, KEPT_VARIABLE, identity);
  int version = is_hiding(cell, full) ? cell->number : version_of_symbol(full, identity, cell->number);
  int is_only_declared = declaration->is_extern && !declarator->form;
  if (is_only_declared) version = 0;
  open_version(cell, version);
  if (is_const && declaration->is_auto < 0) emit(cell, "extern %s;", declared);
  if (is_const && declaration->is_auto >= 0) hide(cell, declaration->first, declaration->specifiers_end, constant);
  if (is_const && declaration->is_auto >= 0) head = source_text(&cell->tokens, declaration->first, declaration->specifiers_end);
  emit_variable(cell, declaration, declarator, head);
  if (!is_only_declared) emit_declared(cell, name, version, cell->variables);
  close_version(cell, version);
  struct entry entry = {.kind = KEPT_VARIABLE, .names = full, .identity = identity, .version = version};
  entry.text = declaration->is_auto >= 0 ? format("extern %sdecltype(%s) %s;", is_const ? "const " : "", value, name)
                                         : format("extern %s;", declared);
  entry.declared_by = is_only_declared ? -1 : cell->variables++;
  if (change == IS_SAME) context_find(full)->declared_by = entry.declared_by;
  else add_to_context(cell, entry, declarator->first, declarator->value_end);
  emit_moved(cell);
}

/* The entry's text becomes a declaration of that type, where it can be written. */
static void note_type(struct entry *entry, const char *type) {
  const char *name = strstr(type, "T = ");
  const char *last = strrchr(entry->names, ':');
  if (!name || find_word(name, "lambda") || strchr(name, '{') || strstr(name, "<unnamed") || strstr(name, "(anonymous")) return;
  char *known = copy(name + 4, strlen(name + 4) - 1);
  int is_plain = !strpbrk(known, "(*&[");
  char *text = format(is_plain ? "extern %s %s;" : "extern krunner_same<%s>::type %s;", known, last ? last + 1 : entry->names);
  int is_const = starts_with(entry->text, "extern const decltype");
  int is_thread = find_word(entry->text, "thread_local") != NULL;
  free(entry->text);
  entry->text = keep(format("%s%s%s", is_thread ? "thread_local " : "", is_const ? "const " : "", text));
}

/* -- Functions -- */

static char *parameters_of(const struct cell *cell, const struct declarator *declarator) {
  int open = declarator->name_end;
  if (!is_at(cell, open, "(")) return (char *)"";
  return normal_text(&cell->tokens, open, after(&cell->tokens, open));
}

/* With the name, the types of its parameters: what tells a function from others of the name. */
static char *signature_of(const struct cell *cell, const struct declaration *declaration, const struct declarator *declarator) {
  char *identity = function_identity(&cell->splitting, declaration, declarator);
  char *head = normal_text(&cell->tokens, declaration->first, declaration->specifiers_end);
  size_t length = strlen(head);
  return full_name(cell, starts_with(identity, head) ? identity + length + 1 : identity);
}

/* A friend of a class that was put into a namespace is looked for there. */
static int version_of_friend(const struct cell *cell, const char *name, const char *parameters) {
  struct entry *const lists[] = {context, cell->entries};
  int version = 0;
  for (int i = 0; i < 2; i++)
    for (struct entry *entry = lists[i]; entry; entry = entry->next) {
      if (entry->is_leaving || entry->kind != KEPT_TYPE || !entry->version || !find_word(entry->text, "friend")) continue;
      char *type = copy(entry->names, strcspn(entry->names, "\n"));
      if (find_word(parameters, type) && strstr(entry->identity, name)) version = entry->version;
    }
  return version;
}

static int must_be_seen(const struct cell *cell, const struct item *item, const struct declaration *declaration,
                        const struct declarator *declarator) {
  int is_deduced = declaration->is_auto >= 0 && !has_token(cell, declarator->name_end, item->body, "->");
  int is_generic = is_at(cell, declarator->name_end, "(") &&
                   has_token(cell, declarator->name_end, after(&cell->tokens, declarator->name_end), "auto");
  int is_constant = declaration->is_constexpr || has_token(cell, item->first, declaration->specifiers_end, "consteval");
  return item->kind == TEMPLATE || is_deduced || is_generic || is_constant || declaration->is_inline;
}

static void emit_function(struct cell *cell, const struct item *item) {
  emit_source(cell, item->first, item->end);
  if (item->kind == DECLARATION) text_puts(&cell->code, ";");
}

/* Defaults may be told only once: the old declaration has to go before the new one comes. */
static void leave_defaults(struct cell *cell, const char *signature, const char *parameters) {
  struct entry *old = context_find(signature);
  if (!old || !strchr(parameters, '=')) return;
  change_context(cell, signature, KEPT_FUNCTION, "");
}

static void add_plain_function(struct cell *cell, const struct item *item, const struct declaration *declaration,
                               const struct declarator *declarator) {
  char *name = name_of(cell, declarator), *signature = signature_of(cell, declaration, declarator);
  char *parameters = parameters_of(cell, declarator);
  char *identity = function_identity(&cell->splitting, declaration, declarator);
  struct entry *other = context_find(full_name(cell, name));
  if (other && other->kind != KEPT_FUNCTION && other->kind != KEPT_TEXT)
    change_context(cell, full_name(cell, name), KEPT_FUNCTION, identity);
  leave_defaults(cell, signature, parameters);
  enum change change = change_context(cell, signature, KEPT_FUNCTION, identity);
  int is_c = has_token(cell, declaration->first, declaration->specifiers_end, "\"C\"");
  int version = is_c ? 0 : version_of_symbol(signature, identity, cell->number);
  int friendly = version_of_friend(cell, name, parameters);
  if (friendly) version = friendly;
  open_version(cell, version);
  emit_function(cell, item);
  close_version(cell, version);
  struct entry entry = {.kind = KEPT_FUNCTION, .identity = identity, .version = version, .declared_by = -1};
  entry.names = format("%s\n%s", full_name(cell, name), signature);
  entry.text = format("%s %s;", normal_text(&cell->tokens, declaration->first, declaration->specifiers_end),
                      normal_text(&cell->tokens, declarator->first, declarator->end));
  if (change != IS_SAME) add_to_context(cell, entry, item->first, declarator->end);
  emit_moved(cell);
}

static void add_function(struct cell *cell, const struct item *item, const struct declaration *declaration) {
  const struct declarator *declarator = &declaration->declarators[0];
  hide_storage(cell, item->first, declaration->specifiers_end);
  int is_member = has_token(cell, declarator->name, declarator->name_end, "::");
  int is_main = is_at(cell, declarator->name, "main") && cell->path.length == 0;
  if (must_be_seen(cell, item, declaration, declarator) && item->kind == FUNCTION) {
    int is_inline = declaration->is_inline || declaration->is_constexpr;
    char *names = format("%s\n%s", full_name(cell, name_of(cell, declarator)), signature_of(cell, declaration, declarator));
    add_text(cell, is_member ? signature_of(cell, declaration, declarator) : strchr(names, '\n') + 1, item, is_inline ? "" : "inline ");
  } else if (is_member || is_main) {
    emit_function(cell, item);
    cell->runs_main |= is_main && item->kind == FUNCTION;
  } else {
    add_plain_function(cell, item, declaration, declarator);
  }
}

/* -- Other declarations -- */

static char *head_of(struct cell *cell, const struct declaration *declaration) {
  static const char *const once[] = {"inline", NULL};
  const struct tokens *tokens = &cell->tokens;
  hide(cell, declaration->first, declaration->specifiers_end, once);
  if (declaration->body < 0) return normal_text(tokens, declaration->first, declaration->specifiers_end);
  char *before = normal_text(tokens, declaration->first, declaration->key);
  char *behind = normal_text(tokens, after(tokens, declaration->body), declaration->specifiers_end);
  char *tag = declaration->tag < 0 ? format("krunner_%d_%d", cell->number, declaration->key) : token_text(tokens, declaration->tag);
  return format("%s %s %s", before, tag, behind);
}

/* `struct point { ... } p`: the type first. One without a name gets one. */
static void add_inner_type(struct cell *cell, const struct declaration *declaration) {
  const struct tokens *tokens = &cell->tokens;
  int end = after(tokens, declaration->body);
  char *text = source_text(tokens, declaration->key, end), *names = type_names(cell, declaration);
  if (declaration->tag < 0) {
    char *tag = format("krunner_%d_%d", cell->number, declaration->key);
    text = format("%s %s %s", token_text(tokens, declaration->key), tag, source_text(tokens, declaration->key + 1, end));
    names = format("%s\n%s", tag, names);
  }
  add_type(cell, names, declaration->key, end, text);
}

static void add_declarators(struct cell *cell, const struct item *item, const struct declaration *declaration) {
  hide_storage(cell, declaration->first, declaration->specifiers_end);
  if (declaration->body >= 0) add_inner_type(cell, declaration);
  char *head = head_of(cell, declaration);
  for (int i = 0; i < declaration->count; i++) {
    const struct declarator *declarator = &declaration->declarators[i];
    int is_member = declarator->name >= 0 && has_token(cell, declarator->name, declarator->name_end, "::");
    if (declarator->name < 0 || is_member) emit_variable(cell, declaration, declarator, head);
    else if (declarator->is_function && declaration->count == 1) add_function(cell, item, declaration);
    else if (declarator->is_function) emit_variable(cell, declaration, declarator, head);
    else add_variable(cell, item, declaration, declarator, head);
  }
}

static void add_using(struct cell *cell, const struct item *item) {
  char *text = source_text(&cell->tokens, item->first, item->end);
  if (is_at(cell, item->first + 2, "=")) return add_type(cell, full_name(cell, token_text(&cell->tokens, item->first + 1)), item->first, item->end, text);
  add_text(cell, normal_text(&cell->tokens, item->first, item->end), item, "");
}

static void add_declaration(struct cell *cell, const struct item *item) {
  struct declaration declaration = parse_declaration(&cell->splitting, item);
  int is_assertion = is_at(cell, item->first, "static_assert") || is_at(cell, item->first, "_Static_assert");
  if (is_at(cell, item->first, "using")) {
    add_using(cell, item);
  } else if (is_at(cell, item->first, "namespace")) {
    add_text(cell, full_name(cell, token_text(&cell->tokens, item->first + 1)), item, "");
  } else if (is_assertion || is_at(cell, item->first, "template") || (declaration.count == 0 && declaration.key < 0)) {
    emit_function(cell, item);
  } else if (declaration.is_typedef) {
    add_type(cell, declared_names(cell, &declaration), item->first, item->end, source_text(&cell->tokens, item->first, item->end));
  } else if (declaration.count == 0) {
    add_type(cell, type_names(cell, &declaration), item->first, item->end, source_text(&cell->tokens, item->first, item->end));
  } else {
    add_declarators(cell, item, &declaration);
  }
}

/* A class's template is a type; a specialisation is named with its arguments, and stays where the first one is. */
static void add_template(struct cell *cell, const struct item *item) {
  struct declaration declaration = parse_declaration(&cell->splitting, item);
  int is_class = declaration.key >= 0 && declaration.count == 0 && declaration.tag >= 0;
  int is_special = is_class && is_at(cell, declaration.tag + 1, "<");
  if (is_special) {
    add_text(cell, normal_text(&cell->tokens, declaration.tag, after_angles(&cell->tokens, declaration.tag + 1)), item, "");
  } else if (is_class) {
    add_type(cell, full_name(cell, token_text(&cell->tokens, declaration.tag)), item->first, item->end,
             source_text(&cell->tokens, item->first, item->end));
  } else if (declaration.count == 0 || declaration.declarators[0].name < 0 || has_token(cell, declaration.specifiers_end, item->end, "->")) {
    add_text(cell, normal_text(&cell->tokens, item->first, item->end), item, "");
  } else {
    char *signature = declaration.declarators[0].is_function ? signature_of(cell, &declaration, &declaration.declarators[0])
                                                             : full_name(cell, name_of(cell, &declaration.declarators[0]));
    hide_storage(cell, declaration.first, declaration.specifiers_end);
    add_text(cell, signature, item, "");
  }
}

/* -- The whole -- */

static void add_namespace(struct cell *cell, const struct item *item) {
  char *opening = normal_text(&cell->tokens, item->first, item->body + 1);
  size_t path = cell->path.length, scope = cell->scope.length;
  int is_anonymous = item->body == item->first + 1 && is_at(cell, item->first, "namespace");
  int is_c = is_at(cell, item->first, "extern");
  if (!is_anonymous) {
    emit(cell, "%s", opening);
    text_printf(&cell->scope, "%s ", opening);
    int name = item->first + (is_at(cell, item->first, "inline") ? 2 : 1);
    for (int at = name; !is_c && at < item->body; at++)
      if (cell->tokens.list[at].kind == WORD) text_printf(&cell->path, "%s::", token_text(&cell->tokens, at));
  }
  add_items(cell, item->body + 1, item->end - 1);
  if (!is_anonymous) emit(cell, "}");
  cell->path.length = path;
  cell->scope.length = scope;
  if (cell->path.bytes) cell->path.bytes[path] = '\0';
  if (cell->scope.bytes) cell->scope.bytes[scope] = '\0';
}

static void add_item(struct cell *cell, const struct item *item) {
  struct declaration declaration;
  switch (item->kind) {
    case DIRECTIVE_LINE: add_directive(cell, item); break;
    case STATEMENT: add_statements(cell, item); break;
    case EXPRESSION: show(cell, item); break;
    case NAMESPACE: add_namespace(cell, item); break;
    case TEMPLATE: add_template(cell, item); break;
    case FUNCTION:
      declaration = parse_declaration(&cell->splitting, item);
      if (declaration.count > 0 && declaration.declarators[0].name >= 0) add_function(cell, item, &declaration);
      else emit_function(cell, item);
      break;
    case DECLARATION: add_declaration(cell, item); break;
  }
}

static void add_items(struct cell *cell, int first, int end) {
  struct item item;
  while (take_item(cell, &first, end, &item)) add_item(cell, &item);
}

static void make(struct cell *cell) {
  add_items(cell, 0, cell->tokens.count);
  if (cell->runs) cell->runs_main = 0;
}

const struct family family = {.is_cplusplus = 1, .prologue = prologue, .make = make, .note_type = note_type};

static const char *const no_options[] = {NULL};

/* A session outlives an update of the tree it was started from. */
static void take_header(const struct compiler *compiler, const char *name) {
  char *text = read_file(format("%s/%s", compiler->folder, name));
  if (text) write_file(format("%s/%s", compiler->scratch, name), text, strlen(text));
  free(text);
}

/* Headers are looked for in the working folder, and ours in the session's own. */
static void begin(struct language *language) {
  static const char *options[] = {"-iquote", ".", "-isystem", NULL, NULL, NULL};
  struct compiler *compiler = &language->compiler;
  take_header(compiler, "prologue.hpp");
  take_header(compiler, "show.hpp");
  options[3] = compiler->scratch;
  options[4] = compiler->is_clang ? NULL : "-fno-gnu-unique";
  compiler->options = options;
}

struct language language = {
    .title = "C++",
    .compiler = {.name = "gcc", .dialect = "c++", .flags = "CXXFLAGS", .options = no_options, .link_options = no_options},
    .begin = begin,
    .make = make_cell,
    .declared = note_declared,
    .keep = keep_cell,
    .forget = forget_context,
    .complete = complete_c_family,
    .inspect = inspect_c_family,
};
