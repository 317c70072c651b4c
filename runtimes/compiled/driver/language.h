/* What the driver asks of a language. */
#ifndef LANGUAGE_H
#define LANGUAGE_H
#include "compiler.h"
#include "supervisor.h"
#include "text.h"

struct language {
  const char *title;
  struct compiler compiler;
  /* Once, when the compiler is known. */
  void (*begin)(struct language *language);
  /* Makes a library of a cell, and shows what the compiler says. 0: there is something to run; 1: nothing; -1: an error. */
  int (*make)(struct language *language, int cell, const char *source, struct task *task);
  /* A variable of the cell has its value. */
  declared_function *declared;
  /* The cell has run, to its end or not: what it declares is there from now on; or (`undone`) it is not. */
  void (*keep)(struct language *language, int undone);
  /* All is gone. */
  void (*forget)(void);
  /* Words that may stand at the cursor, one a line, without doubles. */
  void (*complete)(struct language *language, const char *source, size_t cursor, struct text *matches);
  /* What is known of the name at the cursor. */
  void (*inspect)(const char *source, size_t cursor, struct text *found);
};

/* The one that this driver was built for. */
extern struct language language;

#endif
