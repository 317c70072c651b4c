#ifndef CONDITIONALS_H
#define CONDITIONALS_H

struct compiler;

/*
 * The cell without what its `#if` leave out, and without these lines, where one stands around declarations or
 * statements: a cell is taken apart before the compiler's preprocessor sees it. All lines keep their numbers.
 */
const char *resolve_conditionals(const struct compiler *compiler, const char *source);

#endif
