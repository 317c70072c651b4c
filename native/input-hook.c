/*
 * libkrunner-input.so, preloaded into user code: tells the daemon that a program is about to wait for
 * the user, and flushes stdout first, so that a prompt without a newline is seen. The daemon's side,
 * and the words spoken on the channel, are in src/input/announcements.ts.
 *
 * Build, with gcc or clang, for any libc of the machine's architecture:
 *
 *   gcc -std=gnu11 -O2 -Wall -Wextra -fPIC -fvisibility=hidden -fno-stack-protector -U_FORTIFY_SOURCE \
 *     -shared -nostdlib -Wl,-z,now -o libkrunner-input.so input-hook.c
 *
 * It loads under glibc from 2.17 and under musl, and into programs without a libc: it needs no library,
 * makes its own system calls, and every name that it borrows is weak.
 *
 * read() is hooked by name. C's stdio never calls that: in glibc every FILE reads through one slot of a
 * shared table, in musl through a pointer in the FILE, and there we stand instead. So scanf, getchar,
 * getline, cin and all the rest are seen when they turn to the kernel, and only then.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <poll.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>
#include "system-call.h"

#define EXPORTED __attribute__((visibility("default")))
#define WEAK __attribute__((weak))

/* Weak, because a Go program linked as a PIE has a loader but no libc. */
#pragma weak dl_iterate_phdr
#pragma weak dlsym
#pragma weak fflush
#pragma weak fgets
#pragma weak fileno
#pragma weak ftrylockfile
#pragma weak funlockfile
#pragma weak getauxval
#pragma weak getenv
#pragma weak stdin
#pragma weak stdout
#pragma weak strlen
extern WEAK int *__errno_location(void);

/* Of glibc alone. The last two stand in for dlsym, which before 2.34 not every process has. */
extern WEAK char _IO_2_1_stdin_[];
extern WEAK char _IO_2_1_stdout_[];
extern WEAK ssize_t _IO_file_read(FILE *file, void *buffer, ssize_t count);
extern WEAK void __chk_fail(void);
extern WEAK void *__libc_dlopen_mode(const char *name, int mode);
extern WEAK void *__libc_dlsym(void *library, const char *name);

typedef ssize_t read_function(int fd, void *buffer, size_t count);
typedef ssize_t stdio_read_function(FILE *file, void *buffer, ssize_t count);
typedef char *getpass_function(const char *prompt);

static read_function *next_read;
static stdio_read_function *next_stdio_read;

/* Set by the constructor; cleared when the program locks itself in. */
static volatile int active;
static ino_t users_pipe;
static struct sockaddr_un channel = {.sun_family = AF_UNIX};
static socklen_t channel_length;

static long with_errno(long result) {
  if (result >= 0) return result;
  if (__errno_location) *__errno_location() = (int)-result;
  return -1;
}

/* -- What we tell the daemon -- */

/* The open connection, or a negative number. It never blocks, whatever the daemon does. */
static int announce(const char *line, size_t length) {
  int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
  long fd = system_call(SYS_socket, AF_UNIX, type, 0, 0, 0, 0);
  if (fd >= 0 && system_call(SYS_connect, fd, (long)&channel, channel_length, 0, 0, 0) == 0)
    system_call(SYS_sendto, fd, (long)line, length, MSG_NOSIGNAL, 0, 0);
  return fd;
}

static void close_announcement(int fd) {
  if (fd >= 0) system_call(SYS_close, fd, 0, 0, 0, 0, 0);
}

/* -- Before a read -- */

static int stdin_is_the_users(void) {
  struct stat status;
  return system_call(SYS_fstat, 0, (long)&status, 0, 0, 0, 0) == 0 && S_ISFIFO(status.st_mode) &&
         status.st_ino == users_pipe;
}

static int stdin_would_block(void) {
  struct pollfd waiting = {.fd = 0, .events = POLLIN};
  struct timespec at_once = {0, 0};
  return system_call(SYS_ppoll, (long)&waiting, 1, (long)&at_once, 0, 0, 0) == 0 &&
         !(system_call(SYS_fcntl, 0, F_GETFL, 0, 0, 0, 0) & O_NONBLOCK);
}

/*
 * Only stdout, and only where nobody holds it: another thread may sit in a stream for ever, or have
 * held it when this process was forked. The libc's own object, since `stdout` may dangle.
 */
static void flush_stdout(void) {
  FILE *file = _IO_2_1_stdout_ ? (FILE *)(void *)_IO_2_1_stdout_ : stdout;
  if (ftrylockfile(file) != 0) return;
  fflush(file);
  funlockfile(file);
}

static void before_stdin_read(void) {
  static const char line[] = "wait\n";
  int error;
  if (!active || !stdin_would_block() || !stdin_is_the_users()) return;
  error = *__errno_location();
  flush_stdout();
  *__errno_location() = error;
  close_announcement(announce(line, sizeof line - 1));
}

/* -- What user code calls -- */

/* Onwards to the libc's own where there is one: it is a cancellation point, ours could not be. */
static ssize_t read_on(int fd, void *buffer, size_t count) {
  if (next_read) return next_read(fd, buffer, count);
  return with_errno(system_call(SYS_read, fd, (long)buffer, count, 0, 0, 0));
}

/* Shells read byte by byte. A line comes whole, so only before its first byte can they have to wait. */
EXPORTED ssize_t read(int fd, void *buffer, size_t count) {
  static volatile int within_line;
  ssize_t got;
  if (fd != 0) return read_on(fd, buffer, count);
  if (count != 1 || !within_line) before_stdin_read();
  got = read_on(fd, buffer, count);
  within_line = count == 1 && got == 1 && *(char *)buffer != '\n';
  return got;
}

