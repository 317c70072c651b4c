/*
 * PHP in libkrunner-driver.so, as an extension of whatever PHP loads it: `extension=` names this library.
 *
 * A cell runs as the main script of PHP does: no frame is below it, its variables are the global ones, and the engine comes back
 * here when it gives up, for a fatal error or `exit`. All that user code has made is still there then.
 */
#include "driver-php.h"

extern WEAK struct table module_registry;
extern WEAK int zend_register_functions(void *class, const void *functions, struct table *table, int type);
extern WEAK int zend_eval_stringl(const char *code, size_t length, struct value *result, const char *name);
extern WEAK int zend_hash_str_del(struct table *table, const char *name, size_t length);
extern WEAK void php_call_shutdown_functions(void);
extern WEAK void php_free_shutdown_functions(void);
extern WEAK void _efree(void *block);

static uint32_t argument_count(const struct frame *frame)
{
	return frame->this.extra;
}

static void give_number(struct value *result, long number)
{
	result->is.number = number;
	result->type = NUMBER;
}

/* -- After the engine has given up -- */

/* Variables of a cell live in its frame while it runs; the table then says where. */
static void take_variables_home(void)
{
	struct table *variables = &engine->variables;
	for (uint32_t i = 0; i < variables->used; i++) {
		struct bucket *bucket = &variables->buckets[i];
		if ((bucket->value.type & 0xff) <= LAST_TYPE_OF_VALUES)
			continue;
		const struct value *there = bucket->value.is.pointer;
		int is_set = there->type != 0;
		bucket->value.is = there->is;
		bucket->value.type = is_set ? there->type : NULL_VALUE;
		if (!is_set)
			zend_hash_str_del(variables, bucket->key->bytes, bucket->key->length);
	}
}

static void leave_stack(void *top, void *end, struct stack_page *page)
{
	struct stack_page *newer = tables->stack;
	while (newer && newer != page)
		newer = newer->previous;
	if (!newer)
		return;
	while (tables->stack != page) {
		newer = tables->stack;
		tables->stack = newer->previous;
		_efree(newer);
	}
	tables->stack_top = top;
	tables->stack_end = end;
}

/* A fatal error marks all objects as if their destructors had run. */
static void let_destruct(struct object *object)
{
	enum { DESTRUCTED = 1 << 8 };
	object->flags &= ~(uint32_t)DESTRUCTED;
}

static void recover(const struct tables *before)
{
	enum { FIRST_WITH_THIS_MARK = 70300 };
	take_variables_home();
	leave_stack(before->stack_top, before->stack_end, before->stack);
	if (*exception)
		zend_clear_exception();
	if (php_version >= FIRST_WITH_THIS_MARK)
		visit_objects(let_destruct);
}

/* -- Running -- */

static void evaluate(void *cell)
{
	const struct text *const *texts = cell;
	zend_eval_stringl(texts[0]->bytes, texts[0]->length, NULL, texts[1]->bytes);
}

static void shut_down(void *unused)
{
	(void)unused;
	php_call_shutdown_functions();
	php_free_shutdown_functions();
}

/* Whether the engine gave up. */
static int gives_up(void (*action)(void *), void *argument)
{
	const struct tables before = *tables;
	jmp_buf *outer = engine->bailout;
	jmp_buf here;
	int left = setjmp(here);
	if (!left) {
		*current_frame = NULL;
		engine->bailout = &here;
		action(argument);
	}
	engine->bailout = outer;
	if (left)
		recover(&before);
	return left;
}

static int is_exiting(void)
{
	return *exception && zend_is_unwind_exit && zend_is_unwind_exit(*exception);
}

enum { INTERRUPTED = -1, OVERFLOWED = -2 };

/* krunner_run(code, name, names): null, or the code it exited with, or how it ended else. Exceptions are thrown. */
static void run(struct frame *frame, struct value *result)
{
	const struct text *texts[3];
	if (zend_parse_parameters(argument_count(frame), "SSS", &texts[0], &texts[1], &texts[2]) != 0)
		return;
	*exit_status = 0;
	forget(texts[2]);
	watch_stack();
	begin_interruptible();
	int ended = gives_up(evaluate, texts);
	restore_forgotten();
	if (is_exiting()) {
		zend_clear_exception();
		ended = 1;
	}
	int status = *exit_status;
	if (ended && gives_up(shut_down, NULL))
		status = *exit_status;
	forget_exhaustion();
	reopen_streams();
	int interrupted = end_interruptible();
	*current_frame = frame;
	int overflowed = stack_overflowed();
	if (overflowed || interrupted)
		give_number(result, overflowed ? OVERFLOWED : INTERRUPTED);
	else if (ended)
		give_number(result, status);
}

/* krunner_start(version): how much of us there is. 0: nothing, 1: cells, 2: names can be declared anew. */
static void start(struct frame *frame, struct value *result)
{
	if (zend_parse_parameters(argument_count(frame), "l", &php_version) != 0)
		return;
	give_number(result, 0);
	if (!learn(frame))
		return;
	krunner_start();
	keep_streams();
	start_interrupts();
	replace_readline("krunner_run", run);
	give_number(result, 1 + learn_functions(frame->previous));
}

static void wait_for_request(struct frame *frame, struct value *result)
{
	(void)frame, (void)result;
	krunner_wait();
}

/* -- The extension -- */

/* An entry, and the end of a list, also in PHP 8.4, where entries are larger. */
struct entry {
	const char *name;
	function *code;
	const void *arguments;
	uint32_t argument_count, flags;
	const void *rest[8];
};

/* The first line of a list of arguments, which says nothing of them, and more of the same. */
static const uint64_t no_arguments[32];

static const struct entry functions[] = {
	{.name = "krunner_start", .code = start, .arguments = no_arguments},
	{.name = "krunner_wait", .code = wait_for_request, .arguments = no_arguments},
	{.name = "krunner_run", .code = run, .arguments = no_arguments},
};

struct module {
	unsigned short size;
	unsigned int api;
	unsigned char debug, threads;
	const void *settings, *dependencies;
	const char *name;
	const void *functions;
	int (*start)(int type, int number);
	int (*stop)(int type, int number);
	int (*begin)(int type, int number);
	int (*end)(int type, int number);
	void (*describe)(void *module);
	const char *version;
	size_t globals_size;
	void *globals;
	void (*globals_constructor)(void *);
	void (*globals_destructor)(void *);
	int (*after)(void);
	int started;
	unsigned char type;
	void *handle;
	int number;
	const char *build;
};

static int register_functions(int type, int number)
{
	(void)number;
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		zend_register_functions(NULL, &functions[i], NULL, type);
	return 0;
}

/* What PHP asks an extension for. It says the same of how it is built as what is built in. */
EXPORTED struct module *get_module(void)
{
	static struct module ours;
	const struct value *found = zend_hash_str_find(&module_registry, "standard", 8);
	const struct module *standard = found->is.pointer;
	ours = (struct module){.size = standard->size, .api = standard->api, .debug = standard->debug};
	ours.threads = standard->threads;
	ours.build = standard->build;
	ours.name = "krunner";
	ours.start = register_functions;
	return &ours;
}
