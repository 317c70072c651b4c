/*
 * What execve does for a program, done by ourselves: so the process stays what the user started, by its name, its command line
 * and /proc/PID/exe, and Node finds its own path in process.execPath.
 */
#include "../system-call.h"
#include "launcher.h"
#include <elf.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>

enum { MOST_PARTS = 16 };

struct image {
  int fd;
  const char *path;
  Elf64_Ehdr header;
  Elf64_Phdr parts[MOST_PARTS];
  /* What its addresses count from. */
  uintptr_t base;
};

static uintptr_t page_size;

static uintptr_t page_start(uintptr_t address) { return address & -page_size; }
static uintptr_t page_end(uintptr_t address) { return page_start(address + page_size - 1); }

static void read_headers(struct image *image) {
  image->fd = (int)system_call(SYS_openat, AT_FDCWD, (long)image->path, O_RDONLY | O_CLOEXEC, 0, 0, 0);
  if (image->fd < 0) fail("cannot open ", image->path);
  long got = CALL(read, image->fd, &image->header, sizeof image->header);
  size_t size = image->header.e_phnum * sizeof *image->parts;
  if (got != sizeof image->header || image->header.e_phnum > MOST_PARTS) fail("no loader: ", image->path);
  got = system_call(SYS_pread64, image->fd, (long)image->parts, (long)size, (long)image->header.e_phoff, 0, 0);
  if (got != (long)size) fail("cannot read ", image->path);
}

static uintptr_t map(uintptr_t address, size_t length, int protection, int flags, int fd, long offset) {
  long result = system_call(SYS_mmap, (long)address, (long)length, protection, MAP_PRIVATE | flags, fd, offset);
  if (result < 0 && result > -4096) fail("cannot map our loader", "");
  return (uintptr_t)result;
}

/* One stretch of addresses for all of its parts, wherever the kernel has room. */
static void reserve_addresses(struct image *image) {
  uintptr_t low = UINTPTR_MAX, high = 0;
  for (int i = 0; i < image->header.e_phnum; i++) {
    const Elf64_Phdr *part = &image->parts[i];
    if (part->p_type != PT_LOAD) continue;
    if (part->p_vaddr < low) low = page_start(part->p_vaddr);
    if (part->p_vaddr + part->p_memsz > high) high = page_end(part->p_vaddr + part->p_memsz);
  }
  image->base = map(0, high - low, PROT_NONE, MAP_ANONYMOUS, -1, 0) - low;
}

static int protection_of(const Elf64_Phdr *part) {
  return (part->p_flags & PF_R ? PROT_READ : 0) | (part->p_flags & PF_W ? PROT_WRITE : 0) |
         (part->p_flags & PF_X ? PROT_EXEC : 0);
}

static void map_part(const struct image *image, const Elf64_Phdr *part) {
  uintptr_t start = image->base + part->p_vaddr, in_file = start + part->p_filesz, end = start + part->p_memsz;
  uintptr_t first = page_start(start);
  int protection = protection_of(part);
  map(first, page_end(in_file) - first, protection, MAP_FIXED, image->fd, (long)(part->p_offset - (start - first)));
  if (end == in_file) return;
  uintptr_t whole_pages = page_end(in_file);
  /* Also what is behind its end: the loader takes the rest of the page as memory that nobody has used. */
  for (char *at = (char *)in_file; at < (char *)whole_pages; at++) *at = 0;
  if (end > whole_pages)
    map(whole_pages, page_end(end) - whole_pages, protection, MAP_FIXED | MAP_ANONYMOUS, -1, 0);
}

/* The kernel's notes are about us, the launcher; the loader takes them for its own, as if it had been run itself. */
static void correct_notes(unsigned long *note, const struct image *image) {
  for (; note[0] != AT_NULL; note += 2) {
    if (note[0] == AT_PHDR) note[1] = image->base + image->header.e_phoff;
    if (note[0] == AT_PHNUM) note[1] = image->header.e_phnum;
    if (note[0] == AT_ENTRY) note[1] = image->base + image->header.e_entry;
    if (note[0] == AT_BASE) note[1] = 0;
  }
}

static void find_page_size(const unsigned long *note) {
  for (; note[0] != AT_NULL; note += 2)
    if (note[0] == AT_PAGESZ) page_size = note[1];
}

_Noreturn static void jump(uintptr_t entry, unsigned long *stack) {
#if defined(__x86_64__)
  __asm__ volatile("mov %0, %%rsp\n xor %%edx, %%edx\n xor %%ebp, %%ebp\n jmp *%1" : : "r"(stack), "r"(entry) : "memory", "rdx");
#else
  __asm__ volatile("mov sp, %0\n mov x0, #0\n mov x29, #0\n mov x30, #0\n br %1" : : "r"(stack), "r"(entry) : "memory", "x0");
#endif
  __builtin_unreachable();
}

_Noreturn void begin_loader(const char *path, unsigned long *stack, unsigned long *auxiliary) {
  struct image image = {.path = path};
  find_page_size(auxiliary);
  read_headers(&image);
  reserve_addresses(&image);
  for (int i = 0; i < image.header.e_phnum; i++)
    if (image.parts[i].p_type == PT_LOAD) map_part(&image, &image.parts[i]);
  CALL(close, image.fd, 0, 0);
  correct_notes(auxiliary, &image);
  jump(image.base + image.header.e_entry, stack);
}
