#include "../system-call.h"
#include "launcher.h"
#include <stdint.h>
#include <sys/mman.h>

enum { CHUNK = 1 << 16, PAGE = 4096 };

static char *room, *end;

static char *reserve(size_t size) {
  if ((size_t)(end - room) < size) {
    size_t length = (size > CHUNK ? size : CHUNK) + PAGE - 1;
    length -= length % PAGE;
    long memory = system_call(SYS_mmap, 0, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory < 0) fail("there is no memory", "");
    room = (char *)memory;
    end = room + length;
  }
  char *reserved = room;
  room += size;
  return reserved;
}

char *joined(const char *first, const char *second, const char *third) {
  const char *parts[] = {first, second, third};
  size_t size = 1;
  for (int i = 0; i < 3; i++) size += length_of(parts[i]);
  char *text = reserve(size), *at = text;
  for (int i = 0; i < 3; i++) {
    size_t length = length_of(parts[i]);
    memcpy(at, parts[i], length);
    at += length;
  }
  *at = '\0';
  return text;
}

void lay_out(char **list, int count) {
  size_t size = 0;
  for (int i = 0; i < count; i++) size += length_of(list[i]) + 1;
  char *at = reserve(size);
  for (int i = 0; i < count; i++) {
    size_t length = length_of(list[i]) + 1;
    memcpy(at, list[i], length);
    list[i] = at;
    at += length;
  }
}

_Noreturn void fail(const char *what, const char *path) {
  const char *parts[] = {"krunner: ", what, path, "\n"};
  for (int i = 0; i < 4; i++) CALL(write, 2, parts[i], length_of(parts[i]));
  for (;;) CALL(exit_group, 127, 0, 0);
}
