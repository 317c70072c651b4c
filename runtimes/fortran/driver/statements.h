/* The statements of a cell in Fortran (free form). */
#ifndef STATEMENTS_H
#define STATEMENTS_H
#include <stddef.h>

enum statement_kind {
  EXECUTABLE,
  SHOWN,         /* the last one, an expression: its value is shown */
  SPECIFICATION, /* a declaration; all of a derived type or an interface */
  USE,
  IMPLICIT,
  PROCEDURE,     /* all of a function or subroutine */
  WHOLE_UNIT,    /* all of a module or program */
  NOTHING,       /* `contains`, a lone `end` */
};

struct statement {
  enum statement_kind kind;
  size_t start, end; /* bytes of the source */
  int line, column;
  char *text; /* lower case but for what is in quotes, without comments, one blank for many */
};

struct statements {
  struct statement *list;
  int count;
  const char *error; /* a unit or a text that has no end, at that line */
  int error_line;
};

struct statements read_statements(const char *source);

/* The word that begins there, as a copy. */
char *word_at(const char *text);
/* Behind the bracket that closes the one at `open`. */
const char *behind_bracket(const char *open);
/* The assignment's `=` or `=>` outside of brackets, or NULL. */
const char *find_assignment(const char *text);

#endif
