/*
 * The newest definition of a name wins, for earlier callers too. All code of cells is position independent
 * and reaches global functions and variables through slots (the GOT and PLT of its library), which the loader
 * fills once, with the oldest definition. We fill them again.
 */
#include "symbols.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ending.h"
#include "guard.h"
#include "text.h"

#if defined(__x86_64__)
enum { ABSOLUTE = R_X86_64_64, GLOBAL_SLOT = R_X86_64_GLOB_DAT, CALL_SLOT = R_X86_64_JUMP_SLOT };
#elif defined(__aarch64__)
enum { ABSOLUTE = R_AARCH64_ABS64, GLOBAL_SLOT = R_AARCH64_GLOB_DAT, CALL_SLOT = R_AARCH64_JUMP_SLOT };
#else
#error "the slots of x86-64 and aarch64 are known, others not yet"
#endif

struct library {
  struct library *earlier;
  uintptr_t base, end;
  const ElfW(Sym) * symbols;
  const char *names;
  size_t symbol_count;
  const ElfW(Rela) * relocations, *calls;
  size_t relocation_count, call_count;
};

struct definition {
  const char *name;
  void *address;
};

static struct library *libraries;
static void *definitions;     /* a search tree */
static void *undefined_names; /* a search tree: what cells call and nobody has defined yet */

static int by_name(const void *a, const void *b) {
  return strcmp(((const struct definition *)a)->name, ((const struct definition *)b)->name);
}

static struct definition *find(void *const *tree, const char *name) {
  struct definition wanted = {name, NULL};
  struct definition **found = tfind(&wanted, tree, by_name);
  return found ? *found : NULL;
}

static struct definition *find_or_add(void **tree, const char *name) {
  struct definition *found = find(tree, name);
  if (found) return found;
  struct definition *added = calloc(1, sizeof *added);
  added->name = name;
  tsearch(added, tree, by_name);
  return added;
}

/* -- A library's tables -- */

/* glibc has made these addresses absolute, musl has not. */
static const void *table(const struct library *library, ElfW(Addr) address) {
  return (const void *)(address < library->base ? library->base + address : address);
}

static void read_tables(struct library *library, const ElfW(Dyn) * entry) {
  for (; entry->d_tag != DT_NULL; entry++) {
    const void *at = table(library, entry->d_un.d_ptr);
    switch (entry->d_tag) {
      case DT_SYMTAB: library->symbols = at; break;
      case DT_STRTAB: library->names = at; break;
      case DT_HASH: library->symbol_count = ((const ElfW(Word) *)at)[1]; break;
      case DT_RELA: library->relocations = at; break;
      case DT_RELASZ: library->relocation_count = entry->d_un.d_val / sizeof(ElfW(Rela)); break;
      case DT_JMPREL: library->calls = at; break;
      case DT_PLTRELSZ: library->call_count = entry->d_un.d_val / sizeof(ElfW(Rela)); break;
    }
  }
}

static int find_end(struct dl_phdr_info *info, size_t size, void *argument) {
  struct library *library = argument;
  (void)size;
  if (info->dlpi_addr != library->base) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    uintptr_t end = library->base + part->p_vaddr + part->p_memsz;
    if (part->p_type == PT_LOAD && end > library->end) library->end = end;
  }
  return 1;
}

static struct library *describe(void *handle) {
  struct library *library = calloc(1, sizeof *library);
  struct link_map *map;
  dlinfo(handle, RTLD_DI_LINKMAP, &map);
  library->base = map->l_addr;
  read_tables(library, map->l_ld);
  dl_iterate_phdr(find_end, library);
  return library;
}

static int is_defined(const ElfW(Sym) * symbol) {
  return symbol->st_shndx != SHN_UNDEF && symbol->st_shndx < SHN_LORESERVE;
}

static int is_weak(const ElfW(Sym) * symbol) {
  return ELF64_ST_BIND(symbol->st_info) == STB_WEAK;
}

