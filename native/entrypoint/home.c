#include "entrypoint.h"
#include "../system-call.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

enum { LONGEST_PATH = 4096, DEEPEST = 8, LARGEST = 1024 * 1024 };

#define SKELETON "/etc/skel"

static long make_folder(const char *path) {
  long failure = CALL(mkdirat, AT_FDCWD, path, 0755);
  return failure == -EEXIST ? 0 : failure;
}

/* The folder alone: what is in it is the user's own, and may be a large volume. */
static void give(const char *path, const struct identity *identity) {
  struct stat status;
  long fd = CALL4(openat, AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
  long failure = fd < 0 ? fd : CALL4(newfstatat, fd, "", &status, AT_EMPTY_PATH);
  if (!failure && (status.st_uid != identity->user))
    failure = system_call(SYS_fchownat, fd, (long)"", identity->user, identity->group, AT_EMPTY_PATH, 0);
  if (fd >= 0) CALL(close, fd, 0, 0);
  if (failure) tell(path, " does not become the user's: ", reason(failure), NULL);
}

void make_home(const struct identity *identity) {
  long failure = make_folder("/home");
  if (!failure) failure = make_folder(HOME);
  if (failure) tell(HOME " cannot be made: ", reason(failure), NULL);
  else give(HOME, identity);
}

/* -- The image's skeleton of a home, copied by the user himself -- */

static void copy_file(const char *from, const char *to) {
  struct file file;
  if (read_file(from, &file) != 0 || !file.is_there || file.content.length > LARGEST) return;
  long fd = CALL4(openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, file.mode & 0777);
  if (fd < 0) return;
  long count = CALL(write, fd, file.content.bytes, file.content.length);
  if (count != (long)file.content.length) tell(to, " could not be written whole", NULL);
  CALL(close, fd, 0, 0);
}

static void copy_folder(const char *from, const char *to, int depth);

/* What is there already stays as it is, and no folder of the user's is gone into. */
static void copy_entry(const char *from, const char *to, int depth) {
  struct stat status;
  if (CALL4(newfstatat, AT_FDCWD, from, &status, 0) < 0) return;
  if (S_ISREG(status.st_mode)) copy_file(from, to);
  if (!S_ISDIR(status.st_mode) || depth == DEEPEST) return;
  if (CALL(mkdirat, AT_FDCWD, to, 0700) == 0) copy_folder(from, to, depth + 1);
}

struct directory_entry {
  uint64_t inode;
  int64_t next;
  unsigned short length;
  unsigned char type;
  char name[];
};

static void copy_folder(const char *from, const char *to, int depth) {
  char bytes[4096] __attribute__((aligned(8)));
  long fd = CALL4(openat, AT_FDCWD, from, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0), count;
  if (fd < 0) return;
  while ((count = CALL(getdents64, fd, bytes, sizeof bytes)) > 0)
    for (long at = 0; at < count; at += ((struct directory_entry *)(bytes + at))->length) {
      const char *name = ((struct directory_entry *)(bytes + at))->name;
      if (is(text_of(name), ".") || is(text_of(name), "..")) continue;
      copy_entry(joined(from, "/", name, NULL), joined(to, "/", name, NULL), depth);
    }
  CALL(close, fd, 0, 0);
}

void copy_skeleton(const struct identity *identity) {
  struct stat status;
  if (CALL4(newfstatat, AT_FDCWD, SKELETON, &status, 0) < 0) return;
  long pid = fork_as(identity);
  if (pid == 0) {
    copy_folder(SKELETON, HOME, 0);
    leave(0);
  }
  wait_for(pid);
}

/* -- Where we are -- */

static const char *path;

void find_ourselves(const char *called_as) {
  char *link = take(LONGEST_PATH);
  long length = CALL4(readlinkat, AT_FDCWD, "/proc/self/exe", link, LONGEST_PATH - 1);
  path = length > 0 && link[0] == '/' ? link : called_as;
}

const char *own_path(void) {
  return path;
}

const char *own_folder(void) {
  size_t end = length_of(path);
  while (end > 0 && path[end - 1] != '/') end--;
  char *folder = take(end + 1);
  memcpy(folder, path, end);
  return end > 0 ? folder : "./";
}
