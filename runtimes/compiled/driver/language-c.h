#ifndef LANGUAGE_C_H
#define LANGUAGE_C_H
#include "cell.h"

/* Makes the cell's code, without the context before it. */
void make_c(struct cell *cell);
/* What stands before the context. */
extern const char c_prologue[];

#endif