/* What read() is to a program built with _FORTIFY_SOURCE. */
EXPORTED ssize_t __read_chk(int fd, void *buffer, size_t count, size_t room) {
  if (count > room && __chk_fail) __chk_fail();
  return read(fd, buffer, count);
}

/* Offsets of a 64-bit glibc (2.2 to today) and musl (1.1 to today). */
enum { GLIBC_VTABLE = 216, GLIBC_READ_SLOT = 14, MUSL_READ = 64, MUSL_FD = 120 };

static int *musl_fd(FILE *file) {
  return (int *)(void *)((char *)file + MUSL_FD);
}

/* musl's fileno() would wait for ever for a stream that getchar() holds, in a program that has had threads or locks. */
static int descriptor_of(FILE *file) {
  return _IO_2_1_stdin_ ? fileno(file) : *musl_fd(file);
}

static ssize_t stdio_read(FILE *file, void *buffer, ssize_t count) {
  if (descriptor_of(file) == 0) before_stdin_read();
  return next_stdio_read(file, buffer, count);
}

/*
 * A seccomp filter of the program's own may kill it for a system call that it never meant to make.
 * Both ways to install one pass here: a process without privileges must give up new ones first.
 */
EXPORTED int prctl(int option, ...) {
  unsigned long argument[4];
  va_list list;
  va_start(list, option);
  for (int i = 0; i < 4; i++) argument[i] = va_arg(list, unsigned long);
  va_end(list);
  if (option == PR_SET_NO_NEW_PRIVS || option == PR_SET_SECCOMP) active = 0;
  return with_errno(system_call(SYS_prctl, option, argument[0], argument[1], argument[2], argument[3], 0));
}

static void *next(const char *name) {
  if (dlsym) return dlsym(RTLD_NEXT, name);
  if (__libc_dlopen_mode && __libc_dlsym)
    return __libc_dlsym(__libc_dlopen_mode("libc.so.6", RTLD_NOW | (int)0x80000000), name);
  return NULL;
}

/*
 * Without a terminal the libc's own reads stdin, or (musl) fails. As long as the connection is open, what is
 * read is a password.
 */
EXPORTED char *getpass(const char *prompt) {
  static const char line[] = "password\n";
  static char password[8192];
  char *end = password;
  int announcement;
  if (!active || !stdin_is_the_users()) {
    getpass_function *next_getpass = (getpass_function *)next("getpass");
    return next_getpass ? next_getpass(prompt) : NULL;
  }
  flush_stdout();
  system_call(SYS_write, 2, (long)prompt, strlen(prompt), 0, 0, 0);
  announcement = announce(line, sizeof line - 1);
  password[0] = '\0';
  fgets(password, sizeof password, stdin);
  close_announcement(announcement);
  while (*end && *end != '\n') end++;
  *end = '\0';
  return password;
}

/* -- Taking our place in stdio -- */

static void **stdio_read_slot(void) {
  if (_IO_2_1_stdin_) {
    void **slot = *(void ***)(void *)(_IO_2_1_stdin_ + GLIBC_VTABLE) + GLIBC_READ_SLOT;
    return *slot == (void *)_IO_file_read ? slot : NULL;
  }
  if (*musl_fd(stdin) == 0 && *musl_fd(stdout) == 1) return (void **)(void *)((char *)stdin + MUSL_READ);
  return NULL;
}

/* Finds whether the loader has made the page of that address read-only, as it does to glibc's table. */
static int page_is_read_only(struct dl_phdr_info *library, size_t size, void *address) {
  uintptr_t page_size = getauxval(AT_PAGESZ);
  uintptr_t page = (uintptr_t)address & -page_size;
  (void)size;
  for (int i = 0; i < library->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &library->dlpi_phdr[i];
    uintptr_t start = library->dlpi_addr + part->p_vaddr;
    if (part->p_type == PT_GNU_RELRO && start <= (uintptr_t)address &&
        page + page_size <= start + part->p_memsz)
      return 1;
  }
  return 0;
}

static int protect(void *address, int protection) {
  uintptr_t page_size = getauxval(AT_PAGESZ);
  uintptr_t page = (uintptr_t)address & -page_size;
  return system_call(SYS_mprotect, page, page_size, protection, 0, 0, 0) == 0;
}

static void hook_stdio(void) {
  void **slot = stdio_read_slot();
  int read_only;
  if (!slot) return;
  read_only = dl_iterate_phdr(page_is_read_only, slot);
  if (read_only && !protect(slot, PROT_READ | PROT_WRITE)) return;
  next_stdio_read = (stdio_read_function *)*slot;
  *slot = (void *)stdio_read;
  if (read_only) protect(slot, PROT_READ);
}

/* "NAME:INODE": the channel, a path or a name in the abstract namespace, and the pipe that is the user's stdin. */
static int read_environment(const char *text) {
  size_t length = 0, behind = text && *text == '/' ? 0 : 1;
  if (!text) return 0;
  for (; text[length] && text[length] != ':'; length++) {
    if (length + 1 >= sizeof channel.sun_path) return 0;
    channel.sun_path[length + behind] = text[length];
  }
  channel_length = offsetof(struct sockaddr_un, sun_path) + 1 + length;
  if (text[length] != ':') return 0;
  for (text += length + 1; *text >= '0' && *text <= '9'; text++) users_pipe = users_pipe * 10 + (*text - '0');
  return *text == '\0';
}

__attribute__((constructor)) static void start(void) {
  next_read = (read_function *)next("read");
  if (!getenv || !read_environment(getenv("KRUNNER_INPUT"))) return;
  active = 1;
  hook_stdio();
}
