#include "declarations.h"

#include <string.h>

#include "text.h"

struct parser {
  const struct tokens *tokens;
  const struct splitting *splitting;
  int end;
  struct declaration *declaration;
};

static int is_word(const struct parser *parser, int at) {
  return at >= 0 && at < parser->end && parser->tokens->list[at].kind == WORD;
}

static int is(const struct parser *parser, int at, const char *text) {
  return at < parser->end && token_is(parser->tokens, at, text);
}

/* -- Specifiers -- */

static const char *const builtin_types[] = {"void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "_Bool",
                                            "bool", "_Complex", "wchar_t", "char16_t", "char32_t", "char8_t", "__int128", "_Float128",
                                            "__float128", "__auto_type", NULL};
static const char *const keys[] = {"struct", "class", "union", "enum", NULL};

/* True where the word says only how, not of what type. */
static int note_storage(struct declaration *declaration, const struct parser *parser, int at) {
  static const char *const others[] = {"volatile", "restrict", "register", "_Noreturn", "__extension__", "virtual", "explicit",
                                       "template", "typename", "consteval", "constinit", "_Atomic", "mutable", NULL};
  if (is(parser, at, "typedef")) declaration->is_typedef = 1;
  else if (is(parser, at, "extern")) declaration->is_extern = 1;
  else if (is(parser, at, "static")) declaration->is_static = 1;
  else if (is(parser, at, "friend")) declaration->is_friend = 1;
  else if (is(parser, at, "inline") || is(parser, at, "__inline") || is(parser, at, "__inline__")) declaration->is_inline = 1;
  else if (is(parser, at, "constexpr")) declaration->is_constexpr = declaration->is_const = 1;
  else if (is(parser, at, "const")) declaration->is_const = 1;
  else if (is(parser, at, "thread_local") || is(parser, at, "_Thread_local") || is(parser, at, "__thread"))
    declaration->is_thread_local = 1;
  else return token_is_one_of(parser->tokens, at, others);
  return 1;
}

static int behind_attributes(const struct parser *parser, int at) {
  while (at < parser->end) {
    if (is_attribute_word(parser->tokens, at) && is(parser, at + 1, "(")) at = after(parser->tokens, at + 1);
    else if (is(parser, at, "[") && is(parser, at + 1, "[")) at = after(parser->tokens, at);
    else return at;
  }
  return at;
}

/* Behind `A::B<C>::D`. */
static int behind_name(const struct parser *parser, int at) {
  if (!parser->splitting->is_cplusplus) return at + 1;
  if (is(parser, at, "::")) at++;
  while (is_word(parser, at) && !is(parser, at, "operator")) {
    int next = at + 1;
    int behind = is(parser, next, "<") ? after_angles(parser->tokens, next) : -1;
    if (behind > 0) next = behind;
    if (!is(parser, next, "::")) return next;
    at = next + 1;
  }
  return at;
}

/* At `struct`: behind its name and body. */
static int behind_tagged(const struct parser *parser, int at) {
  struct declaration *declaration = parser->declaration;
  declaration->key = at++;
  while (token_is_one_of(parser->tokens, at, keys)) at++; /* enum class */
  at = behind_attributes(parser, at);
  if (is_word(parser, at)) {
    declaration->tag = at;
    at = behind_name(parser, at);
  }
  if (is(parser, at, "final")) at++;
  if (is(parser, at, ":"))
    while (at < parser->end && !is(parser, at, "{") && !is(parser, at, ";")) at = after(parser->tokens, at);
  if (!is(parser, at, "{")) return at;
  declaration->body = at;
  return after(parser->tokens, at);
}

/* Whether the word at `at` is what is declared, since no type can stand there. */
static int begins_declarator(const struct parser *parser, int at) {
  static const char *const followers[] = {"=", ";", ",", "[", "(", ")", NULL};
  int behind = behind_name(parser, at);
  if (behind >= parser->end || token_is_one_of(parser->tokens, behind, followers)) return 1;
  return is(parser, behind, "~") || is(parser, behind, "operator");
}

