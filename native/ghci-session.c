/*
 * libkrunner-ghci.so makes a query driver of the image's own ghci. It is preloaded into it, beside libkrunner-driver.so.
 *
 * One ghci keeps the user's context, as it does for who types into it. Its stdin is the user's: what it runs comes from a
 * script that has no end, a pipe which we fill with `:krunner_next`. That is a macro: it calls `krunner_ghci_next`, and ghci
 * runs the commands that this returns. For a cell they are `:script FILE`, and the file is the cell in blocks as they would be typed
 * (ghci-cell.c); ghci leaves it at the first one that fails. So a file whose last mark was reached has run well. For
 * completion they are ghci's own commands, whose output we keep (ghci-look.c).
 *
 * An interrupt may take any command of the loop with it. The pipe then has the next one, and what was told to nobody is told again.
 *
 * How a cell ended is seen by what ghci prints (ghci-output.c). libkrunner-driver.so lets interrupts in only while a cell
 * runs; ghci-interrupt.c makes them heard.
 */
#include "ghci.h"
#include <fcntl.h>
#include <dlfcn.h>
#include <langinfo.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* The names are compiled into the macros, and then forgotten by `:load`: the user can neither see nor shadow them. */
static const char opening[] =
    "foreign import ccall safe \"krunner_ghci_next\" krunner_next :: Prelude.IO Foreign.C.CString\n"
    "foreign import ccall safe \"krunner_ghci_mark\" krunner_mark :: Prelude.IO ()\n"
    ":def krunner_next \\_ -> krunner_next Prelude.>>= Foreign.C.peekCString\n"
    ":def krunner_mark \\_ -> krunner_mark Prelude.>> Prelude.return \"\"\n"
    ":load\n"
    ":set -v1\n";
static const char command[] = ":krunner_next\n";

enum { PIPE_SIZE = 4096 };

/* What a handler of ghci's needs at most to throw an interrupt that has already come, in nanoseconds. */
enum { SETTLING = 30000000 };

static enum { OUTSIDE, STARTING, IDLE, RUNNING, COMPLETING, INSPECTING } state;
static int commands_fd = -1;
static const char *script_path;
static struct script script;
static struct request request;
static size_t marks_reached;

/* -- The script that has no end -- */

/* ghci may be a shell's script, and starts compilers; only who is given the pipe is meant. */
static int is_ghci(const char *pipe)
{
	char arguments[65536];
	int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? 0 : read(fd, arguments, sizeof arguments - 1);
	if (fd >= 0)
		close(fd);
	arguments[length > 0 ? length : 0] = '\0';
	return length > 0 && memmem(arguments, (size_t)length, pipe, strlen(pipe)) != NULL;
}

static void refill(void)
{
	while (syscall(SYS_write, commands_fd, command, sizeof command - 1) > 0)
		;
}

