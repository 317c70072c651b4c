/* The user's groups in /etc/group and /etc/gshadow, see group(5) and gshadow(5). */
#include "entrypoint.h"

enum { NAME, PASSWORD, ID, MEMBERS, FIELDS, ADMINISTRATORS = 2 };

/* A group that the user has been made a member of; whether the line for it is new. */
struct joined_group {
  struct joined_group *next;
  struct text name;
  int is_new, is_primary;
};

struct renaming {
  struct identity *identity;
  struct text former;
  struct joined_group *joined;
};

static long id_in(const struct entry *entry) {
  return entry->count > ID ? number_of(entry->fields[ID], 0xfffffffe) : -1;
}

static void remember(struct renaming *renaming, struct text name, int is_new, int is_primary) {
  struct joined_group *group = take(sizeof *group);
  *group = (struct joined_group){renaming->joined, name, is_new, is_primary};
  renaming->joined = group;
}

static int is_wanted(const struct identity *identity, long group) {
  for (size_t at = 0; at < identity->wanted_count; at++)
    if ((long)identity->others[at] == group) return 1;
  return 0;
}

static int has_member(struct text members, struct text name) {
  while (members.bytes)
    if (same(cut(&members, ','), name)) return 1;
  return 0;
}

/* The members, with the former name replaced, once, and the user added where it is `wanted`. */
static void put_members(struct table *table, struct text members, struct text former, int wanted) {
  int is_first = 1, is_there = 0;
  while (members.bytes) {
    struct text name = cut(&members, ',');
    if (former.length > 0 && same(name, former)) name = text_of(USER);
    if (name.length == 0 || (is(name, USER) && is_there)) continue;
    is_there |= is(name, USER);
    if (!is_first) put(table, text_of(","));
    put(table, name);
    is_first = 0;
  }
  if (!wanted || is_there) return;
  if (!is_first) put(table, text_of(","));
  put(table, text_of(USER));
}

struct found {
  int has_id, has_name;
};

static struct found look(struct table *groups, const char *name, unsigned id) {
  struct found found = {0, 0};
  struct text rest = groups->rest;
  struct entry entry;
  rewind_table(groups);
  while (next_entry(groups, &entry)) {
    if (entry.count > 0 && is(entry.fields[NAME], name)) found.has_name = 1;
    if (id_in(&entry) == (long)id) found.has_id = 1;
  }
  groups->rest = rest;
  return found;
}

static void put_group(struct table *groups, struct entry *entry, struct renaming *renaming) {
  struct identity *identity = renaming->identity;
  long id = id_in(entry);
  struct text members = entry->count > MEMBERS ? entry->fields[MEMBERS] : text_of("");
  int wanted = id >= 0 && is_wanted(identity, id);
  int is_member = has_member(members, text_of(USER)) || (renaming->former.length > 0 && has_member(members, renaming->former));
  if (id >= 0 && is_member) add_group(identity, (unsigned)id);
  if (wanted && !is_member) remember(renaming, entry->fields[NAME], 0, 0);
  if (id < 0 || (!wanted && !is_member)) {
    put_entry(groups, entry);
    return;
  }
  entry->count = MEMBERS;
  put_entry(groups, entry);
  groups->length--;
  put(groups, text_of(":"));
  put_members(groups, members, renaming->former, wanted);
  put(groups, text_of("\n"));
}

/* For an id without a group: `group44`, unless another one is called so. */
static void add_named(struct table *groups, struct renaming *renaming, unsigned id) {
  const char *digits = digits_of(id, take(24));
  const char *name = joined("group", digits, NULL);
  if (look(groups, name, id).has_name) name = joined(USER "-", name, NULL);
  put_fields(groups, name, "x", digits, USER, NULL);
  remember(renaming, text_of(name), 1, 0);
}

static void add_missing(struct table *groups, struct renaming *renaming, struct found primary) {
  struct identity *identity = renaming->identity;
  if (!primary.has_id && !primary.has_name) {
    put_fields(groups, USER, "x", digits_of(identity->group, take(24)), "", NULL);
    remember(renaming, text_of(USER), 1, 1);
  }
  for (size_t at = 0; at < identity->wanted_count; at++)
    if (!look(groups, USER, identity->others[at]).has_id) add_named(groups, renaming, identity->others[at]);
}

static long write_groups(struct renaming *renaming) {
  struct identity *identity = renaming->identity;
  struct table groups;
  struct entry entry;
  int is_added = 0;
  long failure = open_table("/etc/group", &groups);
  if (failure) return failure;
  struct found primary = look(&groups, USER, identity->group);
  while (next_entry(&groups, &entry)) {
    if (!is_added && is_of_network(&entry)) {
      add_missing(&groups, renaming, primary);
      is_added = 1;
    }
    if (entry.count == 0) {
      put_line(&groups, entry.line);
      continue;
    }
    /* Whoever has the name alone is given the id. */
    if (!primary.has_id && entry.count > ID && is(entry.fields[NAME], USER))
      entry.fields[ID] = text_of(digits_of(identity->group, take(24)));
    put_group(&groups, &entry, renaming);
  }
  if (!is_added) add_missing(&groups, renaming, primary);
  return close_table(&groups);
}

static struct joined_group *joined_as(const struct renaming *renaming, struct text name) {
  for (struct joined_group *group = renaming->joined; group; group = group->next)
    if (same(group->name, name)) return group;
  return NULL;
}

static long write_shadow(const struct renaming *renaming) {
  struct table shadow;
  struct entry entry;
  long failure = open_table("/etc/gshadow", &shadow);
  if (failure || !shadow.file.is_there) return failure;
  while (next_entry(&shadow, &entry)) {
    if (entry.count != FIELDS) {
      put_line(&shadow, entry.line);
      continue;
    }
    struct joined_group *group = joined_as(renaming, entry.fields[NAME]);
    if (group) group->is_new = 0;
    for (size_t at = 0; at < ADMINISTRATORS; at++) {
      put(&shadow, entry.fields[at]);
      put(&shadow, text_of(":"));
    }
    put_members(&shadow, entry.fields[ADMINISTRATORS], renaming->former, 0);
    put(&shadow, text_of(":"));
    put_members(&shadow, entry.fields[MEMBERS], renaming->former, group && !group->is_primary);
    put(&shadow, text_of("\n"));
  }
  for (const struct joined_group *group = renaming->joined; group; group = group->next) {
    if (!group->is_new) continue;
    put(&shadow, group->name);
    put_line(&shadow, text_of(group->is_primary ? ":!::" : ":!::" USER));
  }
  return close_table(&shadow);
}

long enter_groups(struct identity *identity, struct text former) {
  struct renaming renaming = {identity, former, NULL};
  long failure = write_groups(&renaming);
  const char *path = "/etc/group";
  if (!failure) {
    path = "/etc/gshadow";
    failure = write_shadow(&renaming);
  }
  if (failure) tell(path, " stays as it is, so the user's groups may have no names: ", reason(failure), NULL);
  return failure;
}
