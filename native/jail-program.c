#include "jail.h"
#include "system-call.h"
#include <sys/mman.h>
#include <sys/stat.h>

/* `at` moves behind what is returned. */
static const void *take(const char **at, size_t bytes) {
  const void *found = *at;
  *at += bytes;
  return found;
}

static size_t size_of(const struct jail_head *head) {
  size_t calls = (size_t)head->fork_calls + head->exec_calls + head->killed_calls;
  return sizeof *head + head->limits * sizeof(struct jail_limit) + calls * sizeof(uint32_t) +
         head->instructions * sizeof(struct sock_filter);
}

/* It is sealed: what is checked here stays so. */
int read_program(int fd, struct jail_program *program) {
  struct stat file;
  if (CALL(fstat, fd, &file, 0) < 0 || file.st_size < (long)sizeof(struct jail_head)) return 0;
  long mapped = system_call(SYS_mmap, 0, file.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (mapped < 0) return 0;
  const char *at = (const char *)mapped;
  const struct jail_head *head = take(&at, sizeof *head);
  if (head->magic != JAIL_MAGIC || size_of(head) != (size_t)file.st_size) return 0;
  program->head = head;
  program->limits = take(&at, head->limits * sizeof *program->limits);
  program->fork_calls = take(&at, head->fork_calls * sizeof(uint32_t));
  program->exec_calls = take(&at, head->exec_calls * sizeof(uint32_t));
  program->killed_calls = take(&at, head->killed_calls * sizeof(uint32_t));
  program->filter = take(&at, 0);
  return 1;
}
