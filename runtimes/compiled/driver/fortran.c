#include "language.h"
struct language fortran = {.name = "fortran"};
