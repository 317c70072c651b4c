/* The driver protocol, docs/adding-a-language.md: requests on fd 3, reports on fd 4. */
#include "shell.h"
#include "system-call.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum { REQUESTS = 3, REPORTS = 4, LONGEST_HEADER = 200, LARGEST_PAYLOAD = 256 * 1024 * 1024 };

static int read_all(char *bytes, size_t length) {
  while (length > 0) {
    long count = CALL(read, REQUESTS, bytes, length);
    if (count == -EINTR) continue;
    if (count <= 0) return 0;
    bytes += count;
    length -= (size_t)count;
  }
  return 1;
}

int write_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    long count = CALL(write, fd, bytes, length);
    if (count == -EINTR) continue;
    if (count <= 0) return 0;
    bytes += count;
    length -= (size_t)count;
  }
  return 1;
}

static char *map_memory(size_t length) {
  long memory = system_call(SYS_mmap, 0, (long)length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory < 0 ? NULL : (char *)memory;
}

static int read_header(char *header) {
  for (int length = 0; length < LONGEST_HEADER; length++) {
    if (!read_all(header + length, 1)) return 0;
    if (header[length] != '\n') continue;
    header[length] = '\0';
    return 1;
  }
  return 0;
}

/* `TYPE [ID [CURSOR]] LENGTH`. */
static int parse_header(const char *header, struct request *request) {
  long numbers[3] = {0};
  int count = 0;
  size_t name = 0;
  while (header[name] && header[name] != ' ' && name < sizeof request->type - 1) name++;
  memcpy(request->type, header, name);
  for (header += name; count < 3 && (numbers[count] = take_number(&header)) >= 0;) count++;
  if (count == 0 || *header || numbers[count - 1] > LARGEST_PAYLOAD) return 0;
  request->length = (size_t)numbers[count - 1];
  request->id = count > 1 ? numbers[0] : 0;
  request->cursor = count > 2 ? numbers[1] : 0;
  return 1;
}

int read_request(struct request *request) {
  char header[LONGEST_HEADER];
  memset(request, 0, sizeof *request);
  if (!read_header(header) || !parse_header(header, request)) return 0;
  request->source = map_memory(request->length + 1);
  return request->source && read_all(request->source, request->length);
}

void forget(struct request *request) {
  CALL(munmap, request->source, request->length + 1, 0);
}

void send_report(const char *fields, const char *payload, size_t length) {
  struct line header = {.length = 0};
  add_text(&header, fields);
  add_text(&header, " ");
  add_number(&header, (long)length);
  add_text(&header, "\n");
  /* The daemon puts together what comes in two. */
  if (write_all(REPORTS, header.bytes, header.length)) write_all(REPORTS, payload, length);
}

static int open_file(const char *path, int flags) {
  return (int)system_call(SYS_openat, AT_FDCWD, (long)path, flags | O_CLOEXEC, 0600, 0, 0);
}

void send_file(const char *fields, const char *path) {
  struct stat status = {.st_size = 0};
  int fd = open_file(path, O_RDONLY | O_NONBLOCK);
  char *bytes = NULL;
  if (fd >= 0 && CALL(fstat, fd, &status, 0) == 0 && S_ISREG(status.st_mode) && status.st_size > 0)
    bytes = map_memory((size_t)status.st_size);
  long count = bytes ? CALL(read, fd, bytes, status.st_size) : 0;
  if (count > 0 && bytes[count - 1] == '\n') count--;
  send_report(fields, bytes, count > 0 ? (size_t)count : 0);
  if (bytes) CALL(munmap, bytes, status.st_size, 0);
  if (fd >= 0) CALL(close, fd, 0, 0);
}

int write_file(const char *path, const char *bytes, size_t length) {
  int fd = open_file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (fd < 0) return 0;
  int written = write_all(fd, bytes, length);
  CALL(close, fd, 0, 0);
  return written;
}
