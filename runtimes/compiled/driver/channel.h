/* The driver protocol, docs/adding-a-language.md: requests on fd 3, reports on fd 4. */
#ifndef CHANNEL_H
#define CHANNEL_H
#include <stddef.h>

struct request {
  char type[16];
  long id, cursor;
  char *payload; /* malloc'ed, a NUL behind it */
  size_t length;
};

/* Moves both descriptors out of the way of user code. Call it first. */
void open_channel(void);
/* The descriptor that requests come from. */
int channel_input(void);
/* For a child that must not speak. */
void close_channel(void);
/* The next request; 0 at the end of input, or where it is garbage. */
int read_request(struct request *request);
/* One report: a header line's fields, then the payload. */
void send_report(const char *fields, const char *payload, size_t length);

#endif
