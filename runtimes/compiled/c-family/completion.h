#ifndef COMPLETION_H
#define COMPLETION_H
#include <stddef.h>

struct language;
struct text;

/* Names that may stand at the cursor, one a line: the session's, the headers', keywords, members of a known type. */
void complete_c_family(struct language *language, const char *source, size_t cursor, struct text *matches);
/* The declarations of the name at the cursor. */
void inspect_c_family(const char *source, size_t cursor, struct text *found);

#endif
