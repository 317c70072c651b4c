/*
 * libkrunner-jvm.so, loaded by the Java driver: what the JVM does for debuggers and lets no Java code do.
 * Without it interrupts, exits and redefinitions are weaker, and nothing else.
 *
 * It needs neither a JDK's headers nor a libc: the tables of functions below are as the specifications of
 * JNI and JVMTI number them, which has never changed.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORTED __attribute__((visibility("default")))

typedef void *object;
/* A pointer to a table of functions. */
typedef void ***table;

/* JNI */
#define FUNCTION(table, index, type) ((type)(*(table))[index])
#define NEW_GLOBAL_REFERENCE 21
#define GET_STATIC_METHOD 113
#define CALL_STATIC_VOID 143
#define GET_ARRAY_LENGTH 171
#define GET_BYTES 184
#define RELEASE_BYTES 192
#define GET_VM 219
#define VM_GET_ENV 6
#define JNI_ABORT 2

/* JVMTI numbers its functions from 1. */
#define SET_EVENT_MODE (2 - 1)
#define STOP_THREAD (7 - 1)
#define REDEFINE_CLASSES (87 - 1)
#define SET_CALLBACKS (122 - 1)
#define ADD_CAPABILITIES (142 - 1)
#define JVMTI_VERSION 0x30010000
#define CAN_REDEFINE_CLASSES (1u << 9)
#define CAN_SIGNAL_THREAD (1u << 10)
#define CAN_SEE_NATIVE_BINDS (1u << 30)
#define NATIVE_METHOD_BIND 67
#define FIRST_EVENT 50

struct class_definition {
  object class;
  int32_t count;
  const unsigned char *bytes;
};

/* The debugger's functions, or NULL. */
static table debugger_of(table env) {
  static table debugger;
  if (debugger) return debugger;
  table machine, found;
  uint32_t capabilities[4] = {CAN_REDEFINE_CLASSES | CAN_SIGNAL_THREAD | CAN_SEE_NATIVE_BINDS, 0, 0, 0};
  if (FUNCTION(env, GET_VM, int32_t(*)(table, table *))(env, &machine)) return NULL;
  if (FUNCTION(machine, VM_GET_ENV, int32_t(*)(table, table *, int32_t))(machine, &found, JVMTI_VERSION))
    return NULL;
  if (FUNCTION(found, ADD_CAPABILITIES, int32_t(*)(table, uint32_t *))(found, capabilities)) return NULL;
  return debugger = found;
}

/* static native int stop(Thread thread, Throwable error): 0, or an error's number of JVMTI's. */
EXPORTED int32_t Java_krunner_Jvm_stop0(table env, object class, object thread, object error) {
  (void)class;
  table debugger = debugger_of(env);
  if (!debugger) return -1;
  return FUNCTION(debugger, STOP_THREAD, int32_t(*)(table, object, object))(debugger, thread, error);
}

/* static native int redefine(Class<?> class, byte[] bytes): the same. */
EXPORTED int32_t Java_krunner_Jvm_redefine0(table env, object class, object target, object bytes) {
  (void)class;
  table debugger = debugger_of(env);
  if (!debugger) return -1;
  struct class_definition definition = {.class = target};
  definition.count = FUNCTION(env, GET_ARRAY_LENGTH, int32_t(*)(table, object))(env, bytes);
  definition.bytes =
      FUNCTION(env, GET_BYTES, const unsigned char *(*)(table, object, void *))(env, bytes, NULL);
  int32_t result = FUNCTION(debugger, REDEFINE_CLASSES,
                            int32_t(*)(table, int32_t, struct class_definition *))(debugger, 1, &definition);
  FUNCTION(env, RELEASE_BYTES, void (*)(table, object, const unsigned char *, int32_t))(
      env, bytes, definition.bytes, JNI_ABORT);
  return result;
}

