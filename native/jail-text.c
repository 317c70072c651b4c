#include "jail.h"
#include "system-call.h"
#include <errno.h>

void add_text(struct line *line, const char *text) {
  size_t length = length_of(text);
  if (length > sizeof line->bytes - line->length) return;
  memcpy(line->bytes + line->length, text, length);
  line->length += length;
}

void add_number(struct line *line, unsigned long number) {
  char digits[24];
  size_t at = sizeof digits;
  digits[--at] = '\0';
  do digits[--at] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  add_text(line, digits + at);
}

unsigned long number_of(const char *text) {
  unsigned long number = 0;
  for (; *text >= '0' && *text <= '9'; text++) number = number * 10 + (unsigned long)(*text - '0');
  return number;
}

void write_line(int fd, const struct line *line) {
  for (size_t at = 0; at < line->length;) {
    long count = CALL(write, fd, line->bytes + at, line->length - at);
    if (count == -EINTR) continue;
    if (count <= 0) return;
    at += (size_t)count;
  }
}
