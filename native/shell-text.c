#include "shell.h"

void add_bytes(struct line *line, const char *bytes, size_t length) {
  if (length >= sizeof line->bytes - line->length) return;
  memcpy(line->bytes + line->length, bytes, length);
  line->length += length;
  line->bytes[line->length] = '\0';
}

void add_text(struct line *line, const char *text) {
  add_bytes(line, text, length_of(text));
}

void add_number(struct line *line, long number) {
  char digits[24];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + number % 10);
  while ((number /= 10) > 0);
  add_bytes(line, digits + at, sizeof digits - at);
}

long take_number(const char **text) {
  long number = 0;
  while (**text == ' ') ++*text;
  if (**text < '0' || **text > '9') return -1;
  for (; **text >= '0' && **text <= '9' && number < 1L << 40; ++*text) number = number * 10 + (**text - '0');
  return number;
}
