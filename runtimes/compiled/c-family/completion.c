/*
 * No compiler of this family but clang completes, so we look for names ourselves: in the context, in the cell, and
 * in what the preprocessor makes of the session's headers. Their own inner names begin with an underscore.
 */
#include "completion.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "language.h"
#include "tokens.h"

static const char *const keywords[] = {
    "break", "case", "char", "const", "continue", "default", "double", "else", "enum", "extern", "float", "for", "goto", "if",
    "inline", "int", "long", "register", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
    "unsigned", "void", "volatile", "while", "#include", "#define", NULL};
static const char *const more_keywords[] = {
    "alignas", "auto", "bool", "catch", "class", "constexpr", "decltype", "delete", "dynamic_cast", "explicit", "false", "friend",
    "namespace", "new", "noexcept", "nullptr", "operator", "override", "private", "protected", "public", "static_assert",
    "static_cast", "template", "this", "throw", "true", "try", "typename", "using", "virtual", NULL};

struct search {
  const char *stem; /* what the user typed before the last part: `p.`, `std::` */
  const char *part;
  size_t length;
  struct text *matches;
};

static void offer(const struct search *search, const char *name, size_t length) {
  if (length < search->length || length == 0 || strncmp(name, search->part, search->length) != 0) return;
  if (starts_with(name, "krunner_")) return;
  char *match = format("%s%.*s", search->stem, (int)length, name);
  struct entry all = {.names = (char *)text_string(search->matches)};
  if (!has_name(&all, match)) text_printf(search->matches, "%s\n", match);
}

static void offer_all(const struct search *search, const char *const *words) {
  for (; *words; words++) offer(search, *words, strlen(*words));
}

/* The next identifier at or behind `text`; at the end, an empty one. */
static const char *next_word(const char *text, size_t *length) {
  for (*length = 0; *text; text += *length > 0 ? *length : 1) {
    for (*length = 0; is_word_byte((unsigned char)text[*length]); ++*length) continue;
    if (*length > 0 && !isdigit((unsigned char)*text)) return text;
  }
  *length = 0;
  return text;
}

static void offer_words(const struct search *search, const char *text) {
  size_t length;
  for (text = next_word(text, &length); length > 0; text = next_word(text + length, &length)) offer(search, text, length);
}

/* -- Headers -- */

