/*
 * PHP in libkrunner-driver.so: names that are declared anew. PHP lets nobody do so, and what has run remembers
 * functions, classes and constants where it met them. So the old ones leave the engine's tables before a cell is compiled (they
 * are kept for whom they serve: objects of an old class, generators of an old function), and all memories are erased.
 *
 * The compiler, too, counts on names to mean what they mean. It is told not to.
 */
#include "driver-php.h"
#include <stdlib.h>
#include <string.h>

extern WEAK char compiler_globals[];
extern WEAK size_t compiler_globals_offset;
extern WEAK void *tsrm_get_ls_cache(void);
extern WEAK void *(*zend_compile_string)(void *source, void *name, long position);
extern WEAK int zend_hash_str_del(struct table *table, const char *name, size_t length);
extern WEAK struct value *zend_hash_str_add(struct table *table, const char *name, size_t length, struct value *value);

enum { USER_DEFINED = 2 };

/* -- What functions remember -- */

/* Where a function of PHP, from this version on, has the pointer to its memory, how large that is, and functions within it. */
struct layout {
	long version;
	size_t cache, cache_size, inner_count, inner;
};

static const struct layout layouts[] = {
	{80400, 56, 88, 188, 200}, {80300, 56, 68, 172, 184}, {80200, 64, 72, 180, 192}, {80100, 80, 56, 172, 184},
	{80000, 80, 56, 0, 0},     {70300, 72, 48, 0, 0},     {70100, 168, 160, 0, 0},
};
static const struct layout *layout;
/* Some versions from 7.4 to 8.1 have a pointer in between. */
enum { FIRST_INDIRECT = 70400, FIRST_DIRECT = 80200 };
static int is_indirect;

static void *word_of(const void *function, size_t at)
{
	return *(void **)((char *)function + at);
}

/* NULL: the function has not run, or is not in this process's own memory. */
static void *cache_of(const void *function)
{
	void *cache = word_of(function, layout->cache);
	if (!cache || (uintptr_t)cache & 1)
		return NULL;
	return is_indirect ? *(void **)cache : cache;
}

static void erase_memory(void *function)
{
	if (!function || *(unsigned char *)function != USER_DEFINED)
		return;
	void *cache = cache_of(function);
	if (cache)
		memset(cache, 0, *(uint32_t *)((char *)function + layout->cache_size));
	uint32_t count = layout->inner ? *(uint32_t *)((char *)function + layout->inner_count) : 0;
	for (uint32_t i = 0; i < count; i++)
		erase_memory(((void **)word_of(function, layout->inner))[i]);
}

static void erase_all_in(const struct table *functions)
{
	for (uint32_t i = 0; i < functions->used; i++)
		if (functions->buckets[i].value.type)
			erase_memory(functions->buckets[i].value.is.pointer);
}

enum { FUNCTIONS_OF_CLASS = 64, FUNCTION_OF_CLOSURE = 56 };

static void erase_class(char *class)
{
	if (*(unsigned char *)class == USER_DEFINED)
		erase_all_in((const struct table *)(class + FUNCTIONS_OF_CLASS));
}

static void erase_closure(struct object *object)
{
	if (object->class == zend_ce_closure)
		erase_memory((char *)object + FUNCTION_OF_CLOSURE);
}

/* -- What names of classes remember: from PHP 8.1 on they know their class -- */

extern WEAK void *zend_map_ptr_new(void);

struct slots {
	void **all, *base;
	size_t size, used;
};
static const struct slots *slots;

static int looks_like_slots(const struct slots *candidate)
{
	long shift = (char *)candidate->all - (char *)candidate->base;
	return candidate->all && (shift == 0 || shift == 1) && candidate->used && candidate->used <= candidate->size;
}

/* One more is one more used. */
static const struct slots *find_slots(const char *compiler)
{
	enum { FROM = 400, TO = 700 };
	if (!zend_map_ptr_new)
		return NULL;
	for (size_t at = FROM; at < TO; at += sizeof(void *)) {
		const struct slots *candidate = (const struct slots *)(compiler + at);
		if (!looks_like_slots(candidate))
			continue;
		size_t before = candidate->used;
		zend_map_ptr_new();
		if (candidate->used == before + 1)
			return candidate;
	}
	return NULL;
}

static void erase_names_of(const void *class)
{
	for (size_t i = 0; slots && i < slots->used; i++)
		if (slots->all[i] == class)
			slots->all[i] = NULL;
}

/* -- What is forgotten -- */

/* Kept for good: `restored` are those that are back. */
struct forgotten {
	struct table *table;
	struct value value;
	struct forgotten *next;
	int open;
	size_t length;
	char name[];
};
static struct forgotten *all_forgotten;

static struct table *table_of(char kind)
{
	return kind == 'f' ? tables->functions : kind == 'c' ? tables->classes : tables->constants;
}