/* Ours, and the linker's own. */
static int is_users(const char *name) {
  static const char *const others[] = {"_init", "_fini", "_edata", "_end", "__bss_start"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (strcmp(name, others[i]) == 0) return 0;
  return *name && !starts_with(name, "krunner_");
}

static int is_definition(const struct library *library, const ElfW(Sym) * symbol) {
  int type = ELF64_ST_TYPE(symbol->st_info);
  return ELF64_ST_BIND(symbol->st_info) == STB_GLOBAL && is_defined(symbol) &&
         (type == STT_FUNC || type == STT_OBJECT) && is_users(library->names + symbol->st_name);
}

/* -- Filling slots -- */

typedef void slot_visitor(struct library *library, const ElfW(Rela) * slot, const ElfW(Sym) * symbol, void *argument);

static void each(struct library *library, const ElfW(Rela) * slots, size_t count, slot_visitor *visit, void *argument) {
  for (size_t i = 0; i < count; i++) {
    size_t symbol = ELF64_R_SYM(slots[i].r_info);
    if (symbol != 0) visit(library, &slots[i], &library->symbols[symbol], argument);
  }
}

static void each_slot(struct library *library, slot_visitor *visit, void *argument) {
  each(library, library->relocations, library->relocation_count, visit, argument);
  each(library, library->calls, library->call_count, visit, argument);
}

static void fill(const struct library *library, const ElfW(Rela) * slot, const void *address) {
  *(uintptr_t *)(library->base + slot->r_offset) = (uintptr_t)address + (uintptr_t)slot->r_addend;
}

/* Functions that are in every library that uses them (inline ones, instances of templates) are taken from its own. */
static void fill_new(struct library *library, const ElfW(Rela) * slot, const ElfW(Sym) * symbol, void *argument) {
  unsigned type = ELF64_R_TYPE(slot->r_info);
  struct definition *found = find(&definitions, library->names + symbol->st_name);
  (void)argument;
  if (type != ABSOLUTE && type != GLOBAL_SLOT && type != CALL_SLOT) return;
  if (found) fill(library, slot, found->address);
  else if (is_defined(symbol) && is_weak(symbol) && ELF64_ST_TYPE(symbol->st_info) == STT_FUNC)
    fill(library, slot, (const void *)(library->base + symbol->st_value));
  else if (type == CALL_SLOT && !is_defined(symbol) && find(&undefined_names, library->names + symbol->st_name))
    fill(library, slot, (const void *)(uintptr_t)call_of_undefined);
}

/* Data that was initialised with an address keeps it: user code may have changed it since. */
static void fill_old(struct library *library, const ElfW(Rela) * slot, const ElfW(Sym) * symbol, void *argument) {
  unsigned type = ELF64_R_TYPE(slot->r_info);
  struct definition *changed = find(argument, library->names + symbol->st_name);
  if (changed && (type == GLOBAL_SLOT || type == CALL_SLOT)) fill(library, slot, changed->address);
}

static int is_missing(const ElfW(Rela) * slot, const ElfW(Sym) * symbol, const char *name) {
  if (ELF64_R_TYPE(slot->r_info) != CALL_SLOT || is_defined(symbol) || is_weak(symbol)) return 0;
  return !find(&definitions, name) && !dlsym(RTLD_DEFAULT, name);
}

static void note_missing(struct library *library, const ElfW(Rela) * slot, const ElfW(Sym) * symbol, void *argument) {
  const char *name = library->names + symbol->st_name;
  struct text *missing = argument;
  if (!is_missing(slot, symbol, name)) return;
  char *readable = readable_symbol(name);
  text_printf(missing, "%s\n", readable ? readable : name);
  free(readable);
}

static void note_undefined(struct library *library, const ElfW(Rela) * slot, const ElfW(Sym) * symbol, void *argument) {
  const char *name = library->names + symbol->st_name;
  (void)argument;
  if (is_missing(slot, symbol, name)) find_or_add(&undefined_names, name);
}

/* The names whose address changes with this library, as a search tree. */
static void *define(struct library *library) {
  void *changed = NULL;
  for (size_t i = 1; i < library->symbol_count; i++) {
    const ElfW(Sym) *symbol = &library->symbols[i];
    const char *name = library->names + symbol->st_name;
    if (!is_definition(library, symbol)) continue;
    int is_known = find(&definitions, name) || find(&undefined_names, name);
    void *address = (void *)(library->base + symbol->st_value);
    find_or_add(&definitions, name)->address = address;
    if (is_known) find_or_add(&changed, name)->address = address;
  }
  return changed;
}

void adopt_library(void *handle, int may_miss, struct text *missing) {
  struct library *library = describe(handle);
  each_slot(library, note_missing, missing);
  if (missing->length > 0 && !may_miss) {
    free(library);
    return;
  }
  if (missing->length > 0) each_slot(library, note_undefined, NULL);
  void *changed = define(library);
  each_slot(library, fill_new, NULL);
  for (struct library *old = libraries; old && changed; old = old->earlier) each_slot(old, fill_old, &changed);
  library->earlier = libraries;
  libraries = library;
}

int is_cell_code(const void *address) {
  for (struct library *library = libraries; library; library = library->earlier)
    if ((uintptr_t)address >= library->base && (uintptr_t)address < library->end) return 1;
  return 0;
}
