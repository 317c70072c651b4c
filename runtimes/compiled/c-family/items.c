/* What an item is, is seen in its first tokens; where it ends, by its brackets and semicolons. */
#include "items.h"

#include <string.h>

#include "text.h"

struct splitter {
  const struct tokens *tokens;
  const struct splitting *splitting;
  int end;
};

static const char *const statement_words[] = {"if",   "for",    "while",   "do",     "switch", "return", "goto",  "break",
                                              "continue", "case", "default", "try", "asm", "__asm__", "__asm", NULL};
static const char *const declaration_words[] = {
    "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "_Bool", "bool", "_Complex", "wchar_t",
    "char16_t", "char32_t", "char8_t", "__int128", "_Float128", "__float128", "struct", "union", "enum", "class", "typedef",
    "extern", "static", "register", "auto", "inline", "__inline", "__inline__", "_Noreturn", "const", "volatile", "restrict",
    "_Atomic", "_Thread_local", "__thread", "thread_local", "_Alignas", "alignas", "_Static_assert", "static_assert", "typeof",
    "__typeof__", "typeof_unqual", "__auto_type", "__attribute__", "__extension__", "constexpr", "consteval", "constinit",
    "template", "namespace", "using", "typename", "decltype", "friend", "concept", "explicit", "virtual", NULL};
/* A type by itself: in C++, parentheses behind it make an expression. */
static const char *const type_words[] = {"char", "short", "int", "long", "float", "double", "signed", "unsigned", "bool",
                                         "wchar_t", "auto", "decltype", "void", NULL};
static const char *const operator_words[] = {"and", "or", "xor", "not_eq", "bitand", "bitor", "and_eq", "or_eq", "xor_eq", NULL};
static const char *const expression_words[] = {"sizeof", "new", "delete", "throw", "this", "true", "false", "nullptr", "not",
                                               "compl", "_Generic", "alignof", "_Alignof", "typeid", "co_await", "co_yield",
                                               "co_return", "noexcept", "static_cast", "dynamic_cast", "const_cast",
                                               "reinterpret_cast", "operator", NULL};

int is_attribute_word(const struct tokens *tokens, int index) {
  static const char *const words[] = {"__attribute__", "__attribute", "alignas", "_Alignas", "decltype", "typeof", "__typeof__",
                                      "_Atomic", "noexcept", "throw", "asm", "__asm__", "__asm", "requires", "explicit",
                                      "typeof_unqual", "__declspec", "_BitInt", NULL};
  return token_is_one_of(tokens, index, words);
}

static int is_word(const struct tokens *tokens, int index) {
  return index >= 0 && index < tokens->count && tokens->list[index].kind == WORD;
}

int after_angles(const struct tokens *tokens, int open) {
  int depth = 0;
  for (int i = open; i < tokens->count; i = after(tokens, i)) {
    if (token_is(tokens, i, "<")) depth++;
    else if (token_is(tokens, i, ">") && --depth == 0) return i + 1;
    else if (token_is(tokens, i, ";") || token_is(tokens, i, "&&") || token_is(tokens, i, "||")) return -1;
  }
  return -1;
}

/* -- Statements -- */

static int end_of_statement(const struct splitter *splitter, int at);

static int behind_semicolon(const struct splitter *splitter, int at) {
  const struct tokens *tokens = splitter->tokens;
  for (; at < splitter->end; at = after(tokens, at))
    if (token_is(tokens, at, ";")) return at + 1;
  return splitter->end;
}

static int skip_directives(const struct splitter *splitter, int at) {
  while (at < splitter->end && splitter->tokens->list[at].kind == DIRECTIVE) at++;
  return at;
}

static int behind_parentheses(const struct splitter *splitter, int at) {
  while (at < splitter->end && !token_is(splitter->tokens, at, "(") && !token_is(splitter->tokens, at, "{")) at++;
  return at < splitter->end && token_is(splitter->tokens, at, "(") ? after(splitter->tokens, at) : at;
}

static int end_of_if(const struct splitter *splitter, int at) {
  int end = end_of_statement(splitter, behind_parentheses(splitter, at));
  int other = skip_directives(splitter, end);
  return token_is(splitter->tokens, other, "else") ? end_of_statement(splitter, other + 1) : end;
}

static int end_of_try(const struct splitter *splitter, int at) {
  int end = end_of_statement(splitter, at + 1);
  while (token_is(splitter->tokens, end, "catch")) end = end_of_statement(splitter, behind_parentheses(splitter, end));
  return end;
}

