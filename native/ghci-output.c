/*
 * What ghci itself prints: types, errors of the compiler, and that an exception has ended a statement. All of it comes from the
 * first thread, in which user code never runs, and letter by letter, in complete lines.
 *
 * So the lines tell how a cell ends, and can be set right where ghci knows no place in the cell.
 */
#include "ghci.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct verdict verdict;
struct text captured;

static enum output direction = UNTOUCHED;
static __thread int is_first_thread __attribute__((tls_model("initial-exec")));
/* The unfinished lines on stdout and stderr. */
static struct text lines[3];

__attribute__((constructor)) static void remember_thread(void)
{
	is_first_thread = 1;
}

static void put(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t count = syscall(SYS_write, fd, bytes, length);
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return;
		bytes += count;
		length -= (size_t)count;
	}
}

/* -- Lines of a running cell -- */

static const char exception[] = "*** Exception: ";

static void fail(const char *error)
{
	verdict.failed = 1;
	if (!verdict.error)
		verdict.error = error;
}

/* `exitWith` is an exception like all others. The cell has its code, and there is nothing to say. */
static int is_exit(const char *line)
{
	static const char success[] = "ExitSuccess\n", failure[] = "ExitFailure ";
	const char *what = line + strlen(exception);
	if (!starts_with(line, exception))
		return 0;
	if (strcmp(what, success) != 0 && !starts_with(what, failure))
		return 0;
	verdict.exits = 1;
	verdict.exit_code = starts_with(what, failure) ? atoi(what + strlen(failure)) : 0;
	return 1;
}

/* `place`: what ghci says instead of a place. Returns what follows it. */
static const char *without(const char *line, const char *place)
{
	return starts_with(line, place) ? line + strlen(place) : NULL;
}

/* An import or a command is in one line of the cell. */
static void show_error(const char *line)
{
	struct text text = {0};
	const char *rest = verdict.line ? without(line, "<interactive>:1:") : NULL;
	if (rest)
		text_printf(&text, "<cell %ld>:%d:%s", verdict.cell, verdict.line, rest);
	else if (verdict.line && (rest = without(line, "<no location info>: ")))
		text_printf(&text, "<cell %ld>:%d: %s", verdict.cell, verdict.line, rest);
	else
		text_puts(&text, line);
	put(STDERR_FILENO, text_string(&text), text.length);
	text_clear(&text);
}

/* A second interrupt breaks off what ghci says of the first. */
static int is_interrupt(const char *line)
{
	static const char what[] = "Interrupted.\n";
	const char *last = strstr(line, what);
	return last && strncmp(line, what, (size_t)(last - line)) == 0;
}

static void judge_error(const char *line)
{
	if (verdict.exits || is_exit(line))
		return;
	if (is_interrupt(line)) {
		if (verdict.interrupted)
			return;
		verdict.interrupted = 1;
		fail("UserInterrupt");
		line = "Interrupted.\n";
	} else if (starts_with(line, exception)) {
		fail("Exception");
	} else if (line[0] != ' ' && strstr(line, ": error")) {
		fail("error");
	}
	show_error(line);
}

/* To ghci it is no error that it knows no such command. */
static void judge(int fd, const struct text *line)
{
	static int is_complaint;
	static const char loss[] = "unknown command ':krunner_next'", why[] = "the session's own commands were removed\n";
	if (starts_with(line->bytes, loss)) {
		put(STDERR_FILENO, why, strlen(why));
		_exit(1);
	}
	is_complaint = starts_with(line->bytes, "unknown command '") ||
		       (is_complaint && starts_with(line->bytes, "use :? for help"));
	if (is_complaint)
		fail("error");
	if (fd == STDERR_FILENO || is_complaint)
		judge_error(line->bytes);
	else
		put(fd, line->bytes, line->length);
}

static void end_line(int fd)
{
	struct text *line = &lines[fd];
	if (line->length == 0)
		return;
	if (direction == SHOWN)
		judge(fd, line);
	else if (direction == CAPTURED && fd == STDOUT_FILENO)
		text_add(&captured, line->bytes, line->length);
	line->length = 0;
}

static void take(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		const char *newline = memchr(bytes, '\n', length);
		size_t part = newline ? (size_t)(newline - bytes) + 1 : length;
		text_add(&lines[fd], bytes, part);
		if (newline)
			end_line(fd);
		bytes += part;
		length -= part;
	}
}

void direct_output(enum output output)
{
	end_line(STDOUT_FILENO);
	end_line(STDERR_FILENO);
	direction = output;
	if (output == CAPTURED)
		text_clear(&captured);
}

EXPORTED ssize_t write(int fd, const void *bytes, size_t length)
{
	if (is_first_thread && direction != UNTOUCHED && (fd == STDOUT_FILENO || fd == STDERR_FILENO)) {
		take(fd, bytes, length);
		return (ssize_t)length;
	}
	return syscall(SYS_write, fd, bytes, length);
}
