/*
 * The items of a cell: what begins at the left margin, and what kind of thing it is. ghci finds out itself whether it was given a
 * statement or declarations. But declarations that belong together must be given together, and statements one by one.
 */
#include "ghci.h"
#include <ctype.h>
#include <string.h>

static int is_one_of(const struct token *token, const char *const *words)
{
	for (; *words; words++)
		if (is_token(token, *words))
			return 1;
	return 0;
}

int same_name(const struct token *one, const struct token *other)
{
	return one->length == other->length && memcmp(one->text, other->text, one->length) == 0;
}

/* -- Where items begin -- */

/* Lines that people put at the margin though they go on with the one before. */
static int continues(const struct token *token)
{
	static const char *const words[] = {"then", "else", "of", "in", "where", NULL};
	static const char *const prefixes[] = {"-", "!", "~", "$", "$$", NULL};
	if (token->kind == CLOSE || is_token(token, ",") || is_token(token, ";"))
		return 1;
	if (token->kind == OPERATOR)
		return token->text[0] != '\\' && !is_one_of(token, prefixes);
	return token->kind == NAME && is_one_of(token, words);
}

static const char *word_of_pragma(const struct token *token)
{
	return token->text + 3 + strspn(token->text + 3, " \t\n");
}

static int is_pragma(const struct token *token, const char *word)
{
	return token->kind == PRAGMA && strncasecmp(word_of_pragma(token), word, strlen(word)) == 0;
}

static int stands_alone(const struct token *token)
{
	return token->kind == COMMAND || is_pragma(token, "LANGUAGE") || is_pragma(token, "OPTIONS") ||
	       (token->kind == PRAGMA && token->at_base);
}

static int ends_header(const struct token *first, const struct token *token)
{
	return first->at_base && is_token(first, "module") && is_token(token, "where");
}

/* The token after the item's last one. */
static size_t end_of_item(struct tokens tokens, size_t begin)
{
	const struct token *first = &tokens.list[begin];
	size_t end = begin + 1;
	if (stands_alone(first))
		return end;
	for (; end < tokens.count; end++) {
		const struct token *token = &tokens.list[end];
		if (ends_header(first, token - 1) || token->kind == COMMAND || (token->at_base && !continues(token)))
			break;
	}
	return end;
}

/* -- What they are -- */

static int at_depth(const struct item *item, const struct token *token)
{
	return token->depth == item->first->depth;
}

static int is_lambda(const struct token *token)
{
	return token->kind == OPERATOR && token->text[0] == '\\';
}

/* What only an expression has in front of an `=`. */
static int begins_expression(const struct token *token)
{
	static const char *const words[] = {"let", "do", "mdo", "if", "case", "proc", "rec", NULL};
	return is_lambda(token) || is_token(token, "->") || (token->kind == NAME && is_one_of(token, words));
}

/* Between the first token and `end` an operator is defined: `x <+> y =`. */
static const struct token *infix_name(const struct item *item, const struct token *end)
{
	static const char *const patterns[] = {"!", "~", "@", NULL};
	for (const struct token *token = item->first + 1; token < end; token++) {
		if (!at_depth(item, token))
			continue;
		if (token->kind == BACKTICK)
			return token + 1;
		if (token->kind == OPERATOR && !is_one_of(token, patterns))
			return token;
	}
	return NULL;
}

static void name_binding(struct item *item, const struct token *end)
{
	const struct token *first = item->first;
	item->name = infix_name(item, end);
	item->is_function = item->name != NULL;
	if (item->name)
		return;
	if (first->kind == NAME)
		item->name = first;
	else if (first->kind == OPEN && first + 2 < end && first[1].kind == OPERATOR && first[2].kind == CLOSE)
		item->name = first + 1;
	item->is_function = item->name && end - item->name > (item->name == first ? 1 : 2);
}

