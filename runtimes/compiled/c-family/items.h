/* A cell of C or C++ is a row of items: declarations, statements and directives, in any order. */
#ifndef ITEMS_H
#define ITEMS_H
#include "tokens.h"

enum item_kind {
  DIRECTIVE_LINE,
  STATEMENT,   /* one or more */
  EXPRESSION,  /* the last one, without a semicolon: its value is shown */
  DECLARATION, /* ends with a semicolon, or with the cell */
  FUNCTION,    /* with its body */
  TEMPLATE,    /* of whatever; C++ */
  NAMESPACE,   /* C++; also extern "C" { } */
};

struct item {
  enum item_kind kind;
  int first, end; /* tokens, without the semicolon of a declaration */
  int body;       /* the brace that opens a function's, type's or namespace's body, or -1 */
  int parameters; /* the parenthesis that opens a function's, or -1 */
  int is_ambiguous;
};

struct splitting {
  const struct tokens *tokens;
  int is_cplusplus;
  /* Whether that name is a variable or function, as far as is known. */
  int (*is_value)(const char *name, const void *argument);
  const void *argument;
  /* Take what may be a declaration or an expression for the less likely of both. */
  int takes_other;
};

/* The one at `at`, which ends before `end`. */
struct item next_item(const struct splitting *splitting, int at, int end);

/* Behind the `>` that closes the `<` at that index, or -1. */
int after_angles(const struct tokens *tokens, int open);
/* Words that parentheses may follow without being parameters: __attribute__, alignas. */
int is_attribute_word(const struct tokens *tokens, int index);

#endif
