/*
 * What the daemon makes for its jail before any user code runs: the Landlock rule set, whose paths are then what they
 * were, the program of the launcher, sealed, and the socket to the supervisor. Part of process.node.
 */
#define _GNU_SOURCE
#include "jail-addon.h"
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of <linux/landlock.h>, which machines that build may have older than the kernel they run on. */
#define CREATE_RULESET 444
#define ADD_RULE 445
#define PATH_BENEATH 1
#define NET_PORT 2

struct ruleset {
  uint64_t files, ports, scopes;
};

struct path_rule {
  uint64_t access;
  int32_t folder;
} __attribute__((packed));

struct port_rule {
  uint64_t access, port;
};

static napi_value number_of(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}

static napi_value member(napi_env env, napi_value object, const char *name) {
  napi_value value;
  napi_get_named_property(env, object, name, &value);
  return value;
}

static uint64_t bits(napi_env env, napi_value object, const char *name) {
  double value = 0;
  napi_get_value_double(env, member(env, object, name), &value);
  return (uint64_t)value;
}

static napi_value argument(napi_env env, napi_callback_info info) {
  napi_value value;
  size_t count = 1;
  napi_get_cb_info(env, info, &count, &value, NULL, NULL);
  return value;
}

/* What is not there can be given no right; 0 or the error. */
static int add_path(int rules, const char *path, uint64_t access) {
  struct path_rule rule = {access, open(path, O_PATH | O_CLOEXEC)};
  if (rule.folder < 0) return 0;
  int error = syscall(ADD_RULE, rules, PATH_BENEATH, &rule, 0) == 0 ? 0 : errno;
  close(rule.folder);
  return error;
}

static int add_paths(napi_env env, int rules, napi_value paths) {
  uint32_t count = 0;
  napi_get_array_length(env, paths, &count);
  int error = 0;
  for (uint32_t i = 0; i < count && !error; i++) {
    char path[4096];
    napi_value rule;
    napi_get_element(env, paths, i, &rule);
    if (napi_get_value_string_utf8(env, member(env, rule, "path"), path, sizeof path, NULL) != napi_ok) return EINVAL;
    error = add_path(rules, path, bits(env, rule, "access"));
  }
  return error;
}

static int add_ports(napi_env env, int rules, napi_value ports) {
  uint32_t count = 0;
  napi_get_array_length(env, ports, &count);
  for (uint32_t i = 0; i < count; i++) {
    napi_value rule;
    napi_get_element(env, ports, i, &rule);
    struct port_rule port = {bits(env, rule, "access"), bits(env, rule, "port")};
    if (syscall(ADD_RULE, rules, NET_PORT, &port, 0) != 0) return errno;
  }
  return 0;
}

/* landlockRules({files, ports, scopes, paths: {path, access}[], portRules: {port, access}[]}): descriptor or -errno. */
static napi_value landlock_rules(napi_env env, napi_callback_info info) {
  napi_value given = argument(env, info);
  struct ruleset handled = {bits(env, given, "files"), bits(env, given, "ports"), bits(env, given, "scopes")};
  int rules = (int)syscall(CREATE_RULESET, &handled, sizeof handled, 0);
  if (rules < 0) return number_of(env, -errno);
  int error = add_paths(env, rules, member(env, given, "paths"));
  if (!error) error = add_ports(env, rules, member(env, given, "portRules"));
  if (error) close(rules);
  return number_of(env, error ? -error : rules);
}

/* sealedFile(bytes): a descriptor of a file without a name whose bytes nobody can change, or -errno. */
static napi_value sealed_file(napi_env env, napi_callback_info info) {
  void *bytes = NULL;
  size_t length = 0;
  napi_get_typedarray_info(env, argument(env, info), NULL, &length, &bytes, NULL, NULL);
  int fd = memfd_create("krunner-jail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) return number_of(env, -errno);
  int is_whole = write(fd, bytes, length) == (ssize_t)length;
  if (is_whole && fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
    return number_of(env, fd);
  int error = errno;
  close(fd);
  return number_of(env, -error);
}

/* messageSockets(): [one, other], closed on exec, for messages with descriptors; or -errno. */
static napi_value message_sockets(napi_env env, napi_callback_info info) {
  (void)info;
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return number_of(env, -errno);
  napi_value result;
  napi_create_array_with_length(env, 2, &result);
  napi_set_element(env, result, 0, number_of(env, ends[0]));
  napi_set_element(env, result, 1, number_of(env, ends[1]));
  return result;
}

static void add(napi_env env, napi_value exports, const char *name, napi_callback function) {
  napi_value value;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, function, NULL, &value);
  napi_set_named_property(env, exports, name, value);
}

void expose_jail(napi_env env, napi_value exports) {
  add(env, exports, "landlockRules", landlock_rules);
  add(env, exports, "sealedFile", sealed_file);
  add(env, exports, "messageSockets", message_sockets);
}
