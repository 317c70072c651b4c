/*
 * Starts a program of our tree with our own loader and libraries, in whatever image. It is in `bin/` under the name of each
 * program, and finds the tree by where it is itself:
 *
 *   bin/python, bin/krunner    the daemon's entry, app/entry.cjs, on our Node; agents start it as `python`
 *   bin/NAME                   lib/NAME
 *
 * Static, and without a libc. The path of libraries is an argument of the loader: so no child ever inherits it, and it holds
 * where real and effective user differ, and the loader believes no environment.
 */
#include "../system-call.h"
#include "launcher.h"
#include <elf.h>
#include <fcntl.h>

#if defined(__x86_64__)
#define LOADER "ld-linux-x86-64.so.2"
#else
#define LOADER "ld-linux-aarch64.so.1"
#endif

enum { LONGEST_PATH = 4096, MOST_OWN = 16 };

/* Of the tree: its folder, with a slash behind it; and by which name we were started. */
static char tree[LONGEST_PATH];
static const char *name;

static void find_tree(void) {
  long length = system_call(SYS_readlinkat, AT_FDCWD, (long)"/proc/self/exe", (long)tree, sizeof tree - 1, 0, 0);
  if (length < 0) fail("cannot find itself: is there no /proc?", "");
  int slashes = 0;
  while (length > 0 && slashes < 2) {
    if (tree[--length] != '/') continue;
    if (slashes++ == 0) {
      name = joined(tree + length + 1, "", "");
      tree[length] = '\0';
    }
  }
  tree[length + 1] = '\0';
  /* It splits its list of folders at these, and knows no escape. */
  for (const char *at = tree; *at; at++)
    if (*at == ':' || *at == ';') fail("the loader finds nothing in a folder with ':' or ';' in its name: ", tree);
}

static int count_of(char **list) {
  int count = 0;
  while (list[count]) count++;
  return count;
}

/* The arguments of the loader; the last of them is what the program gets as its name. */
static int loaders_arguments(char **own, char **argv, char **env, int is_runner) {
  int count = 0;
  own[count++] = argv[0];
  own[count++] = "--inhibit-cache";
  own[count++] = "--library-path";
  own[count++] = joined(tree, "lib", "");
  if (!is_runner) {
    own[count++] = "--preload";
    own[count++] = preloaded(env, "libkrunner-restore.so", tree);
  }
  own[count++] = "--argv0";
  own[count++] = argv[0];
  return count;
}

/* The program, and what it gets before the user's own arguments. */
static int programs_arguments(char **own, int is_runner) {
  int count = 0;
  own[count++] = joined(tree, "lib/", is_runner ? "node" : name);
  if (is_runner) {
    own[count++] = "--disable-warning=ExperimentalWarning";
    own[count++] = joined(tree, "app/entry.cjs", "");
  }
  return count;
}

/* Where a program writes a title over its arguments, as Node does, it takes them for one stretch of memory. */
static void lay_out_arguments(char **program_name, int count) {
  char **program = program_name + 1, *path = *program;
  *program = *program_name;
  lay_out(program, count);
  *program_name = *program;
  *program = path;
}

static unsigned long *copied(unsigned long *to, char **list, int count) {
  for (int i = 0; i < count; i++) *to++ = (unsigned long)list[i];
  return to;
}

/* Called with the stack as the kernel left it: the count of arguments, the arguments, the environment, the kernel's notes. */
__attribute__((noreturn, used)) void begin(long *initial) {
  char **argv = (char **)(initial + 1), **env = argv + initial[0] + 1;
  int variables = count_of(env), arguments = (int)initial[0] - 1;
  unsigned long *notes = (unsigned long *)(env + variables + 1), *note = notes;
  char *own[MOST_OWN], *nameless[] = {"krunner", NULL};
  if (arguments < 0) argv = nameless, arguments = 0;
  find_tree();
  int is_runner = is_same(name, "python") || is_same(name, "krunner");
  int loaders = loaders_arguments(own, argv, env, is_runner), owned = loaders + programs_arguments(own + loaders, is_runner);
  while (note[0] != AT_NULL) note += 2;
  int noted = (int)(note - notes) + 2, size = 1 + owned + arguments + 1 + variables + 1 + noted;
  unsigned long *stack = __builtin_alloca_with_align((size_t)(size + 1) * sizeof *stack, 128), *at = stack;
  *at++ = (unsigned long)(owned + arguments);
  at = copied(at, own, owned);
  at = copied(at, argv + 1, arguments);
  lay_out_arguments((char **)stack + loaders, owned - loaders + arguments);
  *at++ = 0;
  char **own_env = (char **)at;
  at = copied(at, env, variables);
  *at++ = 0;
  hide_variables(own_env);
  if (is_runner) end_on_request();
  unsigned long *own_notes = at;
  copied(at, (char **)notes, noted);
  begin_loader(joined(tree, "lib/", LOADER), stack, own_notes);
}

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call begin\n");
#else
__asm__(".globl _start\n_start:\n mov x29, #0\n mov x30, #0\n mov x0, sp\n bl begin\n");
#endif