static int behind_specifiers(const struct parser *parser, int at) {
  struct declaration *declaration = parser->declaration;
  int has_type = 0;
  while (at < parser->end) {
    int behind = behind_attributes(parser, at);
    if (behind > at) {
      has_type |= is(parser, at, "decltype") || is(parser, at, "typeof") || is(parser, at, "__typeof__") || is(parser, at, "_Atomic");
      at = behind;
    } else if (is(parser, at, "template") && is(parser, at + 1, "<")) {
      at = after_angles(parser->tokens, at + 1);
    } else if (is(parser, at, "extern") && at + 1 < parser->end && parser->tokens->list[at + 1].kind == STRING) {
      at += 2;
    } else if (note_storage(declaration, parser, at)) {
      at++;
    } else if (is(parser, at, "auto")) {
      declaration->is_auto = at++;
    } else if (token_is_one_of(parser->tokens, at, builtin_types)) {
      if (is(parser, at, "__auto_type")) declaration->is_auto = at;
      has_type = 1;
      at++;
    } else if (token_is_one_of(parser->tokens, at, keys)) {
      has_type = 1;
      at = behind_tagged(parser, at);
    } else if (has_type && is_word(parser, at) && is_word(parser, at + 1) && !is_attribute_word(parser->tokens, at + 1) &&
               !is(parser, at, "operator") && !is(parser, at + 1, "operator")) {
      at++; /* a macro, such as `complex` */
    } else if ((is_word(parser, at) || is(parser, at, "::")) && !has_type && declaration->is_auto < 0 &&
               !is(parser, at, "operator") && !begins_declarator(parser, at)) {
      has_type = 1;
      at = behind_name(parser, at);
    } else {
      break;
    }
  }
  /* In C before C23, `auto` says nothing beside a type. */
  if (has_type && declaration->is_auto >= 0 && is(parser, declaration->is_auto, "auto")) declaration->is_auto = -1;
  return at;
}

/* -- Declarators -- */

static int behind_operator_name(const struct parser *parser, int at) {
  at++;
  if (is(parser, at, "(") && is(parser, at + 1, ")")) return at + 2;
  while (at < parser->end && !is(parser, at, "(")) at = is(parser, at, "[") ? after(parser->tokens, at) : at + 1;
  return at;
}

/* The name within `*(*name[3])(int)`; its end is where the declarator goes on. */
static void find_name(const struct parser *parser, struct declarator *declarator) {
  int at = declarator->first;
  declarator->name = -1;
  while (at < parser->end) {
    if (is(parser, at, "(") || is(parser, at, "*") || is(parser, at, "&") || is(parser, at, "&&") || is(parser, at, "^")) {
      declarator->is_pointer |= !is(parser, at, "(");
      at++;
    } else if (is(parser, at, "const") || is(parser, at, "volatile") || is(parser, at, "restrict") || is(parser, at, "__restrict")) {
      at++;
    } else if (is(parser, at, "[") && !is(parser, at + 1, "[")) {
      declarator->name = at; /* auto [a, b] = ... */
      declarator->name_end = after(parser->tokens, at);
      return;
    } else if (behind_attributes(parser, at) > at) {
      at = behind_attributes(parser, at);
    } else if (is_word(parser, at) || is(parser, at, "::") || is(parser, at, "~")) {
      declarator->name = at;
      at = is(parser, at, "~") ? at + 2 : behind_name(parser, at);
      if (is(parser, at, "~")) at += 2;
      else if (is(parser, at, "operator")) at = behind_operator_name(parser, at);
      declarator->name_end = at;
      return;
    } else {
      return;
    }
  }
}

/* Whether parentheses hold parameters, not values. */
static int are_parameters(const struct parser *parser, int open) {
  static const char *const type_words[] = {"const", "volatile", "struct", "class", "union", "enum", "typename", "unsigned", "auto", "decltype",
                                           "std", NULL};
  int first = open + 1, close = parser->tokens->list[open].partner;
  if (!parser->splitting->is_cplusplus || first == close) return 1;
  if (is(parser, first, "...")) return 1;
  if (token_is_one_of(parser->tokens, first, builtin_types)) return !is(parser, first + 1, "(") && !is(parser, first + 1, "{");
  if (!is_word(parser, first) && !is(parser, first, "::")) return 0;
  if (token_is_one_of(parser->tokens, first, type_words) && !is(parser, first, "std")) return 1;
  int behind = behind_name(parser, first);
  if (is_word(parser, behind)) return 1;
  char *name = token_text(parser->tokens, first);
  if (parser->splitting->is_value(name, parser->splitting->argument)) return 0;
  return is(parser, behind, "&") || is(parser, behind, "*") || is(parser, behind, "&&") || is(parser, behind, ")") || is(parser, behind, ",");
}

static void take_value(const struct parser *parser, struct declarator *declarator, int at) {
  declarator->form = parser->tokens->source[parser->tokens->list[at].start];
  declarator->value_first = declarator->form == '=' ? at + 1 : at;
  while (at < parser->end && !is(parser, at, ",")) at = after(parser->tokens, at);
  declarator->value_end = at;
}

