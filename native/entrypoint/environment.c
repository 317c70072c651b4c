#include "entrypoint.h"
#include "../system-call.h"
#include <sys/resource.h>

char **environment;
static size_t count, room;

static void grow(size_t wanted) {
  if (wanted < room) return;
  char **larger = take((wanted + 32) * sizeof *larger);
  memcpy(larger, environment, count * sizeof *larger);
  environment = larger;
  room = wanted + 32;
}

void begin_environment(char **env) {
  size_t there = 0;
  while (env[there]) there++;
  environment = env;
  count = there;
  room = 0;
  grow(count + 1);
  environment[count] = NULL;
}

/* Where it is in the environment, or its end. */
static size_t place_of(const char *name) {
  size_t at = 0, length = length_of(name);
  while (at < count && !(starts_with(environment[at], name) && environment[at][length] == '=')) at++;
  return at;
}

const char *variable(const char *name) {
  size_t at = place_of(name);
  return at < count ? environment[at] + length_of(name) + 1 : NULL;
}

void set_variable(const char *name, const char *value) {
  size_t at = place_of(name);
  grow(count + 2);
  environment[at] = joined(name, "=", value, NULL);
  if (at == count) environment[++count] = NULL;
}

void default_variable(const char *name, const char *value) {
  if (!variable(name)) set_variable(name, value);
}

void keep_stack_limit(void) {
  struct rlimit limit;
  /* What the kernel lowers it to, see secureexec in its fs/exec.c. */
  const rlim_t sane = 8 * 1024 * 1024;
  if (CALL4(prlimit64, 0, RLIMIT_STACK, 0, &limit) < 0 || limit.rlim_cur <= sane) return;
  int is_unlimited = limit.rlim_cur == RLIM_INFINITY;
  set_variable("KRUNNER_STACK_LIMIT", is_unlimited ? "unlimited" : digits_of((long)limit.rlim_cur, take(24)));
}
