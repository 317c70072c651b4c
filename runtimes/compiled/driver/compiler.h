/* The image's own compiler. */
#ifndef COMPILER_H
#define COMPILER_H
#include "text.h"
#include "worker.h"

struct compiler {
  const char *path, *scratch;
  const char *folder; /* of our own headers */
  const char *name;     /* for people: `gcc` */
  const char *dialect;  /* as `-x` names it */
  const char *flags;    /* the variable of the environment that has the user's own */
  const char *const *options, *const *link_options;
  char *banner;         /* `gcc 12.2.0` */
  int is_clang, major;
};

/* Asks it who it is. */
void meet_compiler(struct compiler *compiler);
/* The code of a cell to a library, which the task then names; `link_words` are lines. 0, or -1; what the compiler said is added to `printed`. */
int compile(const struct compiler *compiler, int cell, const struct text *code, const char *link_words, struct task *task,
            struct text *printed);
/* Whether the code is right, without making anything of it. */
int check(const struct compiler *compiler, const struct text *code);
/* What the preprocessor makes of it. */
int preprocess(const struct compiler *compiler, const struct text *code, const char *option, struct text *printed);
/* Its words on the user's cell as the user is to see them. */
void show_diagnostics(const struct compiler *compiler, const char *printed, int cell, const char *source, struct text *shown);

/* A command line: words, each a copy, a NULL at the end. */
struct command {
  char *words[256];
  int count;
};

void add_word(struct command *command, const char *word);
/* The words of a variable of the environment, as `make` takes them. */
void add_variable_words(struct command *command, const char *name);
void add_options(const struct compiler *compiler, struct command *command);

#endif
