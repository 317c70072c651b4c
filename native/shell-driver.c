/*
 * krunner-shell: the query driver of the Linux console. The context is one shell, of whatever kind, that lives as long as the
 * session. It believes that it is at a terminal (-i), so that an interrupt or an error brings it back to its prompt with all
 * it knows. Its prompt reads from a pipe of ours: for each cell a line comes there that sources the cell's file, and a second
 * one, that tells us how it ended.
 *
 *   . 'SCRATCH/cell-7' </proc/US/fd/0 >/proc/US/fd/1 2>/proc/US/fd/2; __krunner_ended="$? 0"
 *   for __krunner_status in "${__krunner_ended:-$? 1}"; do while ((7 $__krunner_status)); do break; done; done 2>/proc/US/fd/9
 *
 * The second is an error on purpose: its message is all that a shell can say without a command, and a user may have a function
 * or an alias of any name. It is one of arithmetic in bash, which would not go on after others under `set -e`, one of an unset
 * variable elsewhere; and zsh, which has neither message, echoes.
 *
 * So the shell has no descriptor of ours, and while a cell runs the pipe of its prompt is where shells put what they keep for
 * themselves: closed on exec. The second line is written once the first is taken, so it is in the pipe and not in a buffer
 * that an error would clear. The shell is in a group of its own: SIGINT comes to us, and goes on to it while a cell runs.
 *
 * Static, and without a libc: it runs in every image, and starts in no time.
 *
 *   krunner-shell SCRATCH START SHELL [ARGUMENT]...
 *
 * START is what it runs first, and is to tell `ready VERSION` through the file that the variable __krunner_notes names.
 */
#include "shell.h"
#include "system-call.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

enum { REQUESTS = 3, FAILED = 1, INTERRUPTED = 128 + SIGINT, PATIENCE = 10, MOST_REMINDERS = 100 };

/*
 * Which line of a task is in the pipe. It must be empty for the next task: where a shell takes two lines at once, an error in
 * one takes the other with it.
 */
enum phase { IDLE, EMPTYING, FIRST_OFFERED, SECOND_OFFERED, SECOND_TAKEN };

static struct shell shell;
static const char *scratch;
static int signals;
static int is_bash, is_zsh, is_leaving;
static long last_status;

static struct {
  enum phase phase;
  /* The report that it ends with, `done 7` or `matches 8`; and what stands before its status in what the shell tells. */
  struct line name, mark;
  struct line second;
  /* The cell's file. */
  struct line path;
  /* An interrupt came before the shell had begun. */
  int is_awaited;
  int is_interrupted;
  int reminders;
} task = {.phase = FIRST_OFFERED};

/* -- Paths and lines -- */

static struct line path_of(const char *name, long number) {
  struct line path = {.length = 0};
  add_text(&path, scratch);
  add_text(&path, "/");
  add_text(&path, name);
  if (number > 0) add_number(&path, number);
  return path;
}

static void remove_file(const char *path) {
  CALL(unlinkat, AT_FDCWD, path, 0);
}

/* As one word of any shell. */
static void add_quoted(struct line *line, const char *text) {
  add_text(line, "'");
  for (; *text; text++) {
    if (*text == '\'') add_text(line, "'\\'");
    add_bytes(line, text, 1);
  }
  add_text(line, "'");
}

static void add_descriptor(struct line *line, int fd) {
  add_text(line, "/proc/");
  add_number(line, CALL(getpid, 0, 0, 0));
  add_text(line, "/fd/");
  add_number(line, fd);
}

static void add_sourced(struct line *line, struct line path) {
  add_text(line, "\\. ");
  add_quoted(line, path.bytes);
}

/* -- The shell -- */

static int is_running(void) {
  return task.phase >= FIRST_OFFERED;
}

static void tell_shell(const struct line *line) {
  write_all(shell.commands, line->bytes, line->length);
}

static void interrupt_shell(void) {
  task.is_interrupted = 1;
  CALL(kill, -shell.group, SIGINT, 0);
}

