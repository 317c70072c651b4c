// C++ around the cells: exceptions that leave one, and the buffer of std::cout.
#include <cxxabi.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include <exception>
#include <typeinfo>

#include "guard.h"

namespace {

char type_name[1000];

void note_type(const std::type_info *type) {
  int status = -1;
  char *readable = type ? abi::__cxa_demangle(type->name(), nullptr, nullptr, &status) : nullptr;
  snprintf(type_name, sizeof type_name, "%s", readable ? readable : type ? type->name() : "unknown");
  free(readable);
}

// As the library's own last words would be.
const char *tell(const std::type_info *type, const char *what) {
  note_type(type);
  fprintf(stderr, "terminate called after throwing an instance of '%s'\n", type_name);
  if (what) fprintf(stderr, "  what():  %s\n", what);
  return type_name;
}

// Found by name, so that a cell need not have included <iostream>, nor we. Before one has, the stream is blank memory.
void flush(const char *stream, const char *flush) {
  void *object = dlsym(RTLD_DEFAULT, stream);
  void *function = dlsym(RTLD_DEFAULT, flush);
  if (object && function && *static_cast<void **>(object)) reinterpret_cast<void *(*)(void *)>(function)(object);
}

}  // namespace

extern "C" const char *run_in_guard(void (*run)(const struct task *), const struct task *task) {
  try {
    run(task);
    return nullptr;
#ifdef __GLIBCXX__
  } catch (abi::__forced_unwind &) {  // of a thread that ends
    throw;
#endif
  } catch (const std::exception &error) {
    return tell(&typeid(error), error.what());
  } catch (...) {
    return tell(abi::__cxa_current_exception_type(), nullptr);
  }
}

extern "C" void flush_language_streams(void) {
  try {
    flush("_ZSt4cout", "_ZNSo5flushEv");
    flush("_ZSt5wcout", "_ZNSt13basic_ostreamIwSt11char_traitsIwEE5flushEv");
    flush("_ZNSt3__14coutE", "_ZNSt3__113basic_ostreamIcNS_11char_traitsIcEEE5flushEv");
  } catch (...) {
    // Only a stream that is told to throws, and then it is the user's doing.
  }
}

extern "C" void leave_language(void) {}

extern "C" int is_midway(void) {
  return 0;
}

extern "C" int exit_is_error(int) {
  return 0;
}

extern "C" char *readable_symbol(const char *name) {
  int status;
  return abi::__cxa_demangle(name, nullptr, nullptr, &status);
}
