// What the code around the cells of C++ needs, before the context.
#ifndef KRUNNER_PROLOGUE
#define KRUNNER_PROLOGUE

extern "C" int krunner_declared(int, const char *);

template <class T>
struct krunner_same {
  typedef T type;
};

/* The type's name is in the name of this function. */
template <class T>
inline const char *krunner_type() {
  return __PRETTY_FUNCTION__;
}

#endif
