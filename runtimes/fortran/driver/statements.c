#include "statements.h"

#include <ctype.h>
#include <string.h>

#include "text.h"

/* -- Text -- */

char *word_at(const char *text) {
  size_t length = 0;
  while (isalnum((unsigned char)text[length]) || text[length] == '_') length++;
  return copy(text, length);
}

/* Behind the quotes that `at` opens; a doubled one within is two texts side by side. */
static const char *behind_quotes(const char *at) {
  const char *end = at + 1;
  while (*end && *end != *at) end++;
  return *end ? end + 1 : end;
}

const char *behind_bracket(const char *open) {
  int depth = 0;
  for (const char *at = open; *at;) {
    if (*at == '\'' || *at == '"') {
      at = behind_quotes(at);
      continue;
    }
    if (*at == '(' || *at == '[') depth++;
    if ((*at == ')' || *at == ']') && --depth == 0) return at + 1;
    at++;
  }
  return open + strlen(open);
}

const char *find_assignment(const char *text) {
  for (const char *at = text; *at;) {
    if (*at == '(' || *at == '[') at = behind_bracket(at);
    else if (*at == '\'' || *at == '"') at = behind_quotes(at);
    else if (at[0] == '=' && at[1] == '=') at += 2;
    else if (*at == '=' && (at == text || !strchr("/<>", at[-1]))) return at;
    else at++;
  }
  return NULL;
}

/* -- Reading -- */

struct reader {
  const char *source;
  size_t at, line_start;
  int line;
  const char *error;
  int error_line;
};

static void advance(struct reader *reader) {
  if (reader->source[reader->at++] != '\n') return;
  reader->line++;
  reader->line_start = reader->at;
}

/* At a `&`: whether nothing but a comment follows in its line. */
static int continues(const struct reader *reader) {
  const char *at = reader->source + reader->at + 1;
  at += strspn(at, " \t\r");
  return *at == '\n' || *at == '!';
}

/* To the text of the next line that is not a comment; a `&` may stand before it. */
static void skip_to_continuation(struct reader *reader) {
  const char *source = reader->source;
  do {
    while (source[reader->at] && source[reader->at] != '\n') advance(reader);
    if (source[reader->at]) advance(reader);
    while (source[reader->at] == ' ' || source[reader->at] == '\t') advance(reader);
  } while (source[reader->at] == '!' || source[reader->at] == '\n');
  if (source[reader->at] == '&') advance(reader);
}

static void add_blank(struct text *text) {
  if (text->length > 0 && text->bytes[text->length - 1] != ' ') text_puts(text, " ");
}

static void read_quoted(struct reader *reader, struct text *text) {
  char quote = reader->source[reader->at];
  int line = reader->line;
  text_add(text, &quote, 1);
  advance(reader);
  while (reader->source[reader->at] && reader->source[reader->at] != quote && reader->source[reader->at] != '\n') {
    if (reader->source[reader->at] == '&' && continues(reader)) {
      skip_to_continuation(reader);
      continue;
    }
    text_add(text, reader->source + reader->at, 1);
    advance(reader);
  }
  if (reader->source[reader->at] != quote) {
    if (!reader->error) reader->error = "a text is never closed", reader->error_line = line;
    return;
  }
  text_add(text, &quote, 1);
  advance(reader);
}

static void read_byte(struct reader *reader, struct text *text) {
  char byte = (char)tolower((unsigned char)reader->source[reader->at]);
  if (byte == ' ' || byte == '\t' || byte == '\r') add_blank(text);
  else text_add(text, &byte, 1);
  advance(reader);
}

/* Up to the end of the line or the semicolon; false at the end of the source. */
static int read_one(struct reader *reader, struct statement *statement) {
  const char *source = reader->source;
  struct text text = {0};
  while (source[reader->at] && strchr(" \t\r\n;", source[reader->at])) advance(reader);
  if (!source[reader->at]) return 0;
  statement->start = reader->at;
  statement->line = reader->line;
  statement->column = (int)(reader->at - reader->line_start) + 1;
  while (source[reader->at] && source[reader->at] != '\n' && source[reader->at] != ';') {
    if (source[reader->at] == '!') break;
    if (source[reader->at] == '&' && continues(reader)) skip_to_continuation(reader);
    else if (source[reader->at] == '\'' || source[reader->at] == '"') read_quoted(reader, &text);
    else read_byte(reader, &text);
  }
  statement->end = reader->at;
  while (source[reader->at] == '!') while (source[reader->at] && source[reader->at] != '\n') advance(reader);
  while (text.length > 0 && text.bytes[text.length - 1] == ' ') text.bytes[--text.length] = '\0';
  statement->text = copy(text_string(&text), text.length);
  text_clear(&text);
  return 1;
}

