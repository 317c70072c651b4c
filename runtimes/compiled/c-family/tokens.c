#include "tokens.h"

#include <ctype.h>
#include <string.h>

#include "text.h"

struct reader {
  const char *source;
  size_t at;
  int line;
  size_t line_start;
  struct tokens *tokens;
  int capacity;
};

/* -- Moving on -- */

static char peek(const struct reader *reader, size_t offset) {
  /* The source ends with a NUL, and nothing looks beyond the first one. */
  for (size_t i = 0; i < offset; i++)
    if (!reader->source[reader->at + i]) return '\0';
  return reader->source[reader->at + offset];
}

static void advance(struct reader *reader, size_t count) {
  for (; count > 0 && reader->source[reader->at]; count--) {
    if (reader->source[reader->at++] != '\n') continue;
    reader->line++;
    reader->line_start = reader->at;
  }
}

static void fail(struct reader *reader, const char *error, int line, int column) {
  if (reader->tokens->error) return;
  reader->tokens->error = error;
  reader->tokens->error_line = line;
  reader->tokens->error_column = column;
}

static int column_of(const struct reader *reader) {
  return (int)(reader->at - reader->line_start) + 1;
}

static void skip_block_comment(struct reader *reader) {
  int line = reader->line, column = column_of(reader);
  const char *end = strstr(reader->source + reader->at + 2, "*/");
  if (!end) fail(reader, "unterminated comment", line, column);
  advance(reader, end ? (size_t)(end + 2 - (reader->source + reader->at)) : strlen(reader->source + reader->at));
}

/* To the end of the line, or of the last one that a backslash joins to it. */
static void skip_line(struct reader *reader) {
  while (peek(reader, 0) && peek(reader, 0) != '\n') advance(reader, peek(reader, 0) == '\\' ? 2 : 1);
}

static int skip_space(struct reader *reader) {
  int is_line_start = reader->at == reader->line_start;
  for (;;) {
    char byte = peek(reader, 0);
    if (byte == '\n') is_line_start = 1;
    if (byte && strchr(" \t\r\n\f\v", byte)) advance(reader, 1);
    else if (byte == '\\' && peek(reader, 1) == '\n') advance(reader, 2);
    else if (byte == '/' && peek(reader, 1) == '/') skip_line(reader);
    else if (byte == '/' && peek(reader, 1) == '*') skip_block_comment(reader);
    else return is_line_start;
  }
}

/* -- Kinds of tokens -- */

static void skip_directive(struct reader *reader) {
  while (peek(reader, 0) && peek(reader, 0) != '\n') {
    if (peek(reader, 0) == '/' && peek(reader, 1) == '*') skip_block_comment(reader);
    else if (peek(reader, 0) == '/' && peek(reader, 1) == '/') skip_line(reader);
    else advance(reader, peek(reader, 0) == '\\' ? 2 : 1);
  }
}

/* A quote without its partner ends with the line, and is for the compiler to complain of. */
static void skip_quoted(struct reader *reader) {
  char quote = peek(reader, 0);
  advance(reader, 1);
  while (peek(reader, 0) && peek(reader, 0) != quote && peek(reader, 0) != '\n')
    advance(reader, peek(reader, 0) == '\\' && peek(reader, 1) ? 2 : 1);
  if (peek(reader, 0) == quote) advance(reader, 1);
}

/* At the quote of R"mark(...)mark". */
static void skip_raw_string(struct reader *reader) {
  const char *mark = reader->source + reader->at + 1;
  size_t length = strcspn(mark, "(\n");
  char *closing = format(")%.*s\"", (int)length, mark);
  const char *end = strstr(mark + length, closing);
  if (!end) fail(reader, "unterminated raw string", reader->line, column_of(reader));
  const char *from = reader->source + reader->at;
  advance(reader, end ? (size_t)(end - from) + strlen(closing) : strlen(from));
}

static void skip_number(struct reader *reader) {
  for (;;) {
    char byte = peek(reader, 0), next = peek(reader, 1);
    if (byte && strchr("eEpP", byte) && (next == '+' || next == '-')) advance(reader, 2);
    else if (byte == '\'' && isalnum((unsigned char)next)) advance(reader, 2);
    else if (byte == '.' || is_word_byte((unsigned char)byte)) advance(reader, 1);
    else return;
  }
}

static int is_string_prefix(const char *word, size_t length) {
  static const char *const prefixes[] = {"L", "u", "U", "u8", "R", "LR", "uR", "UR", "u8R"};
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
    if (strlen(prefixes[i]) == length && memcmp(prefixes[i], word, length) == 0) return 1;
  return 0;
}

static enum token_kind skip_word(struct reader *reader) {
  size_t start = reader->at;
  while (is_word_byte((unsigned char)peek(reader, 0))) advance(reader, 1);
  char quote = peek(reader, 0);
  if ((quote != '"' && quote != '\'') || !is_string_prefix(reader->source + start, reader->at - start)) return WORD;
  if (quote == '"' && reader->source[reader->at - 1] == 'R') skip_raw_string(reader);
  else skip_quoted(reader);
  return quote == '"' ? STRING : CHARACTER;
}

