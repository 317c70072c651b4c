/*
 * The user's entry in /etc/passwd and /etc/shadow, see passwd(5) and shadow(5). Whoever has the id already is renamed, as
 * agents expect; who has the name alone is given the id.
 */
#include "entrypoint.h"

enum { NAME, PASSWORD, ID, GROUP, COMMENT, FOLDER, SHELL, FIELDS };

static const char *const SHELLS[] = {
    "/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash", "/bin/sh",       "/bin/ash",      "/bin/dash",
    "/bin/zsh",  "/usr/bin/zsh",  "/usr/bin/fish",       "/bin/mksh",     "/bin/ksh",
};

const char *find_shell(void) {
  for (size_t at = 0; at < LENGTH(SHELLS); at++)
    if (is_program(SHELLS[at])) return SHELLS[at];
  return NULL;
}

static long id_in(const struct entry *entry) {
  return entry->count > ID ? number_of(entry->fields[ID], 0xfffffffe) : -1;
}

struct found {
  struct text name;
  int has_id, has_name, has_shadow;
};

/* Of several with the id, the first is the one that programs see. */
static struct found look(struct table *users, unsigned id) {
  struct found found = {.name = {"", 0}};
  struct entry entry;
  while (next_entry(users, &entry)) {
    if (entry.count > 0 && is(entry.fields[NAME], USER)) found.has_name = 1;
    if (found.has_id || id_in(&entry) != (long)id) continue;
    found.has_id = 1;
    found.name = entry.fields[NAME];
  }
  rewind_table(users);
  return found;
}

static void become_user(struct entry *entry, const struct identity *identity) {
  const char *shell = find_shell();
  while (entry->count < FIELDS) entry->fields[entry->count++] = text_of("");
  entry->fields[NAME] = text_of(USER);
  entry->fields[ID] = text_of(digits_of(identity->user, take(24)));
  entry->fields[GROUP] = text_of(digits_of(identity->group, take(24)));
  entry->fields[FOLDER] = text_of(HOME);
  if (shell) entry->fields[SHELL] = text_of(shell);
}

static void add_user(struct table *users, const struct identity *identity, int has_shadow) {
  struct entry entry = {.count = 0};
  become_user(&entry, identity);
  entry.fields[PASSWORD] = text_of(has_shadow ? "x" : "*");
  entry.fields[COMMENT] = text_of("User");
  put_entry(users, &entry);
}

static long write_users(struct table *users, const struct identity *identity, struct found found) {
  int is_done = 0;
  struct entry entry;
  while (next_entry(users, &entry)) {
    int is_named = entry.count > 0 && is(entry.fields[NAME], USER);
    int is_ours = found.has_id ? id_in(&entry) == (long)identity->user : is_named;
    if (!is_done && is_ours) {
      become_user(&entry, identity);
      put_entry(users, &entry);
      is_done = 1;
    } else if (is_named) {
      /* The name is the other's now, or it stands here twice. */
    } else {
      int ends_here = !is_done && !found.has_id && !found.has_name && is_of_network(&entry);
      if (ends_here) add_user(users, identity, found.has_shadow);
      is_done |= ends_here;
      put_line(users, entry.line);
    }
  }
  if (!is_done) add_user(users, identity, found.has_shadow);
  return close_table(users);
}

/* Who is renamed keeps the password; a new user has none that fits, and may log in by key. */
static long write_shadow(struct table *shadow, struct text former) {
  int is_there = 0;
  struct entry entry;
  while (next_entry(shadow, &entry)) {
    int is_former = former.length > 0 && entry.count > 0 && same(entry.fields[NAME], former);
    int is_named = entry.count > 0 && is(entry.fields[NAME], USER);
    if (is_named && (is_there || former.length > 0)) continue;
    if (is_former) entry.fields[NAME] = text_of(USER);
    if (is_former && is_there) continue;
    is_there |= is_former || is_named;
    if (is_former) put_entry(shadow, &entry);
    else put_line(shadow, entry.line);
  }
  if (!is_there) put_fields(shadow, USER, "*", "", "0", "99999", "7", "", "", "", NULL);
  return close_table(shadow);
}

static void tell_table(const char *path, long failure) {
  tell(path, " stays as it is, so the user '" USER "' may have no name or groups there: ", reason(failure), NULL);
}

void enter_user(struct identity *identity) {
  struct table users, shadow;
  long failure = open_table("/etc/passwd", &users), shadow_failure = open_table("/etc/shadow", &shadow);
  struct found found = {.name = {"", 0}};
  if (!failure) {
    found = look(&users, identity->user);
    found.has_shadow = !shadow_failure && shadow.file.is_there;
    failure = write_users(&users, identity, found);
  }
  if (failure) tell_table("/etc/passwd", failure);
  struct text former = is(found.name, USER) ? text_of("") : found.name;
  if (!failure && found.has_shadow) shadow_failure = write_shadow(&shadow, former);
  if (shadow_failure) tell_table("/etc/shadow", shadow_failure);
  enter_groups(identity, failure ? text_of("") : former);
}

long unused_user_id(const struct identity *identity, long from) {
  enum { IDS = 65536 };
  static uint8_t used[IDS];
  static int is_read;
  struct table users;
  struct entry entry;
  if (!is_read && open_table("/etc/passwd", &users) == 0)
    while (next_entry(&users, &entry))
      if (id_in(&entry) >= 0 && id_in(&entry) < IDS) used[id_in(&entry)] = 1;
  is_read = 1;
  if (from > IDS) from = IDS;
  while (--from > 0)
    if (!used[from] && from != (long)identity->user) return from;
  return -1;
}
