#include "entrypoint.h"

/* The last one means "none" to the kernel. */
enum { MOST_GROUPS = 65536 };
static const long LARGEST_ID = 0xfffffffe;
/* Where nobody says another one, as agents have it. */
static const char DEFAULT_ID[] = "9001";

static unsigned id_of(const char *name) {
  const char *value = variable(name);
  if (!value || !*value) value = DEFAULT_ID;
  long id = number_of(text_of(value), LARGEST_ID);
  if (id < 0) fail(name, " is '", value, "': give a number from 0 to 4294967294", NULL);
  set_variable(name, value);
  return (unsigned)id;
}

static struct text trimmed(struct text text) {
  while (text.length && text.bytes[0] == ' ') text.bytes++, text.length--;
  while (text.length && text.bytes[text.length - 1] == ' ') text.length--;
  return text;
}

void add_group(struct identity *identity, unsigned group) {
  if (group == identity->group || identity->other_count == MOST_GROUPS) return;
  for (size_t at = 0; at < identity->other_count; at++)
    if (identity->others[at] == group) return;
  identity->others[identity->other_count++] = group;
}

static void read_groups(struct identity *identity, const char *value) {
  struct text rest = text_of(value);
  while (rest.bytes) {
    struct text word = trimmed(cut(&rest, ','));
    if (word.length == 0) continue;
    long id = number_of(word, LARGEST_ID);
    if (id < 0) fail("ADDITIONAL_GIDS is '", value, "': give numbers from 0 to 4294967294 with commas between", NULL);
    add_group(identity, (unsigned)id);
  }
  identity->wanted_count = identity->other_count;
}

void read_identity(struct identity *identity) {
  identity->user = id_of("LOCAL_USER_ID");
  identity->group = id_of("LOCAL_GROUP_ID");
  identity->others = take(MOST_GROUPS * sizeof *identity->others);
  const char *groups = variable("ADDITIONAL_GIDS");
  if (groups) read_groups(identity, groups);
}