/*
 * Interrupts. Java handles signals on a thread that gets to it some time later. Our handler counts them before, so that
 * the driver knows at any moment of all that were sent until then.
 */
static volatile int32_t interrupts;
static struct sigaction javas;

static void interrupted(int signal, siginfo_t *info, void *context) {
  __atomic_fetch_add(&interrupts, 1, __ATOMIC_SEQ_CST);
  if (javas.sa_flags & SA_SIGINFO) javas.sa_sigaction(signal, info, context);
  else if (javas.sa_handler != SIG_DFL && javas.sa_handler != SIG_IGN) javas.sa_handler(signal);
}

/* static native void countInterrupts0(), once Java has a handler for them. */
EXPORTED void Java_krunner_Jvm_countInterrupts0(table env, object class) {
  (void)env, (void)class;
  sigaction(SIGINT, NULL, &javas);
  struct sigaction ours = javas;
  ours.sa_sigaction = interrupted;
  ours.sa_flags |= SA_SIGINFO;
  sigaction(SIGINT, &ours, NULL);
}

/* static native int interrupts0(): one that no thread has taken yet comes to this one, when it lets it in again. */
EXPORTED int32_t Java_krunner_Jvm_interrupts0(table env, object class) {
  (void)env, (void)class;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
  return interrupts;
}

/*
 * Exits. System.exit() ends in the native method halt0 of java.lang.Shutdown, which nothing has called yet: where it is
 * bound to libjava's function, it is bound to ours. Runtime.exit() and halt() were rewritten to call it first of all,
 * with a status that nobody else has (see Jvm.java).
 */
#define ASKS(status) (((status) & ~0xff) == 0x100)

static void *halt0;
static void *exit_request;
static object user_code;
static void (*halt)(table env, object class, int32_t status);

static void ask_or_halt(table env, object class, int32_t status) {
  int64_t argument = status & 0xff;
  if (ASKS(status))
    FUNCTION(env, CALL_STATIC_VOID, void (*)(table, object, void *, int64_t *))(env, user_code, exit_request,
                                                                                 &argument);
  else
    halt(env, class, status);
}

static void native_is_bound(table debugger, table env, object thread, void *method, void *address, void **bound) {
  (void)env, (void)thread;
  if (method != halt0) return;
  halt = (void (*)(table, object, int32_t))address;
  *bound = (void *)ask_or_halt;
  FUNCTION(debugger, SET_EVENT_MODE, int32_t(*)(table, int32_t, int32_t, object, ...))(debugger, 0,
                                                                                        NATIVE_METHOD_BIND, NULL);
}

/* static native int catchExits0(Class<?> shutdown, Class<?> userCode): 0, or an error's number. */
EXPORTED int32_t Java_krunner_Jvm_catchExits0(table env, object class, object shutdown, object code) {
  (void)class;
  void *callbacks[NATIVE_METHOD_BIND - FIRST_EVENT + 1] = {NULL};
  table debugger = debugger_of(env);
  if (!debugger) return -1;
  void *(*method)(table, object, const char *, const char *) =
      (void *(*)(table, object, const char *, const char *))(*env)[GET_STATIC_METHOD];
  halt0 = method(env, shutdown, "halt0", "(I)V");
  if (halt0) exit_request = method(env, code, "exit", "(I)V");
  if (!exit_request) return -1;
  user_code = FUNCTION(env, NEW_GLOBAL_REFERENCE, object(*)(table, object))(env, code);
  callbacks[NATIVE_METHOD_BIND - FIRST_EVENT] = (void *)native_is_bound;
  int32_t failed = FUNCTION(debugger, SET_CALLBACKS, int32_t(*)(table, void **, int32_t))(debugger, callbacks,
                                                                                          sizeof callbacks);
  if (failed) return failed;
  return FUNCTION(debugger, SET_EVENT_MODE, int32_t(*)(table, int32_t, int32_t, object, ...))(
      debugger, 1, NATIVE_METHOD_BIND, NULL);
}
