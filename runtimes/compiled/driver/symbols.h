/* What the cells' libraries define and use. */
#ifndef SYMBOLS_H
#define SYMBOLS_H
#include <stddef.h>

struct text;

/*
 * Takes a library that dlopen() has loaded. Its uses of what earlier cells define lead to the newest
 * definition, and so do theirs of what it defines. What nobody defines is added to `missing`, a line each;
 * unless `may_miss`, the library is then not taken.
 */
void adopt_library(void *handle, int may_miss, struct text *missing);

/* Whether that is an address in a cell's code. */
int is_cell_code(const void *address);

#endif
