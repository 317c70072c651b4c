#include "precompiled.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compiler.h"
#include "programs.h"

struct header {
  char *includes, *path, *compiled;
};

static struct header ready, coming;
static pid_t maker;
static int made;

static void forget(struct header *header) {
  if (header->path) unlink(header->path);
  if (header->compiled) unlink(header->compiled);
  free(header->includes);
  free(header->path);
  free(header->compiled);
  memset(header, 0, sizeof *header);
}

static void start(const struct compiler *compiler) {
  struct command command = {0};
  add_options(compiler, &command);
  add_word(&command, "-w");
  add_word(&command, "-x");
  add_word(&command, "c++-header");
  add_word(&command, coming.path);
  add_word(&command, "-o");
  add_word(&command, coming.compiled);
  maker = start_program(command.words);
}

/* One at a time: what is asked for meanwhile is asked for again after the next cell. */
void precompile(const struct compiler *compiler, const char *includes) {
  int is_known = (ready.path && strcmp(ready.includes, includes) == 0) || (coming.path && strcmp(coming.includes, includes) == 0);
  if (!*includes || is_known || maker > 0) return;
  forget(&coming);
  coming.includes = keep(includes);
  coming.path = keep(format("%s/headers-%d.hpp", compiler->scratch, ++made));
  coming.compiled = keep(format("%s.%s", coming.path, compiler->is_clang ? "pch" : "gch"));
  if (write_file(coming.path, includes, strlen(includes)) == 0) start(compiler);
}

/* One that failed stays in `coming`, so that it is not tried again. */
void note_precompiled(pid_t pid, int status) {
  if (pid != maker) return;
  maker = 0;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return;
  forget(&ready);
  ready = coming;
  memset(&coming, 0, sizeof coming);
}

const char *precompiled_header(void) {
  return ready.path;
}
