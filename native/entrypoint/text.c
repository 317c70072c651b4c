#include "entrypoint.h"
#include "../system-call.h"
#include <sys/mman.h>

enum { BLOCK = 256 * 1024 };

void *take(size_t length) {
  static char *block;
  static size_t left;
  length = (length + 15) & ~(size_t)15;
  if (length > left) {
    left = length > BLOCK ? length : BLOCK;
    long mapped = system_call(SYS_mmap, 0, (long)left, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped < 0 && mapped > -4096) fail("there is no memory left", NULL);
    block = (char *)mapped;
  }
  char *taken = block;
  block += length;
  left -= length;
  return taken;
}

struct text text_of(const char *bytes) {
  return (struct text){bytes, length_of(bytes)};
}

int same(struct text a, struct text b) {
  return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

int is(struct text text, const char *word) {
  return same(text, text_of(word));
}

long number_of(struct text text, long most) {
  long number = 0;
  if (text.length == 0) return -1;
  for (size_t at = 0; at < text.length; at++) {
    char digit = text.bytes[at];
    if (digit < '0' || digit > '9') return -1;
    number = number * 10 + (digit - '0');
    if (number > most) return -1;
  }
  return number;
}

const char *digits_of(long number, char *room) {
  char *at = room + 23;
  unsigned long rest = number < 0 ? -(unsigned long)number : (unsigned long)number;
  *at = '\0';
  do *--at = (char)('0' + rest % 10);
  while (rest /= 10);
  if (number < 0) *--at = '-';
  return at;
}

struct text cut(struct text *rest, char mark) {
  struct text head = *rest;
  for (size_t at = 0; at < head.length; at++) {
    if (head.bytes[at] != mark) continue;
    *rest = (struct text){head.bytes + at + 1, head.length - at - 1};
    head.length = at;
    return head;
  }
  *rest = (struct text){NULL, 0};
  return head;
}

char *joined(const char *first, ...) {
  size_t length = 0;
  va_list parts;
  va_start(parts, first);
  for (const char *part = first; part; part = va_arg(parts, const char *)) length += length_of(part);
  va_end(parts);
  char *text = take(length + 1), *at = text;
  va_start(parts, first);
  for (const char *part = first; part; part = va_arg(parts, const char *)) {
    memcpy(at, part, length_of(part));
    at += length_of(part);
  }
  va_end(parts);
  return text;
}
