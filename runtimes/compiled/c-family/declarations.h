/* What a declaration or a function's definition says. */
#ifndef DECLARATIONS_H
#define DECLARATIONS_H
#include "items.h"

struct declarator {
  int first, end;             /* tokens, without the initial value */
  int name;                   /* the first token of its name; `A::b` and `operator+` have more */
  int name_end;
  char form;                  /* of the initial value: '=', '(', '{', or 0 for none */
  int value_first, value_end; /* behind the `=`, or with the brackets */
  int is_function;
  int is_pointer;    /* somewhere in it: what is constant is then not the variable */
  int is_open_array; /* `a[]` */
};

struct declaration {
  int first, specifiers_end;
  int is_typedef, is_extern, is_static, is_inline, is_constexpr, is_const, is_thread_local, is_friend;
  int is_auto;    /* the type is that of the value: the index of the word, or -1 */
  int key, tag;   /* tokens of `struct` and its name; -1 for none */
  int body;       /* of the type that it defines, or -1 */
  int old_style;  /* `int f(a) int a; {` */
  struct declarator *declarators;
  int count;
};

struct declaration parse_declaration(const struct splitting *splitting, const struct item *item);

/* A function's type, for comparison: without the names of its parameters and their defaults. */
char *function_identity(const struct splitting *splitting, const struct declaration *declaration,
                        const struct declarator *declarator);

#endif