static int by_text(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The identifiers that are for users, each once. */
static void collect_words(const char *text, struct text *words) {
  char **list = NULL;
  size_t count = 0, room = 0, length;
  for (text = next_word(text, &length); length > 0; text = next_word(text + length, &length)) {
    if (*text == '_' || length < 3) continue;
    if (count == room) list = realloc(list, (room = room * 2 + 1024) * sizeof *list);
    list[count++] = copy(text, length);
  }
  qsort(list, count, sizeof *list, by_text);
  for (size_t i = 0; i < count; i++)
    if (i == 0 || strcmp(list[i], list[i - 1]) != 0) text_printf(words, "%s\n", list[i]);
  free(list);
}

/* The words of the headers that the session has included; made again when there are more of them. */
static const char *header_words(struct language *language) {
  static struct text headers, words;
  struct text wanted = {0}, printed = {0};
  for (struct entry *entry = context; entry; entry = entry->next)
    if (entry->kind == KEPT_DIRECTIVE) text_printf(&wanted, "%s\n", entry->text);
  if (strcmp(text_string(&wanted), text_string(&headers)) == 0) {
    text_clear(&wanted);
    return text_string(&words);
  }
  text_clear(&headers);
  text_clear(&words);
  headers = wanted;
  preprocess(&language->compiler, &headers, "-dD", &printed);
  collect_words(text_string(&printed), &words);
  text_clear(&printed);
  return text_string(&words);
}

/* -- Members -- */

static const struct entry *type_named(const char *name) {
  const struct entry *found = context_find(format("struct %s", name));
  if (!found) found = context_find(format("union %s", name));
  if (!found) found = context_find(name);
  return found && found->kind == KEPT_TYPE ? found : NULL;
}

/* The first type of ours that a declaration names, but for itself. */
static const struct entry *type_in(const char *declaration, const struct entry *but) {
  struct tokens tokens = tokenize(declaration);
  for (int i = 0; i < tokens.count; i++) {
    const struct entry *type = tokens.list[i].kind == WORD ? type_named(token_text(&tokens, i)) : NULL;
    if (type && type != but) return type;
  }
  return NULL;
}

/* The type's definition: of `typedef struct point P` that of `struct point`. */
static const struct entry *defined_type(const struct entry *type) {
  for (int steps = 0; type && !strchr(type->text, '{') && steps < 10; steps++) type = type_in(type->text, type);
  return type;
}

typedef void member_visitor(const struct tokens *tokens, int name, int declaration, void *argument);

static void each_member(const struct tokens *tokens, member_visitor *visit, void *argument) {
  static const char *const followers[] = {";", ",", "=", "(", "[", ":", "{", NULL};
  int open = 0;
  while (open < tokens->count && !token_is(tokens, open, "{")) open++;
  if (open >= tokens->count) return;
  for (int i = open + 1, declaration = i; i < tokens->list[open].partner; i = after(tokens, i)) {
    int is_name = tokens->list[i].kind == WORD && i > declaration && token_is_one_of(tokens, i + 1, followers);
    if (is_name) visit(tokens, i, declaration, argument);
    int is_end = token_is(tokens, i, ";") || token_is(tokens, i, "{") || token_is(tokens, i, ":");
    if (is_end) declaration = after(tokens, i);
  }
}

static void offer_member(const struct tokens *tokens, int name, int declaration, void *argument) {
  (void)declaration;
  offer(argument, tokens->source + tokens->list[name].start, tokens->list[name].length);
}

struct member {
  const char *name;
  char *declaration;
};

static void find_member(const struct tokens *tokens, int name, int declaration, void *argument) {
  struct member *member = argument;
  if (token_is(tokens, name, member->name)) member->declaration = normal_text(tokens, declaration, name);
}

/* What stands before the name in the cell itself: the variable may be younger than the context. */
static const struct entry *type_in_cell(const char *source, const char *name) {
  struct tokens tokens = tokenize(source);
  for (int i = 1; i < tokens.count; i++) {
    if (!token_is(&tokens, i, name)) continue;
    const struct entry *type = type_in(normal_text(&tokens, i > 3 ? i - 3 : 0, i), NULL);
    if (type) return type;
  }
  return NULL;
}

/* The type of `a.b->c`, of which `end` is behind the last separator. */
static const struct entry *type_of(const char *source, const char *chain, size_t end) {
  const struct entry *type = NULL;
  for (size_t at = 0; at < end;) {
    size_t length = 0;
    while (is_word_byte((unsigned char)chain[at + length])) length++;
    char *name = copy(chain + at, length);
    if (at == 0) {
      const struct entry *variable = context_find(name);
      type = variable && variable->kind == KEPT_VARIABLE ? type_in(variable->text, NULL) : type_in_cell(source, name);
    } else {
      struct member member = {name, NULL};
      struct tokens tokens = tokenize(type->text);
      each_member(&tokens, find_member, &member);
      type = member.declaration ? type_in(member.declaration, NULL) : NULL;
    }
    type = defined_type(type);
    if (!type) return NULL;
    at += length;
    while (at < end && !is_word_byte((unsigned char)chain[at])) at++;
  }
  return type;
}

/* -- The whole -- */

static size_t start_of_chain(const char *source, size_t cursor) {
  size_t at = cursor;
  while (at > 0) {
    char byte = source[at - 1];
    int is_arrow = byte == '>' && at > 1 && source[at - 2] == '-';
    if (!is_word_byte((unsigned char)byte) && byte != '.' && byte != ':' && byte != '#' && !is_arrow) break;
    at -= is_arrow ? 2 : 1;
  }
  return at;
}

static void offer_context(const struct search *search) {
  for (struct entry *entry = context; entry; entry = entry->next)
    if (entry->kind != KEPT_DIRECTIVE || !strpbrk(entry->names, " <\"")) offer_words(search, entry->names);
}

void complete_c_family(struct language *language, const char *source, size_t cursor, struct text *matches) {
  size_t start = start_of_chain(source, cursor);
  char *chain = copy(source + start, cursor - start);
  size_t end = cursor - start;
  while (end > 0 && (is_word_byte((unsigned char)chain[end - 1]) || chain[end - 1] == '#')) end--;
  struct search search = {copy(chain, end), chain + end, strlen(chain + end), matches};
  int is_member = end > 0 && chain[end - 1] != ':';
  const struct entry *type = is_member ? type_of(source, chain, end) : NULL;
  if (type) {
    struct tokens tokens = tokenize(type->text);
    each_member(&tokens, offer_member, &search);
    return;
  }
  if (!is_member) {
    offer_context(&search);
    if (end == 0) offer_all(&search, keywords);
    if (end == 0 && strcmp(language->compiler.dialect, "c++") == 0) offer_all(&search, more_keywords);
    offer_words(&search, copy(source, start));
  }
  /* Without a letter that would be thousands. */
  if (search.length > 0) offer_words(&search, header_words(language));
}

void inspect_c_family(const char *source, size_t cursor, struct text *found) {
  size_t start = cursor, end = cursor;
  while (start > 0 && is_word_byte((unsigned char)source[start - 1])) start--;
  while (is_word_byte((unsigned char)source[end])) end++;
  char *word = copy(source + start, end - start);
  for (struct entry *entry = context; entry && *word; entry = entry->next)
    if (find_word(entry->names, word)) text_printf(found, "%s%s", found->length > 0 ? "\n" : "", entry->text);
}
