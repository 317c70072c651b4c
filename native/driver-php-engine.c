/*
 * PHP in libkrunner-driver.so: where things are in the engine of this PHP. It tells us itself: we look where it has put
 * what we know. A PHP in which we do not find all is served without us.
 */
#include "driver-php.h"
#include <dlfcn.h>
#include <link.h>
#include <string.h>
#include <sys/time.h>

extern WEAK char executor_globals[];
/* In a PHP with threads. */
extern WEAK size_t executor_globals_offset;
extern WEAK void *tsrm_get_ls_cache(void);

struct engine *engine;
struct tables *tables;
int *exit_status;
long php_version;
struct frame **current_frame;
struct object **exception;
volatile char *attention;

/* Of the engine's state; there is more, and more behind it. */
enum { LOOKED_THROUGH = 1600 };

static struct engine *find_engine(void)
{
	if (executor_globals)
		return (struct engine *)executor_globals;
	if (&executor_globals_offset && tsrm_get_ls_cache)
		return (struct engine *)((char *)tsrm_get_ls_cache() + executor_globals_offset);
	return NULL;
}

static void *find_pointer(const struct engine *within, const void *pointer)
{
	for (size_t at = offsetof(struct engine, bailout); at < LOOKED_THROUGH; at += sizeof pointer)
		if (*(const void **)((char *)within + at) == pointer)
			return (char *)within + at;
	return NULL;
}

static int find_current_frame(struct engine *found, const struct frame *frame)
{
	current_frame = find_pointer(found, frame);
	return current_frame != NULL;
}

static int find_tables(void)
{
	for (int words = 0; words <= 1; words++) {
		tables = (struct tables *)((void **)current_frame - words) - 1;
		if (zend_hash_str_find(tables->functions, "strlen", 6))
			return 1;
	}
	return 0;
}

/* The last number before the tables, which PHP 8.5 has moved away from the first, to an even place. */
static void find_exit_status(const struct engine *found)
{
	int *end = (int *)tables;
	exit_status = (char *)end == (char *)(found + 1) ? end - 1 : end - 2;
}

static int find_exception(struct engine *found)
{
	exception = find_pointer(found, zend_throw_exception(NULL, "", 0));
	zend_clear_exception();
	return exception != NULL;
}

/* PHP's own time limit sets two flags that stand side by side: ours, and why. */
static int find_attention(struct engine *found)
{
	const struct itimerval never = {0};
	struct sigaction action;
	char before[LOOKED_THROUGH];
	next_sigaction(SIGPROF, NULL, &action);
	if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN)
		return 0;
	memcpy(before, found, sizeof before);
	raise(SIGPROF);
	setitimer(ITIMER_PROF, &never, NULL);
	for (size_t at = 0; at + 1 < sizeof before; at++) {
		char *now = (char *)found + at;
		if (before[at] == 0 && before[at + 1] == 0 && now[0] == 1 && now[1] == 1) {
			now[0] = now[1] = 0;
			attention = now;
			return 1;
		}
	}
	return 0;
}

struct objects {
	struct object **all;
	uint32_t top, size;
	int free;
};

/* Where the place in the list is free there is a number, which is odd. */
static int is_object(const struct object *object)
{
	return object && !((uintptr_t)object & 1);
}

static const struct objects *objects;

/* The list stands before the exception; PHP 8.4 has put a table of lazy ones in between. */
static const struct objects *find_objects(void)
{
	static const size_t distances[] = {sizeof(struct objects), sizeof(struct objects) + sizeof(struct table)};
	const struct object *known = zend_throw_exception(NULL, "", 0);
	const struct objects *found = NULL;
	for (size_t i = 0; i < sizeof distances / sizeof *distances && !found; i++) {
		const struct objects *candidate = (const struct objects *)((char *)exception - distances[i]);
		int fits = candidate->top <= candidate->size && known->handle < candidate->top;
		if (fits && candidate->all && candidate->all[known->handle] == known)
			found = candidate;
	}
	zend_clear_exception();
	return found;
}

/* `frame`: of the running function of ours. */
int learn(struct frame *frame)
{
	struct engine *found = find_engine();
	if (!found || !zend_throw_exception || !zend_clear_exception || !zend_hash_str_find || !_zend_bailout)
		return 0;
	if (!find_current_frame(found, frame) || !find_exception(found) || !find_attention(found))
		return 0;
	objects = find_objects();
	if (!objects || !found->bailout || !find_tables())
		return 0;
	find_exit_status(found);
	engine = found;
	return 1;
}

/* -- Memory -- */

extern WEAK void zend_handle_delayed_oom(void);
extern WEAK int dladdr1(const void *address, Dl_info *info, void **extra, int flags);

/* How far it is with telling that memory is exhausted. */
struct exhaustion {
	int state, line;
	void *texts[2];
};

/* A PHP that unwinds when memory is exhausted does that once, as programs end then: it keeps its state behind all else. */
void forget_exhaustion(void)
{
	Dl_info library;
	const ElfW(Sym) *symbol;
	if (!zend_handle_delayed_oom || !executor_globals || !dladdr1)
		return;
	if (dladdr1(executor_globals, &library, (void **)&symbol, RTLD_DL_SYMENT) && symbol)
		((struct exhaustion *)(executor_globals + symbol->st_size))[-1].state = 0;
}

void visit_objects(void (*visit)(struct object *))
{
	/* The first is nobody's. */
	for (uint32_t i = 1; i < objects->top; i++)
		if (is_object(objects->all[i]))
			visit(objects->all[i]);
}