static void skip_punctuation(struct reader *reader) {
  static const char *const longer[] = {"...", "<<=", "::", "->", "&&", "||", "==", "!=", "<=", ">=", "<<", "++",
                                       "--",  "+=",  "-=", "*=", "/=", "%=", "&=", "|=", "^=", "##", NULL};
  for (int i = 0; longer[i]; i++) {
    size_t length = strlen(longer[i]);
    if (strncmp(reader->source + reader->at, longer[i], length) != 0) continue;
    advance(reader, length);
    return;
  }
  advance(reader, 1);
}

static enum token_kind skip_token(struct reader *reader, int is_line_start) {
  unsigned char byte = (unsigned char)peek(reader, 0);
  if (byte == '#' && is_line_start) return skip_directive(reader), DIRECTIVE;
  if (isdigit(byte) || (byte == '.' && isdigit((unsigned char)peek(reader, 1)))) return skip_number(reader), NUMBER;
  if (is_word_byte(byte)) return skip_word(reader);
  if (byte == '"') return skip_quoted(reader), STRING;
  if (byte == '\'') return skip_quoted(reader), CHARACTER;
  return skip_punctuation(reader), PUNCTUATION;
}

static void add_token(struct reader *reader, struct token token) {
  struct tokens *tokens = reader->tokens;
  if (tokens->count + 2 > reader->capacity) {
    reader->capacity = reader->capacity * 2 + 64;
    struct token *list = allocate((size_t)reader->capacity * sizeof *list);
    if (tokens->count > 0) memcpy(list, tokens->list, (size_t)tokens->count * sizeof *list);
    tokens->list = list;
  }
  tokens->list[tokens->count++] = token;
  tokens->list[tokens->count] = (struct token){.kind = END_OF_CELL, .start = reader->at, .partner = -1};
}

/* -- Brackets -- */

static char closing_of(char open) {
  return open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : '\0';
}

static void fail_at(struct reader *reader, const struct token *token, const char *error) {
  fail(reader, error, token->line, token->column);
}

static void pair_brackets(struct reader *reader) {
  struct tokens *tokens = reader->tokens;
  int *open = allocate((size_t)(tokens->count + 1) * sizeof *open), depth = 0;
  for (int i = 0; i < tokens->count; i++) {
    struct token *token = &tokens->list[i];
    char byte = reader->source[token->start];
    if (token->kind != PUNCTUATION || token->length != 1) continue;
    if (closing_of(byte)) {
      open[depth++] = i;
    } else if (byte == ')' || byte == ']' || byte == '}') {
      if (depth == 0) return fail_at(reader, token, format("'%c' closes nothing", byte));
      struct token *partner = &tokens->list[open[--depth]];
      char opened = reader->source[partner->start];
      if (closing_of(opened) != byte)
        return fail_at(reader, token, format("expected '%c' before '%c'", closing_of(opened), byte));
      token->partner = open[depth];
      partner->partner = i;
    }
  }
  if (depth == 0) return;
  struct token *token = &tokens->list[open[depth - 1]];
  fail_at(reader, token, format("'%c' is never closed", reader->source[token->start]));
}

struct tokens tokenize(const char *source) {
  struct tokens tokens = {.source = source};
  struct reader reader = {.source = source, .line = 1, .tokens = &tokens};
  tokens.list = allocate(sizeof *tokens.list);
  tokens.list[0] = (struct token){.kind = END_OF_CELL, .partner = -1};
  for (;;) {
    int is_line_start = skip_space(&reader);
    if (!peek(&reader, 0)) break;
    struct token token = {.start = reader.at, .line = reader.line, .column = column_of(&reader), .partner = -1};
    token.kind = skip_token(&reader, is_line_start);
    token.length = reader.at - token.start;
    add_token(&reader, token);
  }
  pair_brackets(&reader);
  return tokens;
}

/* -- Looking at them -- */

int token_is(const struct tokens *tokens, int index, const char *text) {
  if (index < 0 || index >= tokens->count) return 0;
  const struct token *token = &tokens->list[index];
  return strlen(text) == token->length && memcmp(tokens->source + token->start, text, token->length) == 0;
}

int token_is_one_of(const struct tokens *tokens, int index, const char *const *texts) {
  for (; *texts; texts++)
    if (token_is(tokens, index, *texts)) return 1;
  return 0;
}

char *token_text(const struct tokens *tokens, int index) {
  return copy(tokens->source + tokens->list[index].start, tokens->list[index].length);
}

int after(const struct tokens *tokens, int index) {
  int partner = tokens->list[index].partner;
  return (partner > index ? partner : index) + 1;
}

char *normal_text(const struct tokens *tokens, int first, int end) {
  struct text text = {0};
  for (int i = first; i < end; i++) {
    const struct token *token = &tokens->list[i];
    if (token->hidden) continue;
    int is_directive = token->kind == DIRECTIVE;
    if (text.length > 0) text_puts(&text, is_directive ? "\n" : " ");
    text_add(&text, tokens->source + token->start, token->length);
    if (is_directive) text_puts(&text, "\n");
  }
  char *string = copy(text_string(&text), text.length);
  text_clear(&text);
  return string;
}

static void blank(char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (bytes[i] != '\n') bytes[i] = ' ';
}

char *source_text(const struct tokens *tokens, int first, int end) {
  if (first >= end) return copy("", 0);
  const struct token *last = &tokens->list[end - 1];
  size_t start = tokens->list[first].start;
  char *string = copy(tokens->source + start, last->start + last->length - start);
  for (int i = first; i < end; i++)
    if (tokens->list[i].hidden) blank(string + tokens->list[i].start - start, tokens->list[i].length);
  return string;
}
