#include "channel.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

/* Higher than what programs that close "all" descriptors care for. */
enum { FIRST_PRIVATE_FD = 200, LONGEST_HEADER = 200, LARGEST_PAYLOAD = 256 * 1024 * 1024 };

static int input, output;

static int move_away(int fd) {
  int moved = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_PRIVATE_FD);
  if (moved < 0) moved = fcntl(fd, F_DUPFD_CLOEXEC, 5); /* a low limit of descriptors */
  if (moved < 0) {
    fprintf(stderr, "no control descriptor %d: %s\n", fd, strerror(errno));
    exit(1);
  }
  close(fd);
  return moved;
}

void open_channel(void) {
  input = move_away(3);
  output = move_away(4);
}

int channel_input(void) {
  return input;
}

static int read_all(char *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = read(input, bytes, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return 0;
    bytes += count;
    length -= (size_t)count;
  }
  return 1;
}

static int read_header(char *line) {
  for (int length = 0; length < LONGEST_HEADER; length++) {
    if (!read_all(line + length, 1)) return 0;
    if (line[length] != '\n') continue;
    line[length] = '\0';
    return 1;
  }
  return 0;
}

/* `TYPE [ID [CURSOR]] LENGTH`. */
static int parse_header(const char *line, struct request *request) {
  long numbers[3] = {0};
  int count = sscanf(line, "%15s %ld %ld %ld", request->type, &numbers[0], &numbers[1], &numbers[2]) - 1;
  if (count < 1 || numbers[count - 1] < 0 || numbers[count - 1] > LARGEST_PAYLOAD) return 0;
  request->length = (size_t)numbers[count - 1];
  request->id = count > 1 ? numbers[0] : 0;
  request->cursor = count > 2 ? numbers[1] : 0;
  return 1;
}

int read_request(struct request *request) {
  char line[LONGEST_HEADER];
  memset(request, 0, sizeof *request);
  if (!read_header(line) || !parse_header(line, request)) return 0;
  request->payload = malloc(request->length + 1);
  if (!request->payload || !read_all(request->payload, request->length)) return 0;
  request->payload[request->length] = '\0';
  return 1;
}

void send_report(const char *fields, const char *payload, size_t length) {
  struct text frame = {0};
  text_printf(&frame, "%s %zu\n", fields, length);
  text_add(&frame, payload, length);
  for (size_t sent = 0; sent < frame.length;) {
    ssize_t count = write(output, frame.bytes + sent, frame.length - sent);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    sent += (size_t)count;
  }
  text_clear(&frame);
}

void close_channel(void) {
  close(input);
  close(output);
}