/* -- What a statement is -- */

static int is_word(const char *text, const char *word) {
  size_t length = strlen(word);
  return starts_with(text, word) && !isalnum((unsigned char)text[length]) && text[length] != '_';
}

static int begins_with_one_of(const char *text, const char *const *words) {
  for (; *words; words++)
    if (is_word(text, *words)) return 1;
  return 0;
}

static const char *const type_words[] = {"integer", "real", "complex", "logical", "character", "double precision", "double complex",
                                         "type", "class", "procedure", NULL};

static int is_type_declaration(const char *text) {
  if (!begins_with_one_of(text, type_words) || is_word(text, "type is") || is_word(text, "class is") || is_word(text, "class default"))
    return 0;
  const char *behind = text + strlen(word_at(text));
  if (is_word(text, "double precision") || is_word(text, "double complex")) behind = text + strlen("double ") + strlen(word_at(text + 7));
  behind += strspn(behind, " ");
  if (*behind == '(') behind = behind_bracket(behind);
  if (*behind == '*') behind += 1 + strspn(behind + 1, " 0123456789");
  behind += strspn(behind, " ");
  return isalpha((unsigned char)*behind) || *behind == ',' || starts_with(behind, "::");
}

/* `pure integer function f(x)`: the header of a procedure. */
static int is_procedure_header(const char *text) {
  static const char *const prefixes[] = {"pure", "impure", "elemental", "recursive", "non_recursive", "module", NULL};
  while (begins_with_one_of(text, prefixes)) {
    text += strlen(word_at(text));
    text += strspn(text, " ");
  }
  if (is_word(text, "subroutine") || is_word(text, "function")) return isalpha((unsigned char)text[strlen(word_at(text)) + 1]);
  if (!begins_with_one_of(text, type_words)) return 0;
  const char *function = find_word(text, "function");
  const char *quote = strpbrk(text, "'\"="), *colons = strstr(text, "::");
  return function && (!quote || quote > function) && (!colons || colons > function) && isalpha((unsigned char)function[8 + strspn(function + 8, " ")]);
}

static int is_unit_header(const char *text) {
  static const char *const units[] = {"module", "program", "submodule", "block data", NULL};
  if (find_assignment(text) || !begins_with_one_of(text, units) || is_word(text, "module procedure")) return 0;
  return !is_procedure_header(text);
}

/* Of a derived type or an interface, which have an end of their own. */
static int is_block_header(const char *text) {
  if (is_word(text, "interface") || is_word(text, "abstract interface") || starts_with(text, "enum,") || starts_with(text, "enum ,")) return 1;
  if (!is_word(text, "type") || is_word(text, "type is")) return 0;
  const char *behind = text + 4 + strspn(text + 4, " ");
  return *behind == ',' || starts_with(behind, "::") || isalpha((unsigned char)*behind);
}

static int is_end_of(const char *text, const char *const *words) {
  if (!is_word(text, "end") && !starts_with(text, "end")) return 0;
  const char *behind = text + 3 + strspn(text + 3, " ");
  return begins_with_one_of(behind, words);
}

static enum statement_kind kind_of(const char *text) {
  static const char *const specifications[] = {"parameter", "dimension", "save", "external", "intrinsic", "common", "equivalence",
                                               "namelist", "data", "target", "pointer", "allocatable", "public", "private", "import", NULL};
  const char *assignment = find_assignment(text);
  if (is_word(text, "use")) return assignment && !strchr(text, ',') ? EXECUTABLE : USE;
  if (is_word(text, "implicit")) return IMPLICIT;
  if (strcmp(text, "contains") == 0 || strcmp(text, "end") == 0) return NOTHING;
  if (is_type_declaration(text)) return SPECIFICATION;
  if (begins_with_one_of(text, specifications)) {
    const char *behind = text + strlen(word_at(text)) + 1;
    int is_list = isalpha((unsigned char)*behind) || text[strlen(word_at(text))] == '(' || *behind == ':' || *behind == '/' || !*behind;
    int is_value = assignment && !starts_with(text, "parameter");
    return is_list && !is_value ? SPECIFICATION : EXECUTABLE;
  }
  return EXECUTABLE;
}