static struct declarator parse_declarator(const struct parser *parser, int at) {
  struct declarator declarator = {.first = at};
  find_name(parser, &declarator);
  int behind_id = declarator.name < 0 ? at : declarator.name_end;
  if (declarator.name >= 0) {
    declarator.is_open_array = is(parser, behind_id, "[") && is(parser, behind_id + 1, "]");
    declarator.is_function = is(parser, behind_id, "(") && are_parameters(parser, behind_id);
  }
  for (; at < parser->end && !is(parser, at, ","); at = after(parser->tokens, at)) {
    int is_constructor = is(parser, at, "(") && at == behind_id && !declarator.is_function && declarator.name >= 0;
    int is_brace = is(parser, at, "{") && !declarator.is_function;
    if (at >= behind_id && (is(parser, at, "=") || is_constructor || is_brace)) break;
  }
  declarator.end = at < parser->end ? at : parser->end;
  declarator.value_first = declarator.value_end = declarator.end;
  if (at < parser->end && !is(parser, at, ",")) take_value(parser, &declarator, at);
  return declarator;
}

static int is_function_body(const struct item *item) {
  return item->kind == FUNCTION || (item->kind == TEMPLATE && item->parameters >= 0 && item->body > item->parameters);
}

/* The end of a function's declaration is where its body, or old style parameters, begin. */
static int end_of_declarators(const struct tokens *tokens, const struct item *item, struct declaration *declaration) {
  if (!is_function_body(item)) return item->end;
  int behind = after(tokens, item->parameters);
  declaration->old_style = behind < item->body && tokens->list[behind].kind == WORD && !is_attribute_word(tokens, behind) &&
                           token_is(tokens, item->body - 1, ";");
  return declaration->old_style ? behind : item->body;
}

struct declaration parse_declaration(const struct splitting *splitting, const struct item *item) {
  const struct tokens *tokens = splitting->tokens;
  struct declaration declaration = {.first = item->first, .is_auto = -1, .key = -1, .tag = -1, .body = -1};
  struct parser parser = {tokens, splitting, 0, &declaration};
  parser.end = end_of_declarators(tokens, item, &declaration);
  int at = behind_specifiers(&parser, item->first);
  declaration.specifiers_end = at;
  declaration.declarators = allocate((size_t)(parser.end - at + 1) * sizeof *declaration.declarators);
  while (at < parser.end) {
    struct declarator declarator = parse_declarator(&parser, at);
    if (is_function_body(item)) {
      declarator.is_function = 1;
      declarator.end = declarator.value_first = declarator.value_end = parser.end;
      declarator.form = 0;
    }
    declaration.declarators[declaration.count++] = declarator;
    at = declarator.value_end > declarator.end ? declarator.value_end : declarator.end;
    if (at < parser.end) at++; /* the comma */
  }
  return declaration;
}

/* -- Comparing functions -- */

static void hide_parameter_name(const struct splitting *splitting, int first, int end) {
  const struct tokens *tokens = splitting->tokens;
  struct item item = {.kind = DECLARATION, .first = first, .end = end, .body = -1, .parameters = -1};
  struct declaration parameter = parse_declaration(splitting, &item);
  if (parameter.count == 0) return;
  struct declarator *declarator = &parameter.declarators[0];
  if (declarator->name >= 0 && parameter.specifiers_end > first)
    for (int i = declarator->name; i < declarator->name_end; i++) tokens->list[i].hidden |= 2;
  if (declarator->form)
    for (int i = declarator->end; i < end; i++) tokens->list[i].hidden |= 2;
}

static void show_all(const struct tokens *tokens, int first, int end) {
  for (int i = first; i < end; i++) tokens->list[i].hidden &= ~2;
}

char *function_identity(const struct splitting *splitting, const struct declaration *declaration,
                        const struct declarator *declarator) {
  const struct tokens *tokens = splitting->tokens;
  int open = declarator->name_end;
  if (!token_is(tokens, open, "(")) return normal_text(tokens, declaration->first, declarator->end);
  int close = tokens->list[open].partner;
  for (int first = open + 1; first < close;) {
    int end = first;
    while (end < close && !token_is(tokens, end, ",")) {
      int behind = token_is(tokens, end, "<") ? after_angles(tokens, end) : -1;
      end = behind > 0 ? behind : after(tokens, end);
    }
    hide_parameter_name(splitting, first, end);
    first = end + 1;
  }
  char *identity = format("%s %s", normal_text(tokens, declaration->first, declaration->specifiers_end),
                          normal_text(tokens, declarator->first, declarator->end));
  show_all(tokens, open, close);
  return identity;
}
