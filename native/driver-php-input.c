/*
 * PHP in libkrunner-driver.so: its standard streams, and its readline() without a terminal. The libraries that PHP asks show no
 * prompt then, and read on when an interrupt breaks them off.
 */
#include "driver-php.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern WEAK int php_output_get_status(void);
extern WEAK void php_output_set_status(int status);
extern WEAK struct text *zend_strpprintf(size_t most, const char *format, ...);

/* NULL at the end of input, and after an interrupt. */
static char *read_line(void)
{
	enum { STEP = 256 };
	size_t length = 0;
	char *line = malloc(STEP);
	for (; line; length++) {
		ssize_t count = read(0, line + length, 1);
		if (count < 0 || (count == 0 && length == 0)) {
			free(line);
			return NULL;
		}
		if (count == 0 || line[length] == '\n')
			break;
		if ((length + 1) % STEP == 0)
			line = realloc(line, length + 1 + STEP);
	}
	if (line)
		line[length] = 0;
	return line;
}

static void give_text(struct value *result, const char *text)
{
	enum { TEXT = 6, COUNTED = 1 << 8, COUNTED_BEFORE_7_3 = (1 << 2 | 1 << 4) << 8, FIRST_SIMPLE = 70300 };
	result->is.pointer = zend_strpprintf(0, "%s", text);
	result->type = TEXT | (php_version < FIRST_SIMPLE ? COUNTED_BEFORE_7_3 : COUNTED);
}

static void ask(struct frame *frame, struct value *result)
{
	const char *prompt = NULL;
	size_t length = 0;
	if (zend_parse_parameters(frame->this.extra, "|s!", &prompt, &length) != 0)
		return;
	if (prompt && write(1, prompt, length) < 0)
		return;
	char *line = read_line();
	if (line)
		give_text(result, line);
	else
		result->type = FALSE;
	free(line);
}

/* Where a function of the library has its code: the place differs, but not between functions. */
static function **code_of(const char *name, function *known, size_t *at)
{
	enum { FROM = 40, TO = 120 };
	struct value *found = zend_hash_str_find(tables->functions, name, strlen(name));
	for (; found && known && *at < TO; *at += sizeof known)
		if (*at >= FROM && *(function **)((char *)found->is.pointer + *at) == known)
			break;
	return found && *at < TO ? (function **)((char *)found->is.pointer + *at) : NULL;
}

void replace_readline(const char *known_name, function *known)
{
	size_t at = 0;
	if (!zend_strpprintf || !code_of(known_name, known, &at))
		return;
	function **code = code_of("readline", NULL, &at);
	if (code)
		*code = ask;
}

/* -- A cell that closes STDOUT closes it for itself, as a script does -- */

enum { STREAMS = 3, BEHIND_CONTROL = 16 };
static int kept[STREAMS];

void keep_streams(void)
{
	for (int fd = 0; fd < STREAMS; fd++)
		kept[fd] = fcntl(fd, F_DUPFD_CLOEXEC, BEHIND_CONTROL);
}

/* PHP, too, has given up output that nobody takes. */
void reopen_streams(void)
{
	enum { GIVEN_UP = 1 << 1, ALL = 15 };
	for (int fd = 0; fd < STREAMS; fd++)
		if (fcntl(fd, F_GETFD) < 0 && kept[fd] >= 0)
			dup2(kept[fd], fd);
	if (php_output_set_status && php_output_get_status)
		php_output_set_status(php_output_get_status() & ALL & ~GIVEN_UP);
}