static int is_expression(const char *text) {
  static const char *const words[] = {"call", "if", "do", "select", "where", "forall", "allocate", "deallocate", "nullify", "print", "write",
                                      "read", "open", "close", "inquire", "rewind", "backspace", "endfile", "flush", "wait", "return", "stop",
                                      "error", "exit", "cycle", "continue", "goto", "go", "else", "elseif", "elsewhere", "case", "entry",
                                      "format", "block", "associate", "critical", "sync", "lock", "unlock", "pause", "assign", "contains",
                                      "include", "class", "type", "enddo", "endif", "rank", NULL};
  int is_label = isdigit((unsigned char)*text) && isalpha((unsigned char)text[strspn(text, "0123456789 ")]);
  return !is_label && !begins_with_one_of(text, words) && !is_word(text, "end") && !find_assignment(text) && !starts_with(text, "end ") &&
         !starts_with(text, "#") && !(strchr(text, ':') && isalpha((unsigned char)*text) && begins_with_one_of(strchr(text, ':') + 2, words));
}

/* -- Units: many statements, one item -- */

static const char *const unit_ends[] = {"function", "subroutine", "module", "program", "submodule", "procedure", "block data", "interface", NULL};
static const char *const type_ends[] = {"type", "enum", NULL};

static int opens_unit(const char *text) {
  return is_procedure_header(text) || is_unit_header(text) || is_word(text, "interface") || is_word(text, "abstract interface");
}

/* The index of the statement that ends the unit, or -1. */
static int end_of_unit(const struct statements *statements, int first) {
  int depth = 0, is_type = is_block_header(statements->list[first].text) && !opens_unit(statements->list[first].text);
  for (int i = first; i < statements->count; i++) {
    const char *text = statements->list[i].text;
    if (is_type && i > first && is_end_of(text, type_ends)) return i;
    if (is_type) continue;
    if (opens_unit(text)) depth++;
    else if ((strcmp(text, "end") == 0 || is_end_of(text, unit_ends)) && --depth == 0) return i;
  }
  return -1;
}

static enum statement_kind kind_of_unit(const char *text) {
  return is_unit_header(text) ? WHOLE_UNIT : is_procedure_header(text) ? PROCEDURE : SPECIFICATION;
}

static void join(struct statements *statements, int first, int last) {
  struct text text = {0};
  for (int i = first; i <= last; i++) text_printf(&text, "%s%s", i > first ? "\n" : "", statements->list[i].text);
  statements->list[first].end = statements->list[last].end;
  statements->list[first].text = copy(text_string(&text), text.length);
  memmove(&statements->list[first + 1], &statements->list[last + 1], (size_t)(statements->count - last - 1) * sizeof *statements->list);
  statements->count -= last - first;
  text_clear(&text);
}

/* Within BLOCK, declarations are the block's own. */
static void classify(struct statements *statements) {
  int blocks = 0;
  for (int i = 0; i < statements->count; i++) {
    struct statement *statement = &statements->list[i];
    int is_unit = blocks == 0 && (opens_unit(statement->text) || is_block_header(statement->text));
    int last = is_unit ? end_of_unit(statements, i) : i;
    if (last < 0) {
      statements->error = format("'%s' is never ended", copy(statement->text, strcspn(statement->text, "\n")));
      statements->error_line = statement->line;
      return;
    }
    blocks += strcmp(statement->text, "block") == 0 || (strstr(statement->text, ": block") && !strchr(statement->text, '\''));
    blocks -= blocks > 0 && (starts_with(statement->text, "end block") || starts_with(statement->text, "endblock"));
    statement->kind = is_unit ? kind_of_unit(statement->text) : blocks > 0 ? EXECUTABLE : kind_of(statement->text);
    if (last > i) join(statements, i, last);
  }
}

struct statements read_statements(const char *source) {
  struct reader reader = {.source = source, .line = 1};
  struct statements statements = {0};
  struct statement statement = {0};
  int capacity = 0;
  while (read_one(&reader, &statement)) {
    if (statements.count == capacity) {
      struct statement *list = allocate((size_t)(capacity = capacity * 2 + 32) * sizeof *list);
      if (statements.count > 0) memcpy(list, statements.list, (size_t)statements.count * sizeof *list);
      statements.list = list;
    }
    if (*statement.text) statements.list[statements.count++] = statement;
  }
  statements.error = reader.error;
  statements.error_line = reader.error_line;
  if (!statements.error) classify(&statements);
  if (statements.count > 0 && !statements.error) {
    struct statement *last = &statements.list[statements.count - 1];
    if (last->kind == EXECUTABLE && is_expression(last->text)) last->kind = SHOWN;
  }
  return statements;
}
