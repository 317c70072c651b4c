/* The tokens of a cell in C or C++. */
#ifndef TOKENS_H
#define TOKENS_H
#include <stddef.h>

enum token_kind { WORD, NUMBER, STRING, CHARACTER, PUNCTUATION, DIRECTIVE, END_OF_CELL };

struct token {
  enum token_kind kind;
  size_t start, length; /* bytes of the source */
  int line, column;     /* from 1; the column in bytes */
  int partner;          /* of a bracket, the index of the other one; else -1 */
  int hidden;           /* blanks stand in its place in what is compiled */
};

struct tokens {
  const char *source;
  struct token *list; /* the last one is END_OF_CELL */
  int count;          /* without it */
  /* Where the source is not even tokens: a comment or a bracket that has no end, say. */
  const char *error;
  int error_line, error_column;
};

struct tokens tokenize(const char *source);

int token_is(const struct tokens *tokens, int index, const char *text);
int token_is_one_of(const struct tokens *tokens, int index, const char *const *texts);
char *token_text(const struct tokens *tokens, int index);
/* Behind a bracket's partner, or behind the token itself. */
int after(const struct tokens *tokens, int index);
/* Tokens from `first` to before `end`, with one space between them and no comments. */
char *normal_text(const struct tokens *tokens, int first, int end);
/* As they stand in the source, hidden ones blank. */
char *source_text(const struct tokens *tokens, int first, int end);

#endif
