/*
 * libkrunner-jvm.so, loaded by the Java driver: what the JVM does for debuggers and lets no Java code do.
 * Without it interrupts, exits and redefinitions are weaker, and nothing else.
 *
 * It needs neither a JDK's headers nor a libc: the tables of functions below are as the specifications of
 * JNI and JVMTI number them, which has never changed.
 */
#include <stddef.h>
#include <stdint.h>

#define EXPORTED __attribute__((visibility("default")))

typedef void *object;
/* A pointer to a table of functions. */
typedef void ***table;

/* JNI */
#define FUNCTION(table, index, type) ((type)(*(table))[index])
#define ALLOC_OBJECT 27
#define GET_STATIC_FIELD 144
#define SET_STATIC_OBJECT 154
#define GET_ARRAY_LENGTH 171
#define GET_BYTES 184
#define RELEASE_BYTES 192
#define GET_VM 219
#define VM_GET_ENV 6
#define JNI_ABORT 2

/* JVMTI numbers its functions from 1. */
#define STOP_THREAD (7 - 1)
#define REDEFINE_CLASSES (87 - 1)
#define ADD_CAPABILITIES (142 - 1)
#define JVMTI_VERSION 0x30010000
#define CAN_REDEFINE_CLASSES (1u << 9)
#define CAN_SIGNAL_THREAD (1u << 10)

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
  uint32_t capabilities[4] = {CAN_REDEFINE_CLASSES | CAN_SIGNAL_THREAD, 0, 0, 0};
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

/* static native void replaceRuntime0(Class<?> runtime, Class<?> substitute): what Runtime.getRuntime() is
   from now on, an object of a subclass, though that class's only constructor is private. */
EXPORTED void Java_krunner_Jvm_replaceRuntime0(table env, object class, object runtime, object substitute) {
  (void)class;
  void *field = FUNCTION(env, GET_STATIC_FIELD, void *(*)(table, object, const char *, const char *))(
      env, runtime, "currentRuntime", "Ljava/lang/Runtime;");
  if (!field) return;
  object instance = FUNCTION(env, ALLOC_OBJECT, object(*)(table, object))(env, substitute);
  if (!instance) return;
  FUNCTION(env, SET_STATIC_OBJECT, void (*)(table, object, void *, object))(env, runtime, field, instance);
}
