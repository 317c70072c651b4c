#include "text.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void *must(void *memory) {
  if (!memory) {
    fputs("the driver is out of memory\n", stderr);
    _exit(1);
  }
  return memory;
}

void text_add(struct text *text, const char *bytes, size_t length) {
  if (text->length + length + 1 > text->capacity) {
    text->capacity = (text->length + length + 1) * 2;
    text->bytes = must(realloc(text->bytes, text->capacity));
  }
  if (length > 0) memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
  text->bytes[text->length] = '\0';
}

void text_puts(struct text *text, const char *string) {
  text_add(text, string, strlen(string));
}

void text_printf(struct text *text, const char *format, ...) {
  char *line = NULL;
  va_list arguments;
  va_start(arguments, format);
  int length = vasprintf(&line, format, arguments);
  va_end(arguments);
  if (length > 0) text_add(text, line, (size_t)length);
  free(line);
}

const char *text_string(const struct text *text) {
  return text->bytes ? text->bytes : "";
}

void text_clear(struct text *text) {
  free(text->bytes);
  memset(text, 0, sizeof *text);
}

char *read_file(const char *path) {
  struct text text = {0};
  char chunk[65536];
  ssize_t count;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return NULL;
  while ((count = read(fd, chunk, sizeof chunk)) > 0) text_add(&text, chunk, (size_t)count);
  close(fd);
  text_add(&text, "", 0);
  return text.bytes;
}

int write_file(const char *path, const char *bytes, size_t length) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return -1;
  while (length > 0) {
    ssize_t count = write(fd, bytes, length);
    if (count <= 0) break;
    bytes += count;
    length -= (size_t)count;
  }
  return close(fd) == 0 && length == 0 ? 0 : -1;
}

/* -- Memory of one request: blocks in a list -- */

struct block {
  struct block *next;
  size_t used, size;
  _Alignas(16) char bytes[];
};

static struct block *blocks;

void *allocate(size_t size) {
  size = (size + 15) & ~(size_t)15;
  if (!blocks || blocks->used + size > blocks->size) {
    size_t room = size > 65536 ? size : 65536;
    struct block *block = must(malloc(sizeof *block + room));
    block->next = blocks;
    block->used = 0;
    block->size = room;
    blocks = block;
  }
  void *memory = blocks->bytes + blocks->used;
  blocks->used += size;
  return memset(memory, 0, size);
}

char *copy(const char *bytes, size_t length) {
  char *string = allocate(length + 1);
  if (length > 0) memcpy(string, bytes, length);
  return string;
}

char *format(const char *format, ...) {
  char *line = NULL;
  va_list arguments;
  va_start(arguments, format);
  int length = vasprintf(&line, format, arguments);
  va_end(arguments);
  char *string = copy(line, length > 0 ? (size_t)length : 0);
  free(line);
  return string;
}

void forget_all(void) {
  while (blocks) {
    struct block *next = blocks->next;
    free(blocks);
    blocks = next;
  }
}

char *keep(const char *string) {
  return must(strdup(string));
}

int starts_with(const char *string, const char *prefix) {
  return strncmp(string, prefix, strlen(prefix)) == 0;
}

int is_word_byte(int byte) {
  return isalnum(byte) || byte == '_' || byte == '$' || byte >= 0x80;
}

const char *find_word(const char *text, const char *word) {
  size_t length = strlen(word);
  for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
    int begins = at == text || !is_word_byte((unsigned char)at[-1]);
    if (begins && !is_word_byte((unsigned char)at[length])) return at;
  }
  return NULL;
}
