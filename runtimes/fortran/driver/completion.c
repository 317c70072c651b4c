/* Names of the session and the cell, intrinsics and keywords, and components behind a `%`. */
#include "completion.h"

#include <ctype.h>
#include <string.h>

#include "context.h"
#include "statements.h"
#include "text.h"

static const char words[] =
    "abs allocatable allocate associate backspace call case character class close complex contains continue cycle deallocate dimension "
    "elemental else elseif end endif enddo error exit forall format function if implicit inquire integer intent interface intrinsic "
    "logical module namelist none nullify open optional parameter pointer print private procedure program public pure read real "
    "recursive result return rewind save select stop subroutine target then type use where while write "
    "acos adjustl adjustr aimag aint all allocated anint any asin associated atan atan2 bit_size btest ceiling char cmplx conjg cos cosh "
    "count cpu_time cshift date_and_time dble digits dot_product eoshift epsilon exp exponent floor fraction gamma get_command_argument "
    "huge iachar iand ibclr ibset ichar ieor index int ior kind lbound len len_trim log log10 matmul max maxloc maxval merge min "
    "minloc minval mod modulo move_alloc nearest nint norm2 not pack precision present product radix random_number random_seed range "
    "repeat reshape scale scan selected_int_kind selected_real_kind shape sign sin sinh size spread sqrt sum system_clock tan tanh tiny "
    "transfer transpose trim ubound unpack verify iso_fortran_env iso_c_binding";

struct search {
  const char *stem, *part;
  struct text *matches;
};

static void offer(const struct search *search, const char *name, size_t length) {
  size_t typed = strlen(search->part);
  if (length < typed || length == 0 || strncmp(name, search->part, typed) != 0 || starts_with(name, "krunner_")) return;
  char *match = format("%s%.*s", search->stem, (int)length, name);
  struct entry all = {.names = (char *)text_string(search->matches)};
  if (!has_name(&all, match)) text_printf(search->matches, "%s\n", match);
}

static void offer_words(const struct search *search, const char *text) {
  while (*text) {
    size_t length = strlen(word_at(text));
    if (length > 0 && isalpha((unsigned char)*text)) offer(search, text, length);
    text += length > 0 ? length : 1;
  }
}

static char *lower(const char *text, size_t length) {
  char *string = copy(text, length);
  for (char *at = string; *at; at++) *at = (char)tolower((unsigned char)*at);
  return string;
}

/* The derived type that a declaration names: `type(point) :: p`. */
static const struct entry *type_in(const char *declaration) {
  const char *open = strchr(declaration, '(');
  if (!starts_with(declaration, "type") && !starts_with(declaration, "class")) return NULL;
  return open ? context_find(word_at(open + 1 + strspn(open + 1, " "))) : NULL;
}

/* The lines of a type that declare components. */
static void each_component(const struct entry *type, const char *wanted, const struct search *search, const struct entry **found) {
  for (const char *line = strchr(type->identity, '\n'); line; line = strchr(line + 1, '\n')) {
    char *text = copy(line + 1, strcspn(line + 1, "\n"));
    const char *colons = strstr(text, "::");
    if (!colons) continue;
    if (search) offer_words(search, colons + 2);
    else if (find_word(colons, wanted)) *found = type_in(text);
  }
}

static const struct entry *type_of(const char *chain) {
  const struct entry *variable = context_find(word_at(chain));
  const struct entry *type = variable ? type_in(variable->identity) : NULL;
  for (const char *at = strchr(chain, '%'); type && at && at[1]; at = strchr(at + 1, '%')) {
    const struct entry *next = NULL;
    if (!strchr(at + 1, '%')) break;
    each_component(type, word_at(at + 1), NULL, &next);
    type = next;
  }
  return type;
}

void complete_fortran(struct language *language, const char *source, size_t cursor, struct text *matches) {
  size_t start = cursor;
  (void)language;
  while (start > 0 && (isalnum((unsigned char)source[start - 1]) || strchr("_%", source[start - 1]))) start--;
  char *chain = lower(source + start, cursor - start);
  char *last = strrchr(chain, '%');
  if (last) {
    const struct entry *type = type_of(chain);
    struct search members = {copy(chain, (size_t)(last + 1 - chain)), last + 1, matches};
    if (type) each_component(type, NULL, &members, NULL);
    return;
  }
  struct search search = {"", chain, matches};
  for (struct entry *entry = context; entry; entry = entry->next)
    if (entry->kind != KEPT_DIRECTIVE) offer_words(&search, entry->names);
  offer_words(&search, words);
  offer_words(&search, lower(source, start));
}

void inspect_fortran(const char *source, size_t cursor, struct text *found) {
  size_t start = cursor;
  while (start > 0 && (isalnum((unsigned char)source[start - 1]) || source[start - 1] == '_')) start--;
  struct entry *entry = context_find(word_at(lower(source + start, strlen(source + start))));
  if (entry) text_puts(found, entry->text);
}
