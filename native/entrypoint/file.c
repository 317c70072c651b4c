#include "entrypoint.h"
#include "../system-call.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

enum { LARGEST = 64 * 1024 * 1024, LONGEST_PATH = 4096 };

static long open_at(const char *path, int flags, unsigned mode) {
  return CALL4(openat, AT_FDCWD, path, flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, mode);
}

/* Some kernels' files tell no size, so the end is where nothing comes any more. */
static long read_all(long fd, struct file *file, size_t size) {
  char *bytes = take(size + 1);
  size_t length = 0;
  while (length <= size) {
    long count = CALL(read, fd, bytes + length, size + 1 - length);
    if (count == -EINTR) continue;
    if (count < 0) return count;
    if (count == 0) break;
    length += (size_t)count;
  }
  file->content = (struct text){bytes, length};
  return length > size ? -EFBIG : 0;
}

long read_file(const char *path, struct file *file) {
  struct stat status;
  *file = (struct file){.path = path, .content = {"", 0}, .mode = 0644};
  long fd = open_at(path, O_RDONLY, 0);
  if (fd == -ENOENT) return 0;
  if (fd < 0) return fd;
  long failure = CALL(fstat, fd, &status, 0);
  if (!failure && !S_ISREG(status.st_mode)) failure = -ENODEV;
  if (!failure && status.st_size > LARGEST) failure = -EFBIG;
  if (!failure) failure = read_all(fd, file, (size_t)status.st_size);
  CALL(close, fd, 0, 0);
  if (failure) return failure;
  file->is_there = 1;
  file->mode = status.st_mode & 07777;
  file->owner = status.st_uid;
  file->group = status.st_gid;
  return 0;
}

static long write_all(long fd, struct text content) {
  while (content.length > 0) {
    long count = CALL(write, fd, content.bytes, content.length);
    if (count == -EINTR) continue;
    if (count < 0) return count;
    content.bytes += count;
    content.length -= (size_t)count;
  }
  return 0;
}

/* The file that the path leads to: a link stays one. */
static const char *behind_links(const char *path) {
  long fd = open_at(path, O_PATH, 0);
  if (fd < 0) return path;
  char *real = take(LONGEST_PATH);
  char *link = joined("/proc/self/fd/", digits_of(fd, take(24)), NULL);
  long length = CALL4(readlinkat, AT_FDCWD, link, real, LONGEST_PATH - 1);
  CALL(close, fd, 0, 0);
  return length > 0 && real[0] == '/' ? real : path;
}

static long write_new(const char *path, const struct file *file, struct text content) {
  CALL(unlinkat, AT_FDCWD, path, 0);
  long fd = open_at(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (fd < 0) return fd;
  long failure = write_all(fd, content);
  if (!failure && file->is_there) failure = CALL(fchown, fd, file->owner, file->group);
  if (!failure) failure = CALL(fchmod, fd, file->mode, 0);
  CALL(close, fd, 0, 0);
  if (failure) CALL(unlinkat, AT_FDCWD, path, 0);
  return failure;
}

static long write_in_place(const char *path, struct text content) {
  long fd = open_at(path, O_WRONLY | O_CREAT, 0644);
  if (fd < 0) return fd;
  long failure = write_all(fd, content);
  if (!failure) failure = CALL(ftruncate, fd, content.length, 0);
  CALL(close, fd, 0, 0);
  return failure;
}

long replace_file(const struct file *file, struct text content) {
  const char *path = behind_links(file->path);
  const char *new = joined(path, ".krunner-new", NULL);
  long failure = write_new(new, file, content);
  if (!failure) {
    failure = CALL4(renameat, AT_FDCWD, new, AT_FDCWD, path);
    if (failure) CALL(unlinkat, AT_FDCWD, new, 0);
  }
  /* A mount point cannot be replaced, and its folder may be read-only while it is not. */
  int is_of_place = failure == -EBUSY || failure == -EXDEV || failure == -EROFS || failure == -EACCES || failure == -EPERM;
  return is_of_place ? write_in_place(path, content) : failure;
}

int is_program(const char *path) {
  struct stat status;
  if (CALL4(newfstatat, AT_FDCWD, path, &status, 0) < 0 || !S_ISREG(status.st_mode)) return 0;
  return CALL(faccessat, AT_FDCWD, path, 1) == 0;
}

const char *find_program(const char *name) {
  struct text rest = text_of(variable("PATH"));
  while (rest.bytes) {
    struct text folder = cut(&rest, ':');
    if (folder.length == 0 || folder.bytes[0] != '/') continue;
    char *copy = take(folder.length + 1);
    memcpy(copy, folder.bytes, folder.length);
    const char *path = joined(copy, "/", name, NULL);
    if (is_program(path)) return path;
  }
  return NULL;
}