static int behind_colon(const struct splitter *splitter, int at) {
  while (at < splitter->end && !token_is(splitter->tokens, at, ":")) at = after(splitter->tokens, at);
  return at + 1;
}

static int end_of_statement(const struct splitter *splitter, int at) {
  static const char *const loops[] = {"for", "while", "switch", NULL};
  const struct tokens *tokens = splitter->tokens;
  at = skip_directives(splitter, at);
  if (at >= splitter->end) return splitter->end;
  if (token_is(tokens, at, "{")) return after(tokens, at);
  if (token_is(tokens, at, "if")) return end_of_if(splitter, at);
  if (token_is_one_of(tokens, at, loops)) return end_of_statement(splitter, behind_parentheses(splitter, at));
  if (token_is(tokens, at, "do")) return behind_semicolon(splitter, end_of_statement(splitter, at + 1));
  if (token_is(tokens, at, "try")) return end_of_try(splitter, at);
  if (token_is(tokens, at, "case")) return end_of_statement(splitter, behind_colon(splitter, at));
  if (is_word(tokens, at) && token_is(tokens, at + 1, ":")) return end_of_statement(splitter, at + 2);
  return behind_semicolon(splitter, at);
}

static int ends_with_semicolon_or_brace(const struct splitter *splitter, int end) {
  return token_is(splitter->tokens, end - 1, ";") || token_is(splitter->tokens, end - 1, "}");
}

static struct item statement(const struct splitter *splitter, int at) {
  struct item item = {.kind = STATEMENT, .first = at, .body = -1, .parameters = -1};
  item.end = end_of_statement(splitter, at);
  int is_plain = !token_is_one_of(splitter->tokens, at, statement_words) && !token_is(splitter->tokens, at, "{");
  if (is_plain && item.end == splitter->end && !token_is(splitter->tokens, item.end - 1, ";")) item.kind = EXPRESSION;
  else if (!ends_with_semicolon_or_brace(splitter, item.end)) item.kind = STATEMENT;
  return item;
}

/* -- Declarations -- */

/* Behind `A::B<C>::D`, or `at` itself. */
static int behind_name(const struct splitter *splitter, int at) {
  const struct tokens *tokens = splitter->tokens;
  if (!splitter->splitting->is_cplusplus) return at + 1;
  if (token_is(tokens, at, "::")) at++;
  while (is_word(tokens, at)) {
    int next = at + 1;
    if (token_is(tokens, next, "<")) {
      int behind = after_angles(tokens, next);
      if (behind > 0) next = behind;
    }
    if (!token_is(tokens, next, "::")) return next;
    at = next + 1;
  }
  return at;
}

static int is_value(const struct splitter *splitter, int at) {
  const struct splitting *splitting = splitter->splitting;
  return splitting->is_value(token_text(splitter->tokens, at), splitting->argument);
}

/* At the `*` or `&` of `name * other`: a pointer's declaration, or a product? */
static int declares_pointer(const struct splitter *splitter, int first, int at, int *is_ambiguous) {
  static const char *const operators[] = {"*", "&", "&&", "const", "volatile", "restrict", "__restrict", NULL};
  static const char *const followers[] = {";", "=", ",", "[", "(", ")", "{", NULL};
  const struct tokens *tokens = splitter->tokens;
  while (token_is_one_of(tokens, at, operators)) at++;
  if (token_is(tokens, at, "(")) at++;
  while (token_is_one_of(tokens, at, operators)) at++;
  if (token_is(tokens, at, "operator")) return 1;
  int behind = behind_name(splitter, at);
  if (!is_word(tokens, at) || behind >= splitter->end || !token_is_one_of(tokens, behind, followers)) return 0;
  *is_ambiguous = 1;
  return is_value(splitter, first) == splitter->splitting->takes_other;
}

/* At the parenthesis of `name(...)`: a function's definition without a type, or a call? */
static int defines_function(const struct splitter *splitter, int at) {
  const struct tokens *tokens = splitter->tokens;
  int behind = after(tokens, at);
  if (token_is(tokens, behind, "{")) return 1;
  if (splitter->splitting->is_cplusplus)
    return token_is(tokens, behind, ":") || token_is(tokens, behind, "noexcept") || token_is(tokens, behind, "try");
  return is_word(tokens, behind) && !token_is_one_of(tokens, behind, operator_words);
}

