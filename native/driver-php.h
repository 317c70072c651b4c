/*
 * What the parts of libkrunner-driver.so for PHP know of its engine, which is what has stayed the same from 7.1 on. Where
 * things are that have moved, `learn` finds out (driver-php-engine.c).
 */
#include "driver.h"
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

struct value {
	union {
		long number;
		void *pointer;
	} is;
	uint32_t type;
	uint32_t extra;
};

enum { NULL_VALUE = 1, FALSE = 2, NUMBER = 4, LAST_TYPE_OF_VALUES = 10 };

struct text {
	uint64_t head, hash;
	size_t length;
	char bytes[];
};

struct bucket {
	struct value value;
	uint64_t hash;
	struct text *key;
};

/* Never one of PHP's packed arrays. */
struct table {
	uint64_t head;
	uint32_t flags, mask;
	struct bucket *buckets;
	uint32_t used, count, size, position;
	long next;
	void (*destroy)(struct value *);
};

struct object {
	uint32_t references, flags;
	uint32_t handle;
	void *class;
};

/* A call. `argument_count` is in `this`. */
struct frame {
	const void *place;
	struct frame *call;
	struct value *result;
	void *function;
	struct value this;
	struct frame *previous;
	struct table *names;
	void **cache;
};

struct stack_page {
	void *top, *end;
	struct stack_page *previous;
};

/* The beginning of the engine's state. */
struct engine {
	struct value undefined, error;
	struct table *tables[32];
	struct table **table_limit, **next_table;
	struct table variables;
	struct table files;
	jmp_buf *bailout;
	int reporting;
};

/* What stands before the current frame, with a word more from PHP 7.4 on. */
struct tables {
	struct table *functions, *classes, *constants;
	void *stack_top, *stack_end;
	struct stack_page *stack;
};

/* NULL: this is no PHP that we know. */
extern struct engine *engine;
extern struct tables *tables;
extern int *exit_status;
extern struct frame **current_frame;
extern struct object **exception;
/* Checked by loops and calls. */
extern volatile char *attention;

/* As PHP_VERSION_ID. */
extern long php_version;

int learn(struct frame *frame);
/* So that memory can be exhausted more than once. */
void forget_exhaustion(void);
/* Calls `visit` with every object that lives. */
void visit_objects(void (*visit)(struct object *));

/* driver-php-names.c: what a cell declares anew takes the place of what had its name. */
/* `caller`: of a function in PHP. 0: names cannot be declared anew. */
int learn_functions(const struct frame *caller);
/* `names`: lines, each a letter for the kind (f, c or k) and the name as the engine has it. */
void forget(const struct text *names);
/* What has not been declared anew comes back. */
void restore_forgotten(void);

/* driver-php-input.c. `known`: the code of the function of the library that has this name. */
typedef void function(struct frame *frame, struct value *result);
void replace_readline(const char *known_name, function *known);
void keep_streams(void);
void reopen_streams(void);

/* driver-php-stack.c: around a cell. */
void watch_stack(void);
int stack_overflowed(void);

/* driver-php-interrupts.c */
void start_interrupts(void);
void begin_interruptible(void);
/* Whether the cell was left for an interrupt. */
int end_interruptible(void);

/* Of PHP. */
extern WEAK int zend_parse_parameters(uint32_t count, const char *types, ...);
extern WEAK void *zend_ce_closure;
extern WEAK struct object *zend_throw_exception(void *class, const char *message, long code);
extern WEAK void zend_throw_unwind_exit(void);
extern WEAK unsigned char zend_is_unwind_exit(const struct object *exception);
extern WEAK void zend_clear_exception(void);
extern WEAK const char *zend_get_executed_filename(void);
extern WEAK uint32_t zend_get_executed_lineno(void);
extern WEAK void _zend_bailout(const char *file, uint32_t line);
extern WEAK struct value *zend_hash_str_find(const struct table *table, const char *name, size_t length);
