#include "freestanding.h"

/* The compiler calls these three by itself. */
void *memcpy(void *to, const void *from, size_t length) {
  for (size_t at = 0; at < length; at++) ((char *)to)[at] = ((const char *)from)[at];
  return to;
}

void *memset(void *to, int byte, size_t length) {
  for (size_t at = 0; at < length; at++) ((char *)to)[at] = (char)byte;
  return to;
}

int memcmp(const void *a, const void *b, size_t length) {
  for (size_t at = 0; at < length; at++) {
    int difference = ((const unsigned char *)a)[at] - ((const unsigned char *)b)[at];
    if (difference) return difference;
  }
  return 0;
}

size_t length_of(const char *text) {
  size_t length = 0;
  while (text[length]) length++;
  return length;
}

int starts_with(const char *text, const char *head) {
  while (*head && *text == *head) text++, head++;
  return !*head;
}

int is_same(const char *one, const char *other) {
  while (*one && *one == *other) one++, other++;
  return *one == *other;
}