static int is_declaration(const struct splitter *splitter, int at, int *is_ambiguous) {
  const struct tokens *tokens = splitter->tokens;
  if (token_is(tokens, at, "[") && token_is(tokens, at + 1, "[")) return 1;
  if (token_is_one_of(tokens, at, declaration_words)) {
    int is_cast = splitter->splitting->is_cplusplus && token_is_one_of(tokens, at, type_words) &&
                  (token_is(tokens, at + 1, "(") || token_is(tokens, at + 1, "{")) && !token_is(tokens, at + 2, "*") &&
                  !token_is(tokens, at, "decltype");
    return !is_cast;
  }
  if (token_is_one_of(tokens, at, expression_words)) return 0;
  if (!is_word(tokens, at) && !(token_is(tokens, at, "::") && is_word(tokens, at + 1))) return 0;
  int behind = behind_name(splitter, at);
  if (token_is(tokens, behind, "operator")) return 1;
  if (token_is(tokens, behind, "~")) return token_is(tokens, behind - 1, "::");
  if (is_word(tokens, behind)) return !token_is_one_of(tokens, behind, operator_words);
  if (token_is(tokens, behind, "*") || token_is(tokens, behind, "&") || token_is(tokens, behind, "&&"))
    return declares_pointer(splitter, at, behind, is_ambiguous);
  return token_is(tokens, behind, "(") && defines_function(splitter, behind);
}

/* Where a declaration's end is looked for, and what was seen of it. */
struct scan {
  int at, has_value, has_bases;
  int key; /* of `struct` and its like, or -1 */
  struct item *item;
};

static void scan_word(const struct splitter *splitter, struct scan *scan) {
  static const char *const keys[] = {"struct", "class", "union", "enum", NULL};
  const struct tokens *tokens = splitter->tokens;
  int at = scan->at;
  scan->at = at + 1;
  if (is_attribute_word(tokens, at) && token_is(tokens, at + 1, "(")) {
    scan->at = after(tokens, at + 1);
  } else if (token_is_one_of(tokens, at, keys)) {
    scan->key = at;
  } else if (token_is(tokens, at, "operator")) {
    scan->at = token_is(tokens, at + 1, "(") ? at + 3 : at + 2;
    while (scan->at < splitter->end && !token_is(tokens, scan->at, "(")) scan->at++;
    scan->item->parameters = scan->at;
    if (scan->at < splitter->end) scan->at = after(tokens, scan->at);
  } else if (splitter->splitting->is_cplusplus && token_is(tokens, at + 1, "<") && !scan->has_value) {
    int behind = after_angles(tokens, at + 1);
    if (behind > 0) scan->at = behind;
  }
}

/* Parameters stand behind a name, or behind a parenthesis as in `int (*f(void))(int)`. */
static void scan_parenthesis(const struct splitter *splitter, struct scan *scan) {
  const struct tokens *tokens = splitter->tokens;
  int before = scan->at - 1;
  int follows_name = (is_word(tokens, before) && !token_is_one_of(tokens, before, declaration_words)) ||
                     token_is(tokens, before, ")") || token_is(tokens, before, ">");
  if (follows_name && !scan->has_value && !scan->has_bases && scan->item->parameters < 0) scan->item->parameters = scan->at;
  scan->at = after(tokens, scan->at);
}

static int is_function_so_far(const struct scan *scan) {
  return scan->item->parameters >= 0 && !scan->has_value;
}

static void end_with_body(const struct splitter *splitter, struct scan *scan) {
  scan->item->kind = FUNCTION;
  scan->item->body = scan->at;
  scan->item->end = after(splitter->tokens, scan->at);
  while (token_is(splitter->tokens, scan->item->end, "catch"))
    scan->item->end = after(splitter->tokens, behind_parentheses(splitter, scan->item->end));
}

/* Behind the colon of `A::A() : x(1), y{2} {`. */
static void skip_member_initialisers(const struct splitter *splitter, struct scan *scan) {
  const struct tokens *tokens = splitter->tokens;
  while (scan->at < splitter->end) {
    while (scan->at < splitter->end && !token_is(tokens, scan->at, "(") && !token_is(tokens, scan->at, "{")) {
      int behind = token_is(tokens, scan->at, "<") ? after_angles(tokens, scan->at) : -1;
      scan->at = behind > 0 ? behind : scan->at + 1;
    }
    if (scan->at < splitter->end) scan->at = after(tokens, scan->at);
    if (token_is(tokens, scan->at, "...")) scan->at++;
    if (!token_is(tokens, scan->at, ",")) return;
    scan->at++;
  }
}

