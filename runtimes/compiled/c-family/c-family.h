/* What C and C++ have in common: cells made, compiled, and kept in the context. */
#ifndef C_FAMILY_H
#define C_FAMILY_H
#include "cell.h"
#include "language.h"

/* What each of them does in its own way. */
struct family {
  int is_cplusplus;
  /* What stands before the context. */
  const char *prologue;
  /* Makes the cell's code. */
  void (*make)(struct cell *cell);
  /* A variable's type is known now, as the compiler calls it; or NULL. */
  void (*note_type)(struct entry *entry, const char *type);
};

extern const struct family family;

/* For `struct language`. */
int make_cell(struct language *language, int number, const char *source, struct task *task);
void note_declared(int number, const char *type, void *language);
void keep_cell(struct language *language, int undone);

#endif