static void forget_name(struct table *table, const char *name, size_t length)
{
	struct value *found = zend_hash_str_find(table, name, length);
	struct forgotten *old = found ? malloc(sizeof *old + length) : NULL;
	if (!old)
		return;
	*old = (struct forgotten){.table = table, .value = *found, .next = all_forgotten, .open = 1, .length = length};
	memcpy(old->name, name, length);
	all_forgotten = old;
	if (table == tables->classes)
		erase_names_of(found->is.pointer);
	void (*destroy)(struct value *) = table->destroy;
	table->destroy = NULL;
	zend_hash_str_del(table, name, length);
	table->destroy = destroy;
}

static void erase_all(void)
{
	erase_all_in(tables->functions);
	for (uint32_t i = 0; i < tables->classes->used; i++)
		if (tables->classes->buckets[i].value.type)
			erase_class(tables->classes->buckets[i].value.is.pointer);
	for (const struct forgotten *old = all_forgotten; old; old = old->next) {
		if (old->table == tables->functions)
			erase_memory(old->value.is.pointer);
		else if (old->table == tables->classes)
			erase_class(old->value.is.pointer);
	}
	visit_objects(erase_closure);
}

void forget(const struct text *names)
{
	const char *name = names->bytes, *end = name + names->length;
	if (!layout || name == end)
		return;
	while (name < end) {
		const char *line_end = memchr(name, '\n', (size_t)(end - name));
		if (!line_end)
			line_end = end;
		forget_name(table_of(*name), name + 1, (size_t)(line_end - name - 1));
		name = line_end + 1;
	}
	erase_all();
}

void restore_forgotten(void)
{
	for (struct forgotten *old = all_forgotten; old && old->open; old = old->next) {
		old->open = 0;
		if (!zend_hash_str_find(old->table, old->name, old->length))
			zend_hash_str_add(old->table, old->name, old->length, &old->value);
	}
}

/* -- The compiler -- */

/* Bits of its options: those that debuggers set, the one that is always set, and those that we set. */
enum { OF_DEBUGGERS = 3, DEFAULT = 1 << 2, NO_CONSTANT_SUBSTITUTION = 1 << 6, IGNORE_USER_FUNCTIONS = 1 << 9 };
static uint32_t *compiler_options;
/* Before PHP 7.4 debuggers had one bit. */
static int shift;
static void *(*compile_string)(void *source, void *name, long position);

static void distrust(void)
{
	*compiler_options |= (NO_CONSTANT_SUBSTITUTION | IGNORE_USER_FUNCTIONS) >> shift;
}

/* Before it comes to us the engine sets the options for `eval`. */
static void *compile_without_trust(void *source, void *name, long position)
{
	distrust();
	return compile_string(source, name, position);
}

static char *find_compiler(void)
{
	if (compiler_globals)
		return compiler_globals;
	return &compiler_globals_offset && tsrm_get_ls_cache ? (char *)tsrm_get_ls_cache() + compiler_globals_offset : NULL;
}

static int find_compiler_options(char *compiler)
{
	enum { IN_PHP_7 = 228, IN_PHP_8 = 172, FIRST_PHP_8 = 80000, FIRST_WITH_TWO_BITS = 70400 };
	shift = php_version < FIRST_WITH_TWO_BITS;
	compiler_options = (uint32_t *)(compiler + (php_version < FIRST_PHP_8 ? IN_PHP_7 : IN_PHP_8));
	return (*compiler_options & ~(uint32_t)(OF_DEBUGGERS >> shift)) == (uint32_t)(DEFAULT >> shift);
}

/* Whether this is where `caller` has the memory that its frame has. */
static int fits(const struct layout *candidate, const struct frame *caller)
{
	void *cache = word_of(caller->function, candidate->cache);
	uint32_t size = *(uint32_t *)((char *)caller->function + candidate->cache_size);
	is_indirect = cache != caller->cache && php_version >= FIRST_INDIRECT && php_version < FIRST_DIRECT;
	return (is_indirect ? *(void **)cache : cache) == caller->cache && size && size % sizeof(void *) == 0;
}

static const struct layout *find_layout(const struct frame *caller)
{
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
		if (layouts[i].version <= php_version && fits(&layouts[i], caller))
			return &layouts[i];
	return NULL;
}

int learn_functions(const struct frame *caller)
{
	enum { FIRST_WITH_CLASSES_IN_NAMES = 80100 };
	const struct layout *found = find_layout(caller);
	char *compiler = find_compiler();
	if (!found || !compiler || !find_compiler_options(compiler))
		return 0;
	slots = find_slots(compiler);
	if (!slots && php_version >= FIRST_WITH_CLASSES_IN_NAMES)
		return 0;
	layout = found;
	distrust();
	compile_string = zend_compile_string;
	zend_compile_string = compile_without_trust;
	return 1;
}
