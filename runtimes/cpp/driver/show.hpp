// The value of a cell's last expression: as C++ writes values, or as their own operator<< does.
#ifndef KRUNNER_SHOW
#define KRUNNER_SHOW

#include "prologue.hpp"

extern "C" void krunner_show_one(int kind, const void *value, unsigned long size);
extern "C" void krunner_show_text(const char *text, unsigned long length);
extern "C" void krunner_show_object(const char *type, const void *address);
extern "C" void krunner_write(const char *text);

namespace krunner_values {

/* Ways to show a value are tried from the highest rank down, as overloads. */
template <int N>
struct rank : rank<N - 1> {};
template <>
struct rank<0> {};

template <class T>
T &&a() noexcept;

template <bool, class T = void>
struct enable {};
template <class T>
struct enable<true, T> {
  typedef T type;
};

template <class T>
struct is_enum {
  static const bool value = __is_enum(T);
};

template <class T>
void show(const T &value);

/* The numbers are those of values.c. */
template <class T>
struct kind {
  static const int number = 0;
};
#define KRUNNER_KIND(type, value)    \
  template <>                        \
  struct kind<type> {                \
    static const int number = value; \
  };
KRUNNER_KIND(bool, 1)
KRUNNER_KIND(char, 2)
KRUNNER_KIND(signed char, 3)
KRUNNER_KIND(unsigned char, 4)
KRUNNER_KIND(short, 5)
KRUNNER_KIND(unsigned short, 6)
KRUNNER_KIND(int, 7)
KRUNNER_KIND(unsigned, 8)
KRUNNER_KIND(long, 9)
KRUNNER_KIND(unsigned long, 10)
KRUNNER_KIND(long long, 11)
KRUNNER_KIND(unsigned long long, 12)
KRUNNER_KIND(float, 13)
KRUNNER_KIND(double, 14)
KRUNNER_KIND(long double, 15)
KRUNNER_KIND(char *, 18)
KRUNNER_KIND(const char *, 18)
#undef KRUNNER_KIND

template <class T>
auto show_as(const T &value, rank<9>) -> typename enable<(kind<T>::number > 0)>::type {
  krunner_show_one(kind<T>::number, &value, sizeof value);
}

inline void show_as(decltype(nullptr), rank<9>) {
  krunner_write("nullptr");
}

template <unsigned long N>
void show_as(const char (&value)[N], rank<9>) {
  krunner_show_text(value, N);
}

template <class T, unsigned long N>
void show_as(const T (&value)[N], rank<8>) {
  for (unsigned long i = 0; i < N && i <= 100; i++) {
    krunner_write(i ? ", " : "{");
    if (i == 100) krunner_write("...");
    else krunner_values::show(value[i]);
  }
  krunner_write("}");
}

template <class T>
void show_as(T *const &value, rank<8>) {
  krunner_show_one(-5, &value, sizeof value);
}

template <class R, class... A>
void show_as(R (&value)(A...), rank<8>) {
  R (*address)(A...) = value;
  krunner_show_one(-5, &address, sizeof address);
}

/* A stream is what `std::cout << x` gives back: nothing to show. */
template <class T>
auto show_as(const T &value, rank<8>) -> decltype(value.rdbuf(), value.rdstate(), void()) {}

/* A lambda without captures, which would pass for a pointer, and that for true. */
template <class T>
auto show_as(const T &value, rank<8>) -> decltype(void(*+value)) {
  krunner_show_object(krunner_type<T>(), &value);
}

/* std::string, std::string_view */
template <class T>
auto show_as(const T &value, rank<7>) ->
    typename enable<kind<typename T::value_type>::number == 2 && sizeof(typename T::traits_type) != 0>::type {
  krunner_show_text(value.data(), value.size());
}

#if defined(_GLIBCXX_OSTREAM) || defined(_LIBCPP_OSTREAM)
}  // namespace krunner_values
namespace std {
extern ostream cout;
}
namespace krunner_values {

template <class T>
auto show_as(const T &value, rank<6>) -> decltype(void(a<std::ostream &>() << value)) {
  static std::ios_base::Init there_is_cout;
  std::cout << value << std::flush;
}
#endif

/* Containers. */
template <class T>
auto show_as(const T &value, rank<5>) -> decltype(value.begin() != value.end(), void(*value.begin())) {
  const char *before = "{";
  int shown = 0;
  for (auto at = value.begin(); at != value.end(); ++at) {
    krunner_write(before);
    before = ", ";
    if (++shown > 100) {
      krunner_write("...");
      break;
    }
    krunner_values::show(*at);
  }
  krunner_write(shown ? "}" : "{}");
}

/* std::pair */
template <class T>
auto show_as(const T &value, rank<4>) -> decltype(void(value.first), void(value.second)) {
  krunner_write("{");
  krunner_values::show(value.first);
  krunner_write(", ");
  krunner_values::show(value.second);
  krunner_write("}");
}

/* std::optional */
template <class T>
auto show_as(const T &value, rank<4>) -> decltype(void(value.has_value()), void(*value)) {
  if (value.has_value()) krunner_values::show(*value);
  else krunner_write("nullopt");
}

/* Smart pointers. */
template <class T>
auto show_as(const T &value, rank<3>) -> decltype(void(*value.get()), void(value.operator->())) {
  const void *address = value.get();
  krunner_show_one(-5, &address, sizeof address);
}

template <class T>
auto show_as(const T &value, rank<2>) -> typename enable<is_enum<T>::value>::type {
  krunner_show_one(-3, &value, sizeof value);
}

#if defined(_GLIBCXX_TUPLE) || defined(_LIBCPP_TUPLE)
template <unsigned long I, class T>
auto show_element(const T &) -> typename enable<(I >= std::tuple_size<T>::value)>::type {}

template <unsigned long I, class T>
auto show_element(const T &value) -> typename enable<(I < std::tuple_size<T>::value)>::type {
  krunner_write(I ? ", " : "");
  krunner_values::show(std::get<I>(value));
  show_element<I + 1>(value);
}

template <class T>
auto show_as(const T &value, rank<1>) -> decltype(void(std::tuple_size<T>::value)) {
  krunner_write("{");
  show_element<0>(value);
  krunner_write("}");
}
#endif

template <class T>
void show_as(const T &value, rank<0>) {
  krunner_show_object(krunner_type<T>(), &value);
}

template <class T>
void show(const T &value) {
  show_as(value, rank<9>());
}

}  // namespace krunner_values

struct krunner_shower {};

/* Of an expression of type void nothing is shown: the built-in comma is taken. */
template <class T>
void operator,(const T &value, krunner_shower) {
  krunner_values::show(value);
  krunner_write("\n");
}

#endif
