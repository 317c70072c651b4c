/* What the parts of krunner-entrypoint share; main.c says what it is. There is no libc. */
#ifndef KRUNNER_ENTRYPOINT_H
#define KRUNNER_ENTRYPOINT_H
#define _GNU_SOURCE
#include "../freestanding.h"
#include <stdarg.h>
#include <stdint.h>

#define CALL4(name, a, b, c, d) system_call(SYS_##name, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define LENGTH(array) (sizeof(array) / sizeof *(array))

#define HOME "/home/work"
#define USER "work"

/* -- text.c -- */

/* A text with its length: part of another one, mostly. */
struct text {
  const char *bytes;
  size_t length;
};

/* Zeroed memory that stays ours to the end. */
void *take(size_t length);
struct text text_of(const char *bytes);
int same(struct text a, struct text b);
int is(struct text text, const char *word);
/* A decimal number of digits only, at most `most`; -1 otherwise. */
long number_of(struct text text, long most);
/* Decimal. `room` has 24 bytes or more. */
const char *digits_of(long number, char *room);
/* What stands before `mark`, or all; `rest` begins behind the mark, and has no bytes (NULL) where there was none. */
struct text cut(struct text *rest, char mark);
/* All of them in one, with a NUL at its end. The last argument is NULL. */
char *joined(const char *first, ...);

/* -- words.c -- */

/* A line on stderr, of the texts up to NULL. */
void tell(const char *first, ...);
_Noreturn void fail(const char *first, ...);
_Noreturn void leave(int code);
/* "no such file" for -ENOENT. */
const char *reason(long result);

/* -- environment.c -- */

/* NULL-terminated; whoever is executed gets it. */
extern char **environment;

void begin_environment(char **env);
const char *variable(const char *name);
void set_variable(const char *name, const char *value);
void default_variable(const char *name, const char *value);
/* For a command whose real and effective user will differ: the kernel lowers its limit. */
void keep_stack_limit(void);

/* -- identity.c -- */

struct identity {
  unsigned user, group;
  /* Those of ADDITIONAL_GIDS, then those that the image's table gives the user. */
  unsigned *others;
  size_t other_count, wanted_count;
};

/* From LOCAL_USER_ID, LOCAL_GROUP_ID, ADDITIONAL_GIDS; ends us where they are no numbers. */
void read_identity(struct identity *identity);
void add_group(struct identity *identity, unsigned group);

/* -- file.c -- */

struct file {
  const char *path;
  /* With room behind it for what is added. */
  struct text content;
  int is_there;
  unsigned mode, owner, group;
};

/* 0, or the failure; a file that is not there is empty. */
long read_file(const char *path, struct file *file);
/* At once, or not at all, where the file's place allows it. Its mode and owner stay. */
long replace_file(const struct file *file, struct text content);
int is_program(const char *path);
/* In PATH; NULL where there is none. */
const char *find_program(const char *name);

/* -- table.c -- */

/* A table of users or groups while it is written anew: lines of fields with colons between them. */
struct table {
  struct file file;
  struct text rest;
  char *bytes;
  size_t length, room;
};

enum { MOST_FIELDS = 10 };

struct entry {
  struct text line;
  struct text fields[MOST_FIELDS];
  /* 0: a comment, an empty line, or one of a network's tables. */
  size_t count;
};

long open_table(const char *path, struct table *table);
/* The next line; 0 at the end. */
int next_entry(struct table *table, struct entry *entry);
/* From the first line again. */
void rewind_table(struct table *table);
/* Lines of a network's tables stand at the end, and hide what is behind them. */
int is_of_network(const struct entry *entry);
void put(struct table *table, struct text text);
void put_line(struct table *table, struct text line);
void put_entry(struct table *table, const struct entry *entry);
/* The fields' texts up to NULL. */
void put_fields(struct table *table, const char *first, ...);
/* Writes what was put, where that is another content. */
long close_table(struct table *table);

/* -- users.c, groups.c -- */

/* Makes, renames or renumbers the user and its groups. What cannot be written is told. */
void enter_user(struct identity *identity);
long enter_groups(struct identity *identity, struct text former_name);
/* What a person's commands run in; NULL where there is none. */
const char *find_shell(void);
/* An id that nobody has, to begin with the largest; -1: there is none left. `from` is one too large. */
long unused_user_id(const struct identity *identity, long from);

/* -- home.c -- */

void make_home(const struct identity *identity);
/* Files of /etc/skel that are not in the home yet. */
void copy_skeleton(const struct identity *identity);
/* The folder that this program is in; the tree's is beside it. */
const char *own_folder(void);
const char *own_path(void);
void find_ourselves(const char *called_as);

/* -- bootstrap.c -- */

/* The image's script, in a shell of its own whose environment, folder and limits then become ours. */
void source_bootstrap(char **command);
/* The other side: what the shell runs at the script's end. */
_Noreturn void tell_state(const char *descriptor, const char *status, char **env);

/* -- agent.c -- */

void start_ssh_agent(const struct identity *identity);

/* -- process.c -- */

/* From now on a request to stop is noticed while we wait, also as process 1, which is deaf to them otherwise. */
void hold_signals(void);
void release_signals(void);
/* Ends us where a request has come that nobody has waited for. */
void stop_if_asked(void);
/* 0 in the child, and in that of `fork_as` it is the user already; ends us where there can be none. */
long fork_process(void);
long fork_as(const struct identity *identity);
/* Its status as wait4 has it. A request to stop ends us. */
int wait_for(long pid);

/* -- credentials.c -- */

/* The user, for good. With `is_daemon`, the real id becomes one that nobody has, so that the user cannot signal what we execute. */
void become(const struct identity *identity, int is_daemon);
int is_root(void);

#endif
