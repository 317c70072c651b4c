#include "initialisers.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worker.h"

/* The entry is left in its place, and made one that loaders know and do not care for. */
static void disable(ElfW(Dyn) * entry) {
  entry->d_tag = DT_DEBUG;
  entry->d_un.d_val = 0;
}

static void take(ElfW(Dyn) * entry, struct task *task) {
  for (; entry->d_tag != DT_NULL; entry++) {
    if (entry->d_tag == DT_INIT_ARRAY) {
      task->initialisers_at = entry->d_un.d_ptr;
      disable(entry);
    } else if (entry->d_tag == DT_INIT_ARRAYSZ) {
      task->initialisers = entry->d_un.d_val / sizeof(ElfW(Addr));
      disable(entry);
    }
  }
}

static int take_from(char *image, size_t size, struct task *task) {
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)image;
  if (size < sizeof *header || memcmp(image, ELFMAG, SELFMAG) != 0) return -1;
  const ElfW(Phdr) *parts = (const ElfW(Phdr) *)(image + header->e_phoff);
  for (int i = 0; i < header->e_phnum; i++)
    if (parts[i].p_type == PT_DYNAMIC) take((ElfW(Dyn) *)(image + parts[i].p_offset), task);
  return 0;
}

int take_initialisers(struct task *task) {
  struct stat status;
  int result = -1, fd = open(task->library, O_RDWR | O_CLOEXEC);
  task->initialisers = 0;
  if (fd < 0) return -1;
  if (fstat(fd, &status) == 0) {
    char *image = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (image != MAP_FAILED) {
      result = take_from(image, (size_t)status.st_size, task);
      munmap(image, (size_t)status.st_size);
    }
  }
  close(fd);
  return result;
}