__attribute__((constructor)) static void open_script(void)
{
	const char *pipe = getenv("KRUNNER_GHCI");
	if (!pipe || !is_ghci(pipe))
		return;
	mkfifo(pipe, 0600);
	commands_fd = open(pipe, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	fcntl(commands_fd, F_SETPIPE_SZ, PIPE_SIZE);
	syscall(SYS_write, commands_fd, opening, sizeof opening - 1);
	refill();
	state = STARTING;
}

/* The session is in UTF-8, whatever the image says of itself. */
EXPORTED char *nl_langinfo(nl_item item)
{
	static char utf8[] = "UTF-8", unknown[] = "";
	static char *(*next)(nl_item);
	if (state != OUTSIDE && item == CODESET)
		return utf8;
	if (!next && dlsym)
		next = dlsym(RTLD_NEXT, "nl_langinfo");
	return next ? next(item) : unknown;
}

/* -- Start -- */

/* From a path such as `libHSbase-4.15.1.0-ghc9.0.2.so`. */
static int find_version(struct dl_phdr_info *library, size_t size, void *banner)
{
	const char *found = strstr(library->dlpi_name, "-ghc");
	(void)size;
	if (!found || !strstr(library->dlpi_name, "libHSbase-"))
		return 0;
	int length = (int)strspn(found + 4, "0123456789.");
	while (length > 0 && found[4 + length - 1] == '.')
		length--;
	text_printf(banner, " %.*s", length, found + 4);
	return 1;
}

static void leave_environment(void)
{
	char *list = getenv("LD_PRELOAD"), *found = list ? strstr(list, "libkrunner-ghci.so") : NULL;
	unsetenv("KRUNNER_GHCI");
	if (!found)
		return;
	char *rest = found + strcspn(found, ": ");
	while (found > list && found[-1] != ':' && found[-1] != ' ')
		found--;
	rest += strspn(rest, ": ");
	memmove(found, rest, strlen(rest) + 1);
}

static void start(void)
{
	struct text banner = {0};
	script_path = keep(format("%s.cell", getenv("KRUNNER_GHCI")));
	watch_interrupts();
	krunner_start();
	leave_environment();
	direct_output(DROPPED);
	text_puts(&banner, "Haskell, GHCi");
	dl_iterate_phdr(find_version, &banner);
	send_report("ready", banner.bytes, banner.length);
	text_clear(&banner);
}

/* -- Cells -- */

static void begin_request(enum output output)
{
	marks_reached = 0;
	memset(&verdict, 0, sizeof verdict);
	verdict.cell = request.id;
	direct_output(output);
}

/* ghci counts a carriage return as white space, but not everywhere. */
static void drop_carriage_returns(char *source)
{
	char *to = source;
	for (const char *from = source; *from; from++)
		if (from[0] != '\r' || from[1] != '\n')
			*to++ = *from;
	*to = '\0';
}

/* A cell of one block is told without a file, and whether it fails is seen by what ghci says. */
static void skip_marks(void)
{
	verdict.line = script.lines[0];
	marks_reached = script.marks;
}

static const char *begin_cell(void)
{
	drop_carriage_returns(request.source);
	memset(&script, 0, sizeof script);
	write_script(&script, request.source, request.id);
	begin_request(SHOWN);
	state = RUNNING;
	if (script.marks == 0)
		return NULL;
	const char *commands = only_block(&script);
	if (commands)
		skip_marks();
	else if (write_file(script_path, script.text.bytes, script.text.length) < 0) {
		dprintf(STDERR_FILENO, "the cell cannot be written to %s\n", script_path);
		return NULL;
	}
	forget_interrupt();
	krunner_enter();
	return commands ? commands : format(":script %s", script_path);
}

static void end_cell(void)
{
	direct_output(DROPPED);
	krunner_leave();
	int failed = verdict.failed || marks_reached < script.marks;
	int code = verdict.exits ? verdict.exit_code & 0xff : failed;
	const char *error = failed && !verdict.exits ? verdict.error ? verdict.error : "error" : "";
	send_report(format("done %ld %d", request.id, code), error, strlen(error));
	text_clear(&script.text);
}

/* An interrupt that was handed to ghci's handler meets ghci here, and nothing of the next cell. */
static int settle(void)
{
	struct timespec interval = {.tv_nsec = SETTLING};
	if (!end_interrupt())
		return 0;
	nanosleep(&interval, NULL);
	return 1;
}

/* -- Requests -- */

static void end_request(void)
{
	switch (state) {
	case RUNNING:
		end_cell();
		break;
	case COMPLETING:
		direct_output(DROPPED);
		send_completions(request.id);
		break;
	case INSPECTING:
		direct_output(DROPPED);
		send_documentation(request.id);
		break;
	case OUTSIDE:
	case STARTING:
	case IDLE:
		break;
	}
	krunner_leave();
	free(request.source);
	request.source = NULL;
	forget_all();
	state = IDLE;
}

static const char *begin_request_of(const char *type)
{
	if (strcmp(type, "run") == 0)
		return begin_cell();
	state = strcmp(type, "complete") == 0 ? COMPLETING : strcmp(type, "inspect") == 0 ? INSPECTING : IDLE;
	begin_request(CAPTURED);
	if (state == COMPLETING)
		return ask_completions(&request);
	return state == INSPECTING ? ask_documentation(&request) : NULL;
}

/* What ghci is to run next. Blocks until there is a request that needs it. */
EXPORTED const char *krunner_ghci_next(void)
{
	const char *commands = NULL;
	refill();
	if (state == STARTING) {
		start();
		state = IDLE;
	}
	if (settle())
		return "";
	end_request();
	while (!commands) {
		krunner_wait();
		if (!read_request(&request))
			_exit(0);
		commands = begin_request_of(request.type);
		if (!commands)
			end_request();
	}
	return commands;
}

EXPORTED void krunner_ghci_mark(void)
{
	if (state == RUNNING && marks_reached < script.marks)
		verdict.line = script.lines[marks_reached++];
}