/* Tells the status, 1 where the cell was broken off, and what `exit` was asked for where the shell stayed. */
static void compose_second(long id) {
  struct line *second = &task.second;
  const char *head = "do case \"${__krunner_unset?task ", *tail = "}\" in esac; done 2>", *mark = "task ";
  if (is_bash) {
    head = "do while ((";
    tail = ")); do break; done; done 2>";
    mark = "((: ";
  } else if (is_zsh) {
    head = "do \\builtin echo \"task ";
    tail = "\"; done >";
  }
  add_text(&task.mark, mark);
  add_number(&task.mark, id);
  add_text(second, "for __krunner_status in \"${__krunner_ended:-$? 1}\"; ");
  add_text(second, head);
  add_number(second, id);
  add_text(second, " $__krunner_status ${__krunner_exit-}");
  add_text(second, tail);
  add_descriptor(second, shell.notes_writer);
  add_text(second, "\n");
}

static void begin_task(const char *name, long id, struct line path) {
  int is_awaited = task.is_awaited;
  memset(&task, 0, sizeof task);
  task.is_awaited = is_awaited;
  task.path = path;
  add_text(&task.name, name);
  add_number(&task.name, id);
  compose_second(id);
}

static void offer_first(const struct line *first) {
  task.phase = FIRST_OFFERED;
  tell_shell(first);
}

/* All that was in the pipe is taken. */
static void shell_took_line(void) {
  if (task.phase == EMPTYING) {
    task.phase = IDLE;
    return;
  }
  if (task.phase == FIRST_OFFERED) {
    task.phase = SECOND_OFFERED;
    tell_shell(&task.second);
    if (task.is_awaited) interrupt_shell();
    task.is_awaited = 0;
    return;
  }
  task.phase = SECOND_TAKEN;
  /*
   * The interrupt may have met the second line. zsh may even take what follows for the rest of something, until it is
   * interrupted again. One that can tell nothing any more is no use.
   */
  if (!task.is_interrupted) return;
  task.reminders++;
  if (task.reminders % PATIENCE == 0) CALL(kill, shell.pid, SIGINT, 0);
  if (task.reminders == MOST_REMINDERS) CALL(kill, shell.pid, SIGKILL, 0);
  task.phase = SECOND_OFFERED;
  tell_shell(&task.second);
}

/* -- Requests -- */

/* A file of Windows: no shell takes its line ends. */
static size_t without_carriage_returns(char *source, size_t length) {
  size_t kept = 0;
  for (size_t at = 0; at < length; at++)
    if (source[at] == '\n' && (at == 0 || source[at - 1] != '\r')) return length;
  for (size_t at = 0; at < length; at++)
    if (source[at] != '\r' || at + 1 == length || source[at + 1] != '\n') source[kept++] = source[at];
  return kept;
}

/*
 * A file that ends within `$(` spoils the memory of bash 5.2 when it is sourced from a prompt, and the same text as a string
 * does not. That way `return` is an error, so it is for these alone.
 */
static int has_open_parenthesis(const char *source, size_t length) {
  long open = 0;
  for (size_t at = 0; at < length; at++) open += (source[at] == '(') - (source[at] == ')');
  return open > 0 && is_bash;
}

static void add_evaluated(struct line *line, struct line path) {
  add_text(line, "\\eval \"$(<");
  add_quoted(line, path.bytes);
  add_text(line, ")\"");
}

/* Gives `$?` back what the last cell left, where that is not 0 as after any assignment. Under `set -e` that would be the end. */
static void add_status(struct line *line) {
  struct line path = path_of("status", 0), status = {.length = 0};
  add_text(&status, "case $- in *e*) ;; *) return ");
  add_number(&status, last_status);
  add_text(&status, ";; esac\n");
  write_file(path.bytes, status.bytes, status.length);
  add_sourced(line, path);
  add_text(line, "; ");
}

