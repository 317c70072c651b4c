/*
 * The tokens of a cell in Haskell, as far as it takes to see where what begins at the left margin ends: strings, comments and
 * brackets. Commands of ghci's (`:type x`) are one token with all that is indented below them.
 */
#include "ghci.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { TAB = 8 };

struct scanner {
	const char *at;
	int line, column, depth;
	/* Nothing but white space so far in this line. */
	int begins_line;
	/* How far to the left items stand; -1: nothing stands anywhere yet. */
	int base;
	int has_quotations;
	/* Between `module` and its `where`. */
	int in_header;
	struct token *list;
	size_t count, capacity;
};

int is_token(const struct token *token, const char *text)
{
	return token->length == strlen(text) && memcmp(token->text, text, token->length) == 0;
}

static int is_symbol(int byte)
{
	return byte && strchr("!#$%&*+./<=>?@\\^|-~:", byte);
}

static int is_name_byte(int byte)
{
	return isalnum(byte) || byte == '_' || byte == '\'' || byte >= 0x80;
}

/* Beyond what was just seen, over lines. */
static void advance(struct scanner *scanner, const char *to)
{
	for (; scanner->at < to; scanner->at++) {
		int byte = (unsigned char)*scanner->at;
		if (byte == '\n') {
			scanner->line++;
			scanner->column = 0;
			scanner->begins_line = 1;
		} else if (byte == '\t') {
			scanner->column += TAB - scanner->column % TAB;
		} else if ((byte & 0xc0) != 0x80) {
			scanner->column++;
		}
	}
}

/* -- What ends where: each returns the end of what begins at `at` -- */

static const char *end_of_line(const char *at)
{
	return at + strcspn(at, "\n");
}

/* NULL where it is not closed. */
static const char *end_of_comment(const char *at)
{
	int depth = 0;
	for (; *at; at++) {
		if (at[0] == '{' && at[1] == '-')
			depth++, at++;
		else if (at[0] == '-' && at[1] == '}' && (at++, --depth == 0))
			return at + 1;
	}
	return NULL;
}

/* With escapes, and gaps between backslashes. */
static const char *end_of_string(const char *at)
{
	for (at++; *at && *at != '"' && *at != '\n'; at++) {
		if (*at != '\\')
			continue;
		const char *next = at + 1 + strspn(at + 1, " \t\n");
		if (next > at + 1 && *next == '\\')
			at = next;
		else if (at[1] && at[1] != '\n')
			at++;
	}
	return *at == '"' ? at + 1 : at;
}

/* A letter in quotes, or else a quote before a name, of Template Haskell. */
static const char *end_of_letter(const char *at)
{
	const char *end = at + 1;
	if (end[0] == '\\' && end[1] && end[1] != '\n')
		end += 2 + strcspn(end + 2, "'\n");
	else if (*end && *end != '\n' && *end != '\'')
		for (end++; ((unsigned char)*end & 0xc0) == 0x80;)
			end++;
	return *end == '\'' && end > at + 1 ? end + 1 : at + 1;
}

static const char *end_of_run(const char *at, int (*belongs)(int))
{
	while (*at && belongs((unsigned char)*at))
		at++;
	return at;
}

/* `[name|`, anything, and `|]`; NULL where nothing of the kind begins. */
static const char *end_of_quotation(const char *at)
{
	const char *bar = end_of_run(at + 1, is_name_byte);
	const char *end = bar > at + 1 && *bar == '|' ? strstr(bar, "|]") : NULL;
	return end ? end + 2 : NULL;
}

/* With the lines below that are indented, or to the line that closes what `:{` opens. */
static const char *end_of_command(const char *at, int column)
{
	int is_block = at[1] == '{';
	const char *end = end_of_line(at);
	while (*end) {
		const char *next = end + 1 + strspn(end + 1, " \t");
		if (is_block && next[0] == ':' && next[1] == '}')
			return end_of_line(next);
		if (!is_block && (next - end - 1 <= column || *next == '\n' || !*next))
			return end;
		end = end_of_line(next);
	}
	return end;
}

/* -- Tokens -- */

/* What comes after it may stand at a margin of its own. */
static void look_for_header(struct scanner *scanner, const struct token *token)
{
	if (token->at_base && is_token(token, "module")) {
		scanner->in_header = 1;
	} else if (scanner->in_header && is_token(token, "where")) {
		scanner->in_header = 0;
		scanner->base = -1;
	}
}

