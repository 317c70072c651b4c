/* Completion and documentation, by ghci's own commands for them. */
#include "ghci.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* -- Completion -- */

/* As Haskell writes strings. */
static void add_quoted(struct text *text, const char *bytes, size_t length)
{
	text_puts(text, "\"");
	for (size_t at = 0; at < length; at++) {
		unsigned char byte = (unsigned char)bytes[at];
		if (byte == '"' || byte == '\\')
			text_printf(text, "\\%c", byte);
		else if (byte < ' ')
			text_printf(text, "\\%d\\&", byte);
		else
			text_add(text, bytes + at, 1);
	}
	text_puts(text, "\"");
}

const char *ask_completions(const struct request *request)
{
	struct text text = {0};
	size_t end = (size_t)request->cursor < request->length ? (size_t)request->cursor : request->length, begin = end;
	while (begin > 0 && request->source[begin - 1] != '\n')
		begin--;
	if (strspn(request->source + begin, " \t") >= end - begin)
		return NULL;
	text_puts(&text, ":complete repl ");
	add_quoted(&text, request->source + begin, end - begin);
	const char *command = copy(text.bytes, text.length);
	text_clear(&text);
	return command;
}

static void add_letter(struct text *text, unsigned long letter)
{
	char bytes[4];
	size_t length = letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
	static const unsigned char heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t at = length; at-- > 1; letter >>= 6)
		bytes[at] = (char)(0x80 | (letter & 0x3f));
	bytes[0] = (char)(heads[length] | letter);
	text_add(text, bytes, length);
}

/* A line of the answer, such as `"Data.List"`: as Haskell shows strings. */
static void add_unquoted(struct text *text, const char *at)
{
	for (at++; *at && *at != '"';) {
		if (*at != '\\') {
			text_add(text, at++, 1);
		} else if (isdigit((unsigned char)at[1])) {
			add_letter(text, strtoul(at + 1, (char **)&at, 10));
		} else {
			if (at[1] != '&')
				text_add(text, at + 1, 1);
			at += 2;
		}
	}
}

/* The first line says how many there are. */
void send_completions(long id)
{
	struct text names = {0};
	const char *line = strchr(text_string(&captured), '\n');
	for (; line && line[1]; line = strchr(line + 1, '\n')) {
		if (line[1] != '"' || starts_with(line + 1, "\":krunner"))
			continue;
		if (names.length > 0)
			text_puts(&names, "\n");
		add_unquoted(&names, line + 1);
	}
	send_report(format("matches %ld", id), text_string(&names), names.length);
	text_clear(&names);
}

/* -- Documentation -- */

static int is_operator_byte(int byte)
{
	return byte && strchr("!#$%&*+./<=>?@\\^|-~:", byte);
}

static int is_name_byte(int byte)
{
	return isalnum(byte) || strchr("_'.", byte) || byte >= 0x80;
}

/* The name around the cursor, or the operator. */
const char *ask_documentation(const struct request *request)
{
	const char *source = request->source, *at = source + request->cursor;
	int (*belongs)(int) = is_name_byte;
	if ((size_t)request->cursor > request->length)
		return NULL;
	if ((!*at || !belongs((unsigned char)*at)) && at > source && is_name_byte((unsigned char)at[-1]))
		at--;
	if (!*at || !belongs((unsigned char)*at))
		belongs = is_operator_byte;
	if (belongs == is_operator_byte && (!*at || !belongs((unsigned char)*at)) && at > source)
		at--;
	const char *end = at;
	while (at > source && belongs((unsigned char)at[-1]))
		at--;
	while (*end && belongs((unsigned char)*end))
		end++;
	if (at == end)
		return NULL;
	int length = (int)(end - at);
	return belongs == is_operator_byte ? format(":info (%.*s)\n:doc (%.*s)", length, at, length, at)
					   : format(":info %.*s\n:doc %.*s", length, at, length, at);
}

/* Without what ghci says where it has no documentation, or no such command. */
static int says_nothing(const char *line)
{
	return starts_with(line, "unknown command '") || starts_with(line, "use :? for help") ||
	       starts_with(line, "<has no documentation>") || starts_with(line, "ghc: Can't find any documentation");
}

void send_documentation(long id)
{
	struct text text = {0};
	for (const char *line = text_string(&captured), *end; *line; line = end) {
		end = line + strcspn(line, "\n") + 1;
		if (!says_nothing(line))
			text_add(&text, line, (size_t)(end - line));
	}
	send_report(format("doc %ld", id), text_string(&text), text.length);
	text_clear(&text);
}