/* `int f(a) int a; {`: the types of parameters stand between the parenthesis and the body. */
static int old_style_body(const struct splitter *splitter, const struct scan *scan) {
  const struct tokens *tokens = splitter->tokens;
  int is_behind_parameters = is_function_so_far(scan) && token_is(tokens, scan->at - 1, ")");
  if (splitter->splitting->is_cplusplus || !is_behind_parameters) return -1;
  if (!is_word(tokens, scan->at) || is_attribute_word(tokens, scan->at)) return -1;
  for (int at = scan->at; at < splitter->end; at = after(tokens, at))
    if (token_is(tokens, at, "{")) return at;
  return -1;
}

/* True: the item's end was found. */
static int scan_token(const struct splitter *splitter, struct scan *scan) {
  const struct tokens *tokens = splitter->tokens;
  int old_style = old_style_body(splitter, scan);
  if (old_style >= 0) scan->at = old_style;
  if (token_is(tokens, scan->at, ";")) {
    scan->item->end = scan->at;
    return 1;
  }
  if (token_is(tokens, scan->at, "{") && is_function_so_far(scan)) return end_with_body(splitter, scan), 1;
  if (token_is(tokens, scan->at, "{")) {
    if (scan->item->body < 0 && scan->key >= 0 && !scan->has_value) scan->item->body = scan->at;
    scan->has_bases = 0;
    scan->at = after(tokens, scan->at);
  } else if (token_is(tokens, scan->at, "(")) {
    scan_parenthesis(splitter, scan);
  } else if (token_is(tokens, scan->at, ":") && is_function_so_far(scan)) {
    skip_member_initialisers(splitter, scan);
  } else if (is_word(tokens, scan->at)) {
    scan_word(splitter, scan);
  } else {
    scan->has_value |= token_is(tokens, scan->at, "=");
    scan->has_bases |= token_is(tokens, scan->at, ":") && scan->key >= 0;
    scan->at = after(tokens, scan->at);
  }
  return 0;
}

static struct item declaration(const struct splitter *splitter, int first) {
  struct item item = {.kind = DECLARATION, .first = first, .body = -1, .parameters = -1};
  struct scan scan = {.at = first, .key = -1, .item = &item};
  item.end = splitter->end;
  while (token_is(splitter->tokens, scan.at, "template") && token_is(splitter->tokens, scan.at + 1, "<")) {
    int behind = after_angles(splitter->tokens, scan.at + 1);
    scan.at = behind > 0 ? behind : scan.at + 1;
  }
  int is_template = scan.at > first;
  while (scan.at < splitter->end && !scan_token(splitter, &scan)) continue;
  if (is_template) item.kind = TEMPLATE;
  return item;
}

/* The brace of `namespace a::b {` or `extern "C" {`, or -1. */
static int namespace_body(const struct splitter *splitter, int at) {
  const struct tokens *tokens = splitter->tokens;
  if (!splitter->splitting->is_cplusplus) return -1;
  if (token_is(tokens, at, "extern") && at + 1 < splitter->end && tokens->list[at + 1].kind == STRING)
    return token_is(tokens, at + 2, "{") ? at + 2 : -1;
  if (token_is(tokens, at, "inline")) at++;
  if (!token_is(tokens, at, "namespace")) return -1;
  while (at < splitter->end && !token_is(tokens, at, "{") && !token_is(tokens, at, "=") && !token_is(tokens, at, ";")) at++;
  return token_is(tokens, at, "{") ? at : -1;
}

struct item next_item(const struct splitting *splitting, int at, int end) {
  const struct splitter *splitter = &(struct splitter){splitting->tokens, splitting, end};
  int is_ambiguous = 0;
  struct item item = {.kind = DIRECTIVE_LINE, .first = at, .end = at + 1, .body = -1, .parameters = -1};
  if (splitter->tokens->list[at].kind == DIRECTIVE) return item;
  item.body = namespace_body(splitter, at);
  if (item.body >= 0) {
    item.kind = NAMESPACE;
    item.end = after(splitter->tokens, item.body);
    return item;
  }
  int is_label = is_word(splitter->tokens, at) && token_is(splitter->tokens, at + 1, ":");
  int is_statement = is_label || token_is_one_of(splitter->tokens, at, statement_words);
  if (!is_statement && is_declaration(splitter, at, &is_ambiguous)) item = declaration(splitter, at);
  else item = statement(splitter, at);
  item.is_ambiguous = is_ambiguous;
  return item;
}
