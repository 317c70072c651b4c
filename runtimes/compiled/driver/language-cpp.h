#ifndef LANGUAGE_CPP_H
#define LANGUAGE_CPP_H
#include "cell.h"

/* Makes the cell's code, without the context before it. */
void make_cpp(struct cell *cell);
/* The entry's text, now that its variable's type is known, as the compiler calls it. */
void complete_cpp(struct entry *entry, const char *type);
/* What stands before the context. */
extern const char cpp_prologue[];

#endif
