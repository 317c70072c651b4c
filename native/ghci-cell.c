/*
 * A cell as commands for ghci: its items in the order written, declarations that stand together as one. Where ghci can say
 * lines, a pragma gives it those of the cell; where it cannot, a mark before the item does (ghci-output.c).
 */
#include "ghci.h"
#include <ctype.h>
#include <stdint.h>
#include <string.h>

/* -- Which declarations are given together -- */

/* What a group declares: a table of names, each with the group that has declared it last. */
struct names {
	struct entry {
		const struct token *name;
		size_t group;
		int is_type;
	} *list;
	size_t size; /* a power of two */
};

static struct names make_names(size_t count)
{
	struct names names = {.size = 16};
	while (names.size < count * 2)
		names.size *= 2;
	names.list = allocate(names.size * sizeof *names.list);
	memset(names.list, 0, names.size * sizeof *names.list);
	return names;
}

static struct entry *find_name(struct names names, const struct token *name)
{
	int is_type = name->kind == CONSTRUCTOR;
	uint64_t hash = 14695981039346656037u;
	for (size_t at = 0; at < name->length; at++)
		hash = (hash ^ (unsigned char)name->text[at]) * 1099511628211u;
	for (size_t slot = hash;; slot++) {
		struct entry *entry = &names.list[slot & (names.size - 1)];
		if (!entry->name) {
			*entry = (struct entry){name, 0, is_type};
			return entry;
		}
		if (entry->is_type == is_type && same_name(entry->name, name))
			return entry;
	}
}

static int is_declared(const struct item *item)
{
	return item->kind == DECLARATION || item->kind == SIGNATURE;
}

/* Another equation of the same function. */
static int goes_on(const struct item *item, const struct item *before)
{
	return item->is_function && before->kind == DECLARATION && before->name && same_name(item->name, before->name);
}

/*
 * The end of the group that begins at `item`: what uses what is for ghci to find out. But a second
 * declaration of a name is to win over the first, so it is given later.
 */
static const struct item *end_of_group(const struct item *item, const struct item *end, struct names names, size_t group)
{
	const struct item *first = item;
	for (; item < end && is_declared(item); item++) {
		if (!item->name)
			continue;
		struct entry *entry = find_name(names, item->name);
		if (entry->group == group && !(item > first && goes_on(item, item - 1)))
			break;
		if (item->kind == DECLARATION)
			entry->group = group;
	}
	return item;
}

/* -- Commands -- */

static const char mark[] = ":krunner_mark\n";

/* More than what ghci can be given without a file; what it is not to be given so counts as many, too. */
enum { MANY = 2, LONGEST_COMMAND = 65536 };

static void add_mark(struct script *script, int line)
{
	script->lines[script->marks++] = line;
	text_puts(&script->text, mark);
}

static void add_source(struct text *text, const struct token *first, const struct token *last)
{
	text_printf(text, "%*s", first->column, "");
	text_add(text, first->text, (size_t)(last->text + last->length - first->text));
	text_puts(text, "\n");
}

static void add_block(struct script *script, const struct item *first, const struct item *last, long cell)
{
	script->begin = script->text.length;
	script->blocks++;
	text_printf(&script->text, ":{\n{-# LINE %d \"<cell %ld>\" #-}\n", first->first->line, cell);
	add_source(&script->text, first->first, last->last);
	text_puts(&script->text, ":}\n");
}

static void add_import(struct script *script, const struct item *item, long cell)
{
	add_mark(script, item->first->line);
	add_block(script, item, item, cell);
}

