#include "entrypoint.h"
#include "../system-call.h"
#include <errno.h>
#include <linux/capability.h>
#include <sys/prctl.h>

int is_root(void) {
  return CALL(geteuid, 0, 0, 0) == 0;
}

static void set_groups(const struct identity *identity) {
  long failure = CALL(setgroups, identity->other_count, identity->others, 0);
  if (failure) tell("the groups cannot be set, so they stay as they are: ", reason(failure), NULL);
  failure = CALL(setresgid, identity->group, identity->group, identity->group);
  if (failure == -EINVAL)
    fail("LOCAL_GROUP_ID is ", variable("LOCAL_GROUP_ID"), ", which this container's user namespace does not have", NULL);
  if (failure) tell("the group cannot be set, so it stays root's: ", reason(failure), NULL);
}

/* What a user namespace does not have is refused, and the next one asked for. */
static long take_unused_id(const struct identity *identity) {
  /* Above what a release gives to its own, below `nobody`. */
  long failure = -EAGAIN, id = 64990;
  do {
    id = unused_user_id(identity, id);
    if (id < 0) break;
    failure = CALL(setresuid, id, identity->user, identity->user);
  } while (failure == -EINVAL);
  return failure;
}

/* Whether the daemon has got one of its own. */
static int take_second_user(const struct identity *identity) {
  const char *why;
  if (CALL(prctl, PR_GET_NO_NEW_PRIVS, 0, 0) == 1) {
    /* With it an exec takes the effective user away that is not the real one, see cap_bprm_creds_from_file. */
    why = "the container forbids new privileges (no_new_privs)";
  } else {
    long failure = take_unused_id(identity);
    if (!failure) return 1;
    /* What follows fails likewise, and is told. */
    if (failure == -EPERM) return 0;
    why = reason(failure);
  }
  tell("the daemon runs under the user id of the user's code, which can end it: ", why, NULL);
  return 0;
}

static void set_user(const struct identity *identity, int is_daemon) {
  unsigned user = identity->user;
  if (is_daemon && take_second_user(identity)) return;
  long failure = CALL(setresuid, user, user, user);
  if (failure == -EINVAL)
    fail("LOCAL_USER_ID is ", variable("LOCAL_USER_ID"), ", which this container's user namespace does not have", NULL);
  if (failure)
    tell("the user cannot be set, so the user's code runs as root, and can end the daemon: ", reason(failure), NULL);
}

/* Also where the container has told the kernel to keep them when the user changes. */
static void drop_capabilities(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[2] = {{0}};
  system_call(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0, 0);
  CALL(prctl, PR_SET_KEEPCAPS, 0, 0);
  long failure = CALL(capset, &header, none, 0);
  if (failure) fail("the capabilities cannot be given up: ", reason(failure), NULL);
}

void become(const struct identity *identity, int is_daemon) {
  if (identity->user == 0) return;
  set_groups(identity);
  set_user(identity, is_daemon);
  drop_capabilities();
}
