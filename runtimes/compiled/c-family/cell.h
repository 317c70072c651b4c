/* A cell of C or C++ on its way from what the user wrote to what is compiled. */
#ifndef CELL_H
#define CELL_H
#include "context.h"
#include "declarations.h"
#include "text.h"

struct cell {
  int number;
  const char *name; /* as messages call it: `<cell 3>` */
  struct tokens tokens;
  struct splitting splitting;
  struct text code;
  struct text calls;     /* C: what the cell's function does */
  struct entry *entries; /* what it adds to the context */
  struct entry *moved;   /* what follows behind the next of them */
  struct text own_names; /* all that it defines, one a line, if that is known already */
  struct text changed;   /* types that are no longer what they were, one a line */
  const char *headers;   /* directives for what it forgot to include, or NULL */
  struct text forgotten; /* names that went with a changed type */
  struct text scope;     /* what opens the namespaces around the item at hand */
  struct text path;      /* their names, `a::b::` */
  int pieces, variables;
  int is_ambiguous, runs, runs_main;
  const char *hiding; /* variables of the cell under whose names a header has something else, one a line, or NULL */
  int prefers_own;     /* C++: names of the session hide those of `using namespace` */
  int all_at_run_time; /* C: no initial value is taken for a constant */
};

/* The user's own text, at its place in the user's cell; the line stays open. */
void emit_source(struct cell *cell, int first, int end);
/* Blanks as wide as what stands before the token in its line. */
void add_margin(struct text *code, const struct tokens *tokens, const struct token *token);
/* Text of ours. */
__attribute__((format(printf, 2, 3))) void emit(struct cell *cell, const char *format, ...);
/* One more entry of the context, from these tokens. */
struct entry *add_to_context(struct cell *cell, struct entry entry, int first, int end);
/* How an entry stands in code: with its place, its namespaces and its version. */
void print_entry(struct text *code, const struct entry *entry, int is_cplusplus);

enum change { IS_NEW, IS_SAME, IS_CHANGED };
/*
 * What a definition of these names (one a line) does to the context. Where it changes one of them, the old
 * entry leaves, and so does what no longer fits; what only has to be read again is so, at this place.
 */
enum change change_context(struct cell *cell, const char *names, enum entry_kind kind, const char *identity);
/* What else changed with the last change: to be called behind the new definition's text. */
void emit_moved(struct cell *cell);
/* The next item, of statements as many as follow each other; 0 at the end. */
int take_item(struct cell *cell, int *at, int end, struct item *item);
void add_directive(struct cell *cell, const struct item *item);
/* What the cell forgot to include. */
void add_headers(struct cell *cell);
/* Whether a variable of that name stands before what a header has under it. */
int is_hiding(const struct cell *cell, const char *name);
int is_line_of(const struct text *lines, const char *name);

#endif
