/* What the parts of krunner-shell share; shell-driver.c says what it is. There is no libc. */
#ifndef KRUNNER_SHELL_H
#define KRUNNER_SHELL_H
#include "freestanding.h"

/* -- shell-text.c -- */

/* A text of one's own making: what does not fit is left out. */
struct line {
  char bytes[8192];
  size_t length;
};

void add_bytes(struct line *line, const char *bytes, size_t length);
void add_text(struct line *line, const char *text);
void add_number(struct line *line, long number);
/* The number that stands at `*text`, which then points behind it; -1 where none stands there. */
long take_number(const char **text);

/* -- shell-frames.c -- */

/* What the daemon asks. `source` is mapped memory: give it back with `forget`. */
struct request {
  char type[16];
  long id, cursor;
  char *source;
  size_t length;
};

/* 0 at the end of input, or where it is garbage. */
int read_request(struct request *request);
void forget(struct request *request);
/* `fields` without the length, `done 7 0` say. */
void send_report(const char *fields, const char *payload, size_t length);
/* The same with a file as payload, without its last newline; none where it can't be read. */
void send_file(const char *fields, const char *path);
/* All of it, whatever it takes; 0 where it can't be. */
int write_all(int fd, const char *bytes, size_t length);
int write_file(const char *path, const char *bytes, size_t length);

/* -- shell-process.c -- */

struct shell {
  /* Our ends: what it is to run, and what it tells. */
  int commands, notes;
  /* Not for us: the shell opens it by its name in /proc. */
  int notes_writer;
  long pid, group;
};

/* Starts `argv` with the environment `env`, in a process group of its own that ends with us. */
void start_shell(struct shell *shell, char **argv, char **env);
/* What of its group is left may go on without us. */
void release_group(void);
/* Whether the shell has ended; `*status` as wait4 has it. */
int shell_has_ended(const struct shell *shell, int *status);
/* Ends us as the shell has ended. */
_Noreturn void end_as(int status);
/* A descriptor that tells of the signals SIGINT, SIGTERM, SIGHUP and SIGCHLD, which are held back from now on. */
int open_signals(void);

#endif