/* Each cell begins with the session's own three streams, and with the last one's status in `$?`. */
static void run_cell(struct request *request) {
  struct line first = {.length = 0};
  size_t length = without_carriage_returns(request->source, request->length);
  begin_task("done ", request->id, path_of("cell-", request->id));
  if (!write_file(task.path.bytes, request->source, length)) {
    static const char words[] = "krunner: the cell can't be written to the session's temporary folder; is the disk full?\n";
    write_all(2, words, sizeof words - 1);
  }
  add_text(&first, "__krunner_ended= __krunner_exit=; ");
  if (last_status) add_status(&first);
  if (has_open_parenthesis(request->source, length)) add_evaluated(&first, task.path);
  else add_sourced(&first, task.path);
  for (int fd = 0; fd < 3; fd++) {
    add_text(&first, fd == 0 ? " <" : fd == 1 ? " >" : " 2>");
    add_descriptor(&first, fd);
  }
  add_text(&first, "; __krunner_ended=\"$? 0\"\n");
  offer_first(&first);
}

static void complete(struct request *request) {
  struct line path = path_of("complete", 0), first = {.length = 0};
  size_t cursor = (size_t)request->cursor < request->length ? (size_t)request->cursor : request->length;
  begin_task("matches ", request->id, path_of("matches", 0));
  write_file(path.bytes, request->source, cursor);
  write_file(task.path.bytes, "", 0);
  add_text(&first, "__krunner_complete ");
  add_quoted(&first, path.bytes);
  add_text(&first, " </dev/null >>");
  add_quoted(&first, task.path.bytes);
  add_text(&first, "\n");
  offer_first(&first);
}

/* An interrupt that came on the heels of it was meant for nothing later. */
static void answer_at_once(const char *name, long id) {
  struct line fields = {.length = 0};
  task.is_awaited = 0;
  add_text(&fields, name);
  add_number(&fields, id);
  send_report(fields.bytes, "", 0);
}

/* False: there will be no more. */
static int serve(void) {
  struct request request;
  if (!read_request(&request)) return 0;
  if (starts_with(request.type, "run")) run_cell(&request);
  else if (starts_with(request.type, "complete") && request.cursor > 0) complete(&request);
  else if (starts_with(request.type, "complete")) answer_at_once("matches ", request.id);
  else if (starts_with(request.type, "inspect")) answer_at_once("doc ", request.id);
  forget(&request);
  return 1;
}

/* -- What the shell tells -- */

static void end_cell(long status, int was_broken_off, long asked) {
  struct line fields = task.name;
  long code = asked < 0 ? status : asked;
  last_status = code;
  if (task.is_interrupted && was_broken_off && asked < 0) {
    static const char words[] = "interrupted\n";
    write_all(2, words, sizeof words - 1);
    last_status = INTERRUPTED;
    code = FAILED;
  }
  remove_file(task.path.bytes);
  add_text(&fields, " ");
  add_number(&fields, code & 255);
  send_report(fields.bytes, "", 0);
}

static void end_task(const char *result) {
  long status = take_number(&result), was_broken_off = take_number(&result), asked = take_number(&result);
  if (starts_with(task.name.bytes, "done ")) end_cell(status, was_broken_off == 1, asked);
  else send_file(task.name.bytes, task.path.bytes);
  task.phase = task.phase == SECOND_OFFERED ? EMPTYING : IDLE;
}

/* `display MIME PATH` */
static void show(const char *rest) {
  struct line fields = {.length = 0};
  size_t mime = 0;
  while (rest[mime] && rest[mime] != ' ') mime++;
  add_text(&fields, "display ");
  add_bytes(&fields, rest, mime);
  if (!rest[mime]) return;
  send_file(fields.bytes, rest + mime + 1);
  remove_file(rest + mime + 1);
}

/* What our second line has told stands behind what its shell says of errors. */
static const char *told_by(const char *note) {
  for (; *note; note++)
    if (starts_with(note, task.mark.bytes) && note[task.mark.length] == ' ') return note + task.mark.length;
  return NULL;
}

static void hear(const char *note) {
  const char *result;
  if (starts_with(note, "display ")) show(note + 8);
  else if (starts_with(note, "ready ")) {
    is_bash = starts_with(note, "ready bash");
    is_zsh = starts_with(note, "ready zsh");
    send_report("ready", note + 6, length_of(note + 6));
    task.phase = IDLE;
  } else if (is_running() && (result = told_by(note)))
    end_task(result);
}

static void read_notes(void) {
  static struct line heard;
  char byte;
  while (CALL(read, shell.notes, &byte, 1) == 1) {
    if (byte != '\n') add_bytes(&heard, &byte, 1);
    else {
      hear(heard.bytes);
      heard.length = 0;
      heard.bytes[0] = '\0';
    }
  }
}

