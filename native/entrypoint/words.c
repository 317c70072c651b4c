/* What we say, on stderr: one line each, in one write, so that no other's line comes between. */
#include "entrypoint.h"
#include "../system-call.h"
#include <errno.h>

enum { LONGEST_LINE = 2000, MISUSE = 2 };

static size_t append(char *line, size_t length, const char *text) {
  for (; *text && length < LONGEST_LINE - 1; text++) line[length++] = (unsigned char)*text < ' ' ? ' ' : *text;
  return length;
}

static void say(const char *first, va_list parts) {
  char line[LONGEST_LINE];
  size_t length = append(line, 0, "krunner entrypoint: ");
  for (const char *part = first; part; part = va_arg(parts, const char *)) length = append(line, length, part);
  line[length++] = '\n';
  CALL(write, 2, line, length);
}

void tell(const char *first, ...) {
  va_list parts;
  va_start(parts, first);
  say(first, parts);
  va_end(parts);
}

void fail(const char *first, ...) {
  va_list parts;
  va_start(parts, first);
  say(first, parts);
  va_end(parts);
  leave(MISUSE);
}

void leave(int code) {
  for (;;) CALL(exit_group, code, 0, 0);
}

const char *reason(long result) {
  switch (-result) {
  case ENOENT: return "there is no such file or folder";
  case EACCES: return "permission denied";
  case EPERM: return "the container does not permit it";
  case EROFS: return "it is on a read-only file system";
  case EINVAL: return "the kernel does not take it";
  case ENOEXEC: return "it is no program for this machine";
  case ENOTDIR: return "a part of its path is no folder";
  case EISDIR: return "it is a folder";
  case ELOOP: return "too many symbolic links";
  case ENOSPC: return "the disk is full";
  case EDQUOT: return "the quota is used up";
  case EAGAIN: return "no id is left that nobody has";
  case EFBIG: return "it is too large";
  case ENODEV: return "it is no ordinary file";
  case ENOMEM: return "there is no memory left";
  case E2BIG: return "the arguments and the environment are too large";
  case ETXTBSY: return "it is being written";
  default: return joined("error ", digits_of(-result, take(24)), NULL);
  }
}
