#include "conditionals.h"

#include <stdlib.h>
#include <string.h>

#include "compiler.h"
#include "context.h"
#include "tokens.h"

/* The preprocessor itself is asked: between two directives stands a mark, and we see which ones it lets through. */
static const char MARK[] = "krunner_mark_";

static int is_conditional(const struct tokens *tokens, int index) {
  static const char *const words[] = {"if", "elif", "else", "endif", NULL};
  if (tokens->list[index].kind != DIRECTIVE) return 0;
  char *text = token_text(tokens, index);
  text += 1 + strspn(text + 1, " \t");
  for (int i = 0; words[i]; i++)
    if (starts_with(text, words[i])) return 1;
  return 0;
}

/* Those within a function's body the compiler can see to, unless brackets do not pair because of them. */
static int has_outer_conditional(const struct tokens *tokens) {
  for (int i = 0; i < tokens->count; i = tokens->error ? i + 1 : after(tokens, i))
    if (is_conditional(tokens, i)) return 1;
  return 0;
}

static void add_context(struct text *code) {
  for (struct entry *entry = context; entry; entry = entry->next)
    if (entry->kind == KEPT_DIRECTIVE) text_printf(code, "%s\n", entry->text);
}

static char *marked(const struct tokens *tokens) {
  struct text code = {0};
  add_context(&code);
  text_printf(&code, "%s0\n", MARK);
  for (int i = 0; i < tokens->count; i++)
    if (tokens->list[i].kind == DIRECTIVE) text_printf(&code, "%s\n%s%d\n", token_text(tokens, i), MARK, i + 1);
  char *all = copy(text_string(&code), code.length);
  text_clear(&code);
  return all;
}

static int is_seen(const struct text *printed, int mark) {
  return find_word(text_string(printed), format("%s%d", MARK, mark)) != NULL;
}

static void blank(char *text, size_t start, size_t end) {
  for (size_t at = start; at < end; at++)
    if (text[at] != '\n') text[at] = ' ';
}

/* The mark behind a directive speaks for all up to the next one; a directive is where the mark before it is. */
static char *without_hidden(const struct tokens *tokens, const struct text *printed) {
  char *source = copy(tokens->source, strlen(tokens->source));
  int is_shown = is_seen(printed, 0);
  size_t from = 0;
  for (int i = 0; i <= tokens->count; i++) {
    const struct token *token = &tokens->list[i];
    int is_end = i == tokens->count;
    if (!is_end && token->kind != DIRECTIVE) continue;
    size_t start = is_end ? strlen(source) : token->start;
    if (!is_shown) blank(source, from, start);
    if (is_end) break;
    from = token->start + token->length;
    if (!is_shown || is_conditional(tokens, i)) blank(source, token->start, from);
    is_shown = is_seen(printed, i + 1);
  }
  return source;
}

const char *resolve_conditionals(const struct compiler *compiler, const char *source) {
  struct tokens tokens = tokenize(source);
  struct text code = {0}, printed = {0};
  if (!has_outer_conditional(&tokens)) return source;
  text_puts(&code, marked(&tokens));
  int result = preprocess(compiler, &code, "-P", &printed);
  if (result == 0) source = without_hidden(&tokens, &printed);
  text_clear(&code);
  text_clear(&printed);
  return source;
}
