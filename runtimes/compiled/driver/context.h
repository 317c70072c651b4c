/*
 * What the session has declared so far. Each cell is compiled behind these declarations; definitions of
 * variables and functions are in the libraries of earlier cells.
 */
#ifndef CONTEXT_H
#define CONTEXT_H
#include "text.h"

enum entry_kind {
  KEPT_DIRECTIVE,
  KEPT_TYPE,     /* its definition */
  KEPT_VARIABLE, /* its declaration */
  KEPT_FUNCTION, /* its declaration */
  KEPT_TEXT,     /* what has to be seen whole: templates, inline functions, constants, using */
};

struct entry {
  struct entry *next;
  enum entry_kind kind;
  char *names; /* one a line; a tag of C stands behind its key: `struct point` */
  char *text;
  char *identity; /* with the same identity, a new definition of a name takes the old one's place */
  char *scope;    /* what opens the namespaces around it: `namespace a {`, or empty */
  int version;    /* of its symbols; 0: they are as written */
  int cell, line, last_line;
  /* While a cell is made. */
  int declared_by; /* counts only once this variable of the cell has its value; -1: once the cell runs */
  int is_leaving;  /* the cell replaces it */
};

extern struct entry *context;

/* The newest entry of that name, unless it is leaving; NULL. */
struct entry *context_find(const char *name);
int has_name(const struct entry *entry, const char *name);
/* A copy of all its strings, at the end of a list. */
struct entry *add_entry(struct entry **list, struct entry entry);
void free_entries(struct entry **list);
void remove_leaving(void);

/* The version of a name's symbol: 0, or that of its last definition if the identity is the same; else the cell. */
int version_of_symbol(const char *name, const char *identity, int cell);
/* Remembers it, once the definition is there. */
void note_symbol(const char *name, const char *identity, int version);
void forget_context(void);

#endif
