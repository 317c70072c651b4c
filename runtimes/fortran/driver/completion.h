#ifndef COMPLETION_H
#define COMPLETION_H
#include <stddef.h>

struct language;
struct text;

void complete_fortran(struct language *language, const char *source, size_t cursor, struct text *matches);
void inspect_fortran(const char *source, size_t cursor, struct text *found);

#endif