static void add(struct scanner *scanner, enum token_kind kind, const char *end)
{
	if (scanner->count == scanner->capacity) {
		size_t capacity = scanner->capacity * 2 + 64;
		struct token *list = allocate(capacity * sizeof *list);
		if (scanner->count > 0)
			memcpy(list, scanner->list, scanner->count * sizeof *list);
		scanner->list = list;
		scanner->capacity = capacity;
	}
	if (scanner->begins_line && scanner->depth == 0 && (scanner->base < 0 || scanner->column < scanner->base))
		scanner->base = scanner->column;
	scanner->list[scanner->count++] = (struct token){
	    .kind = kind,
	    .text = scanner->at,
	    .length = (size_t)(end - scanner->at),
	    .line = scanner->line,
	    .column = scanner->column,
	    .depth = scanner->depth,
	    .begins_line = scanner->begins_line,
	    .at_base = scanner->begins_line && scanner->depth == 0 && scanner->column == scanner->base,
	};
	scanner->begins_line = 0;
	advance(scanner, end);
	look_for_header(scanner, &scanner->list[scanner->count - 1]);
}

static void add_bracket(struct scanner *scanner)
{
	int opens = strchr("([{", *scanner->at) != NULL;
	if (!opens && scanner->depth > 0)
		scanner->depth--;
	add(scanner, opens ? OPEN : CLOSE, scanner->at + 1);
	scanner->depth += opens;
}

/* Of a qualified name the last part says what it is. */
static void add_name(struct scanner *scanner)
{
	const char *part = scanner->at, *end = end_of_run(part, is_name_byte);
	while (isupper((unsigned char)*part) && *end == '.' && (isalpha((unsigned char)end[1]) || end[1] == '_')) {
		part = end + 1;
		end = end_of_run(part, is_name_byte);
	}
	while (*end == '#')
		end++;
	enum token_kind kind = isdigit((unsigned char)*part) ? OTHER : isupper((unsigned char)*part) ? CONSTRUCTOR : NAME;
	add(scanner, kind, end);
}

static int is_line_comment(const char *at)
{
	size_t dashes = strspn(at, "-");
	return dashes >= 2 && !is_symbol((unsigned char)at[dashes]);
}

static int is_command(const struct scanner *scanner)
{
	return scanner->at[0] == ':' && scanner->begins_line && scanner->depth == 0 &&
	       scanner->column <= (scanner->base < 0 ? scanner->column : scanner->base) &&
	       !isspace((unsigned char)scanner->at[1]);
}

static void scan_token(struct scanner *scanner)
{
	const char *at = scanner->at, *quotation = scanner->has_quotations && *at == '[' ? end_of_quotation(at) : NULL;
	if (is_command(scanner))
		add(scanner, COMMAND, end_of_command(at, scanner->column));
	else if (quotation)
		add(scanner, OTHER, quotation);
	else if (strchr("()[]{}", *at))
		add_bracket(scanner);
	else if (*at == '"')
		add(scanner, OTHER, end_of_string(at));
	else if (*at == '\'')
		add(scanner, OTHER, end_of_letter(at));
	else if (*at == '`')
		add(scanner, BACKTICK, at + 1);
	else if (is_symbol((unsigned char)*at))
		add(scanner, OPERATOR, end_of_run(at, is_symbol));
	else if (is_name_byte((unsigned char)*at))
		add_name(scanner);
	else
		add(scanner, OTHER, at + 1);
}

static void scan_comment(struct scanner *scanner)
{
	const char *end = end_of_comment(scanner->at);
	if (!end)
		add(scanner, OTHER, scanner->at + strlen(scanner->at));
	else if (scanner->at[2] == '#')
		add(scanner, PRAGMA, end);
	else
		advance(scanner, end);
}

struct tokens scan(const char *source)
{
	/* Once the language has them, later cells may have some, too. */
	static int has_quotations;
	has_quotations |= strstr(source, "QuasiQuotes") != NULL;
	struct scanner scanner = {.at = source, .line = 1, .begins_line = 1, .base = -1, .has_quotations = has_quotations};
	if (strncmp(source, "#!", 2) == 0)
		advance(&scanner, end_of_line(source));
	while (*scanner.at) {
		const char *at = scanner.at;
		if (isspace((unsigned char)*at))
			advance(&scanner, at + 1);
		else if (is_line_comment(at))
			advance(&scanner, end_of_line(at));
		else if (at[0] == '{' && at[1] == '-')
			scan_comment(&scanner);
		else
			scan_token(&scanner);
	}
	return (struct tokens){scanner.list, scanner.count};
}
