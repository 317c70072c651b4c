/* The value of a cell's last expression, as C writes values. The kinds are numbered in language-c.c. */
#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 18, POINTER = 32, TEXTS = 50, MOST_SHOWN = 100 };

static void show_letter(unsigned char letter, char quote) {
  static const char escapes[] = "\aa\bb\ff\nn\rr\tt\vv\\\\";
  const char *escape = letter ? strchr(escapes, letter) : NULL;
  if (escape && (escape - escapes) % 2 == 0) printf("\\%c", escape[1]);
  else if (letter == (unsigned char)quote) printf("\\%c", quote);
  else if (letter < 0x20 || letter == 0x7f || (letter >= 0x80 && quote == '\'')) printf("\\%o", letter);
  else putchar(letter);
}

static void show_text(const char *text, size_t length) {
  putchar('"');
  for (size_t i = 0; i < length && text[i]; i++) show_letter((unsigned char)text[i], '"');
  putchar('"');
}

static int is_same(long double a, long double b, int digits) {
  return digits == 9 ? (float)a == (float)b : digits == 17 ? (double)a == (double)b : a == b;
}

/* With as many digits as tell it from its neighbours, and without an exponent where that is not long. */
static void show_real(long double value, int digits) {
  char text[64];
  int precision = 0, exponent = value == 0 ? 0 : (int)floorl(log10l(fabsl(value)));
  do snprintf(text, sizeof text, "%.*Lg", ++precision, value);
  while (precision < digits && !is_same(strtold(text, NULL), value, digits));
  if (exponent >= precision && exponent < 16) snprintf(text, sizeof text, "%.*Lg", exponent + 1, value);
  printf("%s%s", text, strspn(text, "-0123456789") == strlen(text) ? ".0" : "");
}

static void show_whole(const void *value, size_t size) {
  __int128 number = 0;
  char digits[48], *at = digits + sizeof digits - 1;
  memcpy(&number, value, size < sizeof number ? size : sizeof number);
  *at = '\0';
  int is_negative = size == sizeof number && number < 0;
  unsigned __int128 rest = is_negative ? -(unsigned __int128)number : (unsigned __int128)number;
  do *--at = (char)('0' + (int)(rest % 10));
  while ((rest /= 10) > 0);
  printf("%s%s", is_negative ? "-" : "", at);
}

static void show_bytes(const unsigned char *bytes, size_t size) {
  printf("{%zu bytes:", size);
  for (size_t i = 0; i < size && i < MOST_SHOWN; i++) printf(" %02x", bytes[i]);
  printf("%s}", size > MOST_SHOWN ? " ..." : "");
}

#define AS(type) (*(const type *)value)

static size_t show_one(int kind, const void *value, size_t size) {
  switch (kind) {
    case 1: return printf("%s", AS(_Bool) ? "true" : "false"), sizeof(_Bool);
    case 2: return putchar('\''), show_letter(AS(unsigned char), '\''), putchar('\''), 1;
    case 3: return printf("%d", AS(signed char)), 1;
    case 4: return printf("%d", AS(unsigned char)), 1;
    case 5: return printf("%d", AS(short)), sizeof(short);
    case 6: return printf("%d", AS(unsigned short)), sizeof(short);
    case 7: return printf("%d", AS(int)), sizeof(int);
    case 8: return printf("%u", AS(unsigned)), sizeof(unsigned);
    case 9: return printf("%ld", AS(long)), sizeof(long);
    case 10: return printf("%lu", AS(unsigned long)), sizeof(long);
    case 11: return printf("%lld", AS(long long)), sizeof(long long);
    case 12: return printf("%llu", AS(unsigned long long)), sizeof(long long);
    case 13: return show_real(AS(float), 9), sizeof(float);
    case 14: return show_real(AS(double), 17), sizeof(double);
    case 15: return show_real(AS(long double), 21), sizeof(long double);
    case 16: return printf("%g%+gi", crealf(AS(float _Complex)), cimagf(AS(float _Complex))), sizeof(float _Complex);
    case 17: return printf("%g%+gi", creal(AS(double _Complex)), cimag(AS(double _Complex))), sizeof(double _Complex);
    case TEXT: return AS(char *) ? show_text(AS(char *), SIZE_MAX) : (void)printf("NULL"), sizeof(char *);
    case -1: case -2: case -3: case -4: return show_whole(value, size), size;
    default: break;
  }
  if (kind > POINTER || kind == -5) return AS(void *) ? printf("%p", AS(void *)) : printf("NULL"), sizeof(void *);
  return show_bytes(value, size), size;
}

static int element_kind(int kind) {
  return kind == TEXTS ? TEXT : kind > POINTER ? kind - POINTER : 0;
}

/* `value` points to the array's first element, as arrays do. */
static void show_array(int kind, const char *value, size_t size) {
  size_t at = 0;
  if (kind == TEXT) return show_text(value, size);
  if (!element_kind(kind)) return show_bytes((const unsigned char *)value, size);
  putchar('{');
  for (int shown = 0; at < size; shown++) {
    if (shown > 0) printf(", ");
    if (shown == MOST_SHOWN) {
      printf("...");
      break;
    }
    at += show_one(element_kind(kind), value + at, size - at);
  }
  putchar('}');
}

#define EXPORTED __attribute__((visibility("default")))

/* `size` is that of the expression itself: an array's, where `value` is already its first element's address. */
EXPORTED void krunner_show(int kind, const void *value, unsigned long size, int is_array) {
  /* The name of a function is one too, and its size is 1. */
  if (is_array && (size > 1 || kind != -5)) show_array(kind, *(const char *const *)value, size);
  else show_one(kind, value, size);
  putchar('\n');
}

/* -- For C++, whose templates do the rest: show.hpp -- */

EXPORTED void krunner_show_one(int kind, const void *value, unsigned long size) {
  show_one(kind, value, size);
}

EXPORTED void krunner_show_text(const char *text, unsigned long length) {
  show_text(text, length);
}

EXPORTED void krunner_write(const char *text) {
  fputs(text, stdout);
}

/* The type's name is in that of a function: "... [with T = int]", "... [T = int]". */
EXPORTED void krunner_show_object(const char *type, const void *address) {
  const char *name = strstr(type, "T = ");
  name = name ? name + 4 : type;
  size_t length = strlen(name);
  if (length > 0 && name[length - 1] == ']') length--;
  printf("<%.*s at %p>", (int)length, name, address);
}
