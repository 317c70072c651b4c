#include "context.h"

#include <stdlib.h>
#include <string.h>

struct entry *context;

int has_name(const struct entry *entry, const char *name) {
  size_t length = strlen(name);
  for (const char *at = strstr(entry->names, name); at; at = strstr(at + 1, name))
    if ((at == entry->names || at[-1] == '\n') && (at[length] == '\n' || !at[length])) return 1;
  return 0;
}

struct entry *context_find(const char *name) {
  struct entry *found = NULL;
  for (struct entry *entry = context; entry; entry = entry->next)
    if (!entry->is_leaving && has_name(entry, name)) found = entry;
  return found;
}

struct entry *add_entry(struct entry **list, struct entry entry) {
  struct entry *added = malloc(sizeof *added);
  while (*list) list = &(*list)->next;
  *added = entry;
  added->next = NULL;
  added->names = keep(entry.names ? entry.names : "");
  added->text = keep(entry.text);
  added->identity = keep(entry.identity ? entry.identity : "");
  added->scope = keep(entry.scope ? entry.scope : "");
  return *list = added;
}

static void free_entry(struct entry *entry) {
  free(entry->names);
  free(entry->text);
  free(entry->identity);
  free(entry->scope);
  free(entry);
}

void free_entries(struct entry **list) {
  while (*list) {
    struct entry *next = (*list)->next;
    free_entry(*list);
    *list = next;
  }
}

void remove_leaving(void) {
  for (struct entry **link = &context; *link;) {
    struct entry *entry = *link;
    if (!entry->is_leaving) {
      link = &entry->next;
      continue;
    }
    *link = entry->next;
    free_entry(entry);
  }
}

/* -- Symbols: what the libraries define, whatever is still declared -- */

struct symbol {
  struct symbol *next;
  char *name, *identity;
  int version;
};

static struct symbol *symbols;

static struct symbol *find_symbol(const char *name) {
  struct symbol *symbol = symbols;
  while (symbol && strcmp(symbol->name, name) != 0) symbol = symbol->next;
  return symbol;
}

int version_of_symbol(const char *name, const char *identity, int cell) {
  struct symbol *symbol = find_symbol(name);
  if (!symbol) return 0;
  return strcmp(symbol->identity, identity) == 0 ? symbol->version : cell;
}

void note_symbol(const char *name, const char *identity, int version) {
  struct symbol *symbol = find_symbol(name);
  if (!symbol) {
    symbol = calloc(1, sizeof *symbol);
    symbol->next = symbols;
    symbol->name = keep(name);
    symbols = symbol;
  }
  free(symbol->identity);
  symbol->identity = keep(identity);
  symbol->version = version;
}

void forget_context(void) {
  free_entries(&context);
  while (symbols) {
    struct symbol *next = symbols->next;
    free(symbols->name);
    free(symbols->identity);
    free(symbols);
    symbols = next;
  }
}
