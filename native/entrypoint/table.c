/* Tables such as /etc/passwd, written anew line by line: what we do not understand stays as it is. */
#include "entrypoint.h"

enum { ROOM = 4096 };

long open_table(const char *path, struct table *table) {
  long failure = read_file(path, &table->file);
  if (failure) return failure;
  table->room = table->file.content.length + ROOM;
  table->bytes = take(table->room);
  table->length = 0;
  rewind_table(table);
  return 0;
}

void rewind_table(struct table *table) {
  table->rest = table->file.content;
  if (table->rest.length == 0) table->rest.bytes = NULL;
}

int next_entry(struct table *table, struct entry *entry) {
  if (!table->rest.bytes || table->rest.length == 0) return 0;
  entry->line = cut(&table->rest, '\n');
  entry->count = 0;
  if (entry->line.length == 0 || entry->line.bytes[0] == '#' || is_of_network(entry)) return 1;
  struct text rest = entry->line;
  while (rest.bytes && entry->count < MOST_FIELDS) entry->fields[entry->count++] = cut(&rest, ':');
  /* More fields than any table has: not ours to touch. */
  if (rest.bytes) entry->count = 0;
  return 1;
}

int is_of_network(const struct entry *entry) {
  return entry->line.length > 0 && (entry->line.bytes[0] == '+' || entry->line.bytes[0] == '-');
}

void put(struct table *table, struct text text) {
  if (text.length > table->room - table->length) {
    table->room = 2 * (table->room + text.length);
    char *larger = take(table->room);
    memcpy(larger, table->bytes, table->length);
    table->bytes = larger;
  }
  memcpy(table->bytes + table->length, text.bytes, text.length);
  table->length += text.length;
}

void put_line(struct table *table, struct text line) {
  put(table, line);
  put(table, text_of("\n"));
}

void put_entry(struct table *table, const struct entry *entry) {
  for (size_t at = 0; at < entry->count; at++) {
    if (at > 0) put(table, text_of(":"));
    put(table, entry->fields[at]);
  }
  put(table, text_of("\n"));
}

void put_fields(struct table *table, const char *first, ...) {
  va_list fields;
  va_start(fields, first);
  put(table, text_of(first));
  for (const char *field = va_arg(fields, const char *); field; field = va_arg(fields, const char *)) {
    put(table, text_of(":"));
    put(table, text_of(field));
  }
  va_end(fields);
  put(table, text_of("\n"));
}

long close_table(struct table *table) {
  struct text content = {table->bytes, table->length};
  return same(content, table->file.content) ? 0 : replace_file(&table->file, content);
}