/* `name, (+) ::` */
static int is_signature(const struct item *item, const struct token *end)
{
	for (const struct token *token = item->first; token < end; token++)
		if (token->kind != NAME && token->kind != OPERATOR && token->kind != OPEN && token->kind != CLOSE &&
		    !is_token(token, ","))
			return 0;
	return item->first->kind == NAME || item->first->kind == OPEN;
}

/* Declarations that begin with no word of their own, and statements. */
static void classify_by_sign(struct item *item)
{
	const struct token *typed = NULL;
	item->kind = STATEMENT;
	for (const struct token *token = item->first; token <= item->last; token++) {
		if (!at_depth(item, token))
			continue;
		if (is_token(token, "<-") || (!typed && begins_expression(token)))
			return;
		if (is_token(token, "=") || (!typed && is_token(token, "|"))) {
			item->kind = DECLARATION;
			name_binding(item, typed ? typed : token);
			return;
		}
		if (!typed && is_token(token, "::"))
			typed = token;
	}
	if (typed && is_signature(item, typed)) {
		item->kind = SIGNATURE;
		item->name = item->first + (item->first->kind == OPEN);
	}
}

/* The type or class, where it is declared by name. */
static void name_type(struct item *item)
{
	static const char *const inside[] = {"family", "instance", "role", NULL};
	for (const struct token *token = item->first + 1; token <= item->last; token++) {
		if (token->kind == NAME && is_one_of(token, inside))
			return;
		if (is_token(token, "=>") || is_token(token, "=") || is_token(token, "where") || is_token(token, "|"))
			return;
		if (token->kind == CONSTRUCTOR && !item->name)
			item->name = token;
		/* What stood before was the context of a class. */
		if (token < item->last && is_token(token + 1, "=>"))
			item->name = NULL, token++;
	}
}

static void classify(struct item *item)
{
	static const char *const types[] = {"data", "newtype", "type", "class", NULL};
	static const char *const others[] = {"instance", "deriving", "infix", "infixl", "infixr", "foreign", "default",
					    "module",	NULL};
	const struct token *first = item->first;
	int has_more = item->last > first;
	item->kind = DECLARATION;
	if (first->kind == COMMAND)
		item->kind = DIRECTIVE;
	else if (is_pragma(first, "LANGUAGE"))
		item->kind = LANGUAGE;
	else if (is_pragma(first, "OPTIONS"))
		item->kind = OPTIONS;
	else if (is_token(first, "module") && is_token(item->last, "where"))
		item->kind = MODULE;
	else if (is_token(first, "import"))
		item->kind = IMPORT;
	else if (first->kind == NAME && is_one_of(first, types))
		name_type(item);
	else if (first->kind != PRAGMA && !(first->kind == NAME && is_one_of(first, others)) &&
		 !(is_token(first, "pattern") && has_more && first[1].kind == CONSTRUCTOR))
		classify_by_sign(item);
}

/* -- Signatures -- */

/* In ghci `x :: Int` alone is an expression. It is a signature where what it names is bound below, before a statement. */
static int is_bound_below(struct items items, const struct item *signature)
{
	for (const struct item *item = signature + 1; item < items.list + items.count; item++) {
		if (item->kind != DECLARATION && item->kind != SIGNATURE)
			return 0;
		if (item->kind == DECLARATION && item->name && same_name(item->name, signature->name))
			return 1;
	}
	return 0;
}

static void settle_signatures(struct items items)
{
	for (struct item *item = items.list + items.count; item-- > items.list;)
		if (item->kind == SIGNATURE && !is_bound_below(items, item))
			item->kind = STATEMENT;
}

struct items split(struct tokens tokens)
{
	struct items items = {allocate((tokens.count + 1) * sizeof *items.list), 0};
	for (size_t begin = 0, end; begin < tokens.count; begin = end) {
		end = end_of_item(tokens, begin);
		struct item *item = &items.list[items.count++];
		memset(item, 0, sizeof *item);
		item->first = &tokens.list[begin];
		item->last = &tokens.list[end - 1];
		classify(item);
	}
	settle_signatures(items);
	return items;
}