/* `{-# LANGUAGE A, B #-}`: `prefix` is "-X"; `{-# OPTIONS_GHC -a -b #-}`: it is empty. */
static void add_settings(struct script *script, const struct item *item, const char *prefix)
{
	script->blocks = MANY;
	static const char separators[] = ", \t\n";
	const char *at = item->first->text + 3, *end = item->first->text + item->first->length - 3;
	at += strspn(at, separators);
	at += strcspn(at, separators);
	add_mark(script, item->first->line);
	text_puts(&script->text, ":set");
	while ((at += strspn(at, separators)) < end) {
		size_t length = strcspn(at, separators), rest = (size_t)(end - at);
		length = length < rest ? length : rest;
		text_printf(&script->text, " %s%.*s", prefix, (int)length, at);
		at += length;
	}
	text_puts(&script->text, "\n");
}

static int has_lines(const struct token *token)
{
	return memchr(token->text, '\n', token->length) != NULL;
}

/* A block of the user's own, or a command. */
static void add_directive(struct script *script, const struct item *item, long cell)
{
	script->blocks = MANY;
	const struct token *token = item->first;
	add_mark(script, token->line);
	if (strncmp(token->text, ":{", 2) == 0) {
		text_printf(&script->text, ":{\n{-# LINE %d \"<cell %ld>\" #-}\n", token->line + 1, cell);
		const char *line = memchr(token->text, '\n', token->length);
		if (line)
			text_add(&script->text, line + 1, (size_t)(token->text + token->length - line - 1));
		text_puts(&script->text, "\n");
		return;
	}
	const char *format = has_lines(token) ? ":{\n%.*s\n:}\n" : "%.*s\n";
	text_printf(&script->text, format, (int)token->length, token->text);
}

/* `:q` to `:quit`. In a script they end only that. */
static int is_quit(const struct item *item)
{
	const struct token *token = item->first;
	size_t length = strcspn(token->text, " \t\n");
	if (length > token->length)
		length = token->length;
	return item->kind == DIRECTIVE && length > 1 && strncmp(token->text, ":quit", length) == 0;
}

/* -- Whole programs -- */

/* The declaration of `main`, where the cell is all of a program. */
static const struct item *find_main(struct items items)
{
	const struct item *found = NULL;
	for (const struct item *item = items.list; item < items.list + items.count; item++) {
		if (item->kind == STATEMENT || item->kind == DIRECTIVE)
			return NULL;
		if (item->kind == DECLARATION && item->name && is_token(item->name, "main"))
			found = item;
	}
	return found;
}

static void add_main(struct script *script, const struct item *declaration, long cell)
{
	script->blocks = MANY;
	text_printf(&script->text, ":{\n{-# LINE %d \"<cell %ld>\" #-}\n_ <- main\n:}\n", declaration->first->line, cell);
}

static void add_items(struct script *script, struct items items, long cell)
{
	const struct item *item = items.list, *end = item + items.count, *next;
	struct names names = make_names(items.count);
	size_t group = 0;
	for (; item < end && !is_quit(item); item = next) {
		next = item + 1;
		switch (item->kind) {
		case DECLARATION:
		case SIGNATURE:
			next = end_of_group(item, end, names, ++group);
			add_block(script, item, next - 1, cell);
			break;
		case STATEMENT:
			add_block(script, item, item, cell);
			break;
		case IMPORT:
			add_import(script, item, cell);
			break;
		case LANGUAGE:
			add_settings(script, item, "-X");
			break;
		case OPTIONS:
			add_settings(script, item, "");
			break;
		case DIRECTIVE:
			add_directive(script, item, cell);
			break;
		case MODULE:
			break;
		}
	}
}

void write_script(struct script *script, const char *source, long cell)
{
	struct items items = split(scan(source));
	const struct item *program = find_main(items);
	script->lines = allocate((items.count + 1) * sizeof *script->lines);
	add_items(script, items, cell);
	if (program)
		add_main(script, program, cell);
	if (script->text.length > 0)
		add_mark(script, 0);
}

const char *only_block(const struct script *script)
{
	size_t length = script->text.length - script->begin - strlen(mark);
	return script->blocks == 1 && length < LONGEST_COMMAND ? copy(script->text.bytes + script->begin, length) : NULL;
}
