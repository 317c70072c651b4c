/* Text that grows, and memory that lasts as long as the work on one request. */
#ifndef TEXT_H
#define TEXT_H
#include <stddef.h>

struct text {
  char *bytes; /* always ends with a NUL, once something was added */
  size_t length, capacity;
};

void text_add(struct text *text, const char *bytes, size_t length);
void text_puts(struct text *text, const char *string);
__attribute__((format(printf, 2, 3))) void text_printf(struct text *text, const char *format, ...);
/* Its bytes, never NULL. */
const char *text_string(const struct text *text);
void text_clear(struct text *text);
/* The whole file's content, with a NUL behind it, or NULL; malloc'ed. */
char *read_file(const char *path);
/* 0, or -1 with errno set. */
int write_file(const char *path, const char *bytes, size_t length);

/* Memory until forget_all(). Both end the process where there is none. */
void *allocate(size_t size);
char *copy(const char *bytes, size_t length);
__attribute__((format(printf, 1, 2))) char *format(const char *format, ...);
void forget_all(void);

/* Memory that stays. */
char *keep(const char *string);

int starts_with(const char *string, const char *prefix);
/* Where `word` stands in the text as a whole identifier, or NULL. */
const char *find_word(const char *text, const char *word);
int is_word_byte(int byte);

#endif