/* -- Signals -- */

static int has_request(void) {
  struct pollfd requests = {.fd = REQUESTS, .events = POLLIN};
  struct timespec at_once = {0, 0};
  return system_call(SYS_ppoll, (long)&requests, 1, (long)&at_once, 0, 0, 0) > 0;
}

static void interrupt(void) {
  if (!is_running() || task.name.length == 0) task.is_awaited = has_request();
  else if (task.phase == FIRST_OFFERED) task.is_awaited = 1;
  else {
    interrupt_shell();
    if (task.phase == SECOND_TAKEN) shell_took_line();
  }
}

/* The shell's prompt ends, and so does the shell, after what it has to do then. */
static void leave(void) {
  if (is_leaving) return;
  is_leaving = 1;
  CALL(close, shell.commands, 0, 0);
  if (is_running()) CALL(kill, -shell.group, SIGHUP, 0);
}

/* `exit`, `exec` or `set -e`: the cell ends with the code, and what the shell has left in the background goes on. */
static void shell_ended(int status) {
  read_notes();
  if (WIFEXITED(status) && !is_leaving) {
    release_group();
    if (is_running() && starts_with(task.name.bytes, "done ")) {
      struct line fields = task.name;
      add_text(&fields, " ");
      add_number(&fields, WEXITSTATUS(status));
      send_report(fields.bytes, "", 0);
    }
  }
  end_as(status);
}

static void read_signals(void) {
  struct signalfd_siginfo signal;
  int status;
  while (CALL(read, signals, &signal, sizeof signal) == sizeof signal) {
    if (signal.ssi_signo == SIGINT) interrupt();
    else if (signal.ssi_signo != SIGCHLD) leave();
    else if (shell_has_ended(&shell, &status)) shell_ended(status);
  }
}

/* -- */

static void start(const char *first, char **argv, char **env) {
  struct line line = {.length = 0};
  signals = open_signals();
  /* A jail may refuse it. Without, nobody would ever hear of the shell's end. */
  if (signals < 0) {
    static const char why[] = "krunner: the driver of the shell needs signalfd4, and is refused it\n";
    CALL(write, 2, why, sizeof why - 1);
    system_call(SYS_exit_group, 1, 0, 0, 0, 0, 0);
  }
  start_shell(&shell, argv, env);
  add_text(&line, "__krunner_notes=");
  add_descriptor(&line, shell.notes_writer);
  add_text(&line, "; ");
  add_text(&line, first);
  add_text(&line, "\n");
  tell_shell(&line);
}

static void wait_and_serve(void) {
  int is_idle = task.phase == IDLE, is_offered = !is_idle && task.phase != SECOND_TAKEN;
  /* Its start has no second line. */
  int is_starting = task.name.length == 0;
  struct pollfd waiting[] = {
      {.fd = shell.notes, .events = POLLIN},
      {.fd = signals, .events = POLLIN},
      {.fd = is_offered && !is_starting && !is_leaving ? shell.commands : -1, .events = POLLOUT},
      {.fd = is_leaving ? -1 : REQUESTS, .events = is_idle ? POLLIN : 0},
  };
  if (system_call(SYS_ppoll, (long)waiting, 4, 0, 0, 0, 0) < 0) return;
  if (waiting[0].revents) read_notes();
  if (waiting[1].revents) read_signals();
  if ((waiting[2].revents & POLLOUT) && task.phase != IDLE && !is_leaving) shell_took_line();
  if (waiting[3].revents && !is_leaving && (!is_idle || !serve())) leave();
}

_Noreturn void begin(long *stack) {
  char **argv = (char **)(stack + 1), **env = argv + *stack + 1;
  scratch = argv[1];
  for (int fd = REQUESTS; fd <= REQUESTS + 1; fd++) CALL(fcntl, fd, F_SETFD, FD_CLOEXEC);
  start(argv[2], argv + 3, env);
  for (;;) wait_and_serve();
}

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call begin\n");
#else
__asm__(".globl _start\n_start:\n mov x29, #0\n mov x30, #0\n mov x0, sp\n bl begin\n");
#endif
