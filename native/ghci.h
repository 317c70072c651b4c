/* What the parts of libkrunner-ghci.so share; ghci-session.c says what it is for. */
#include <stddef.h>
#include <sys/types.h>

#include "../runtimes/compiled/driver/text.h"

#define EXPORTED __attribute__((visibility("default")))
#define WEAK __attribute__((weak))

/* In an old libc only who links it has it: GHC does, and a shell on the way to it does not. */
extern WEAK void *dlsym(void *library, const char *name);

/* -- libkrunner-driver.so -- */

int krunner_start(void);
int krunner_wait(void);
int krunner_enter(void);
int krunner_leave(void);

/* -- ghci-channel.c -- */

struct request {
	char type[16];
	long id, cursor;
	char *source; /* malloc'ed, and a NUL behind it */
	size_t length;
};

/* 0 when the daemon is gone. */
int read_request(struct request *request);
void send_report(const char *fields, const char *payload, size_t length);

/* -- ghci-tokens.c -- */

enum token_kind { NAME, CONSTRUCTOR, OPERATOR, OPEN, CLOSE, BACKTICK, COMMAND, PRAGMA, OTHER };

struct token {
	enum token_kind kind;
	const char *text;
	size_t length;
	int line, column; /* from 1, and from 0 */
	int depth;	  /* how many brackets are open before it */
	int begins_line, at_base;
};

struct tokens {
	struct token *list;
	size_t count;
};

/* `source` ends with a NUL; what it is made of lasts until forget_all(). */
struct tokens scan(const char *source);
int is_token(const struct token *token, const char *text);

/* -- ghci-items.c -- */

enum item_kind { STATEMENT, DECLARATION, SIGNATURE, IMPORT, LANGUAGE, OPTIONS, MODULE, DIRECTIVE };

/* What stands at the left margin, with all that is indented below it. */
struct item {
	enum item_kind kind;
	const struct token *first, *last;
	/* What it declares, where that is one name; for a SIGNATURE the first. */
	const struct token *name;
	/* Its equations may stand one below the other. */
	int is_function;
};

struct items {
	struct item *list;
	size_t count;
};

struct items split(struct tokens tokens);
int same_name(const struct token *one, const struct token *other);

/* -- ghci-cell.c -- */

/* The commands that make ghci run a cell, and for each mark in them the line that comes next; 0 for the last. */
struct script {
	struct text text;
	int *lines;
	size_t marks;
	size_t blocks, begin; /* where the last block begins */
};

void write_script(struct script *script, const char *source, long cell);
/* The block that is all of the cell, without marks, or NULL. */
const char *only_block(const struct script *script);

/* -- ghci-output.c -- */

/* What becomes of what ghci itself prints. What user code prints goes its own way. */
enum output { UNTOUCHED, DROPPED, CAPTURED, SHOWN };

void direct_output(enum output output);
/* What was captured. */
extern struct text captured;

/* What ghci has said of the running cell. */
extern struct verdict {
	long cell;
	int line; /* of what runs, where ghci knows no better */
	int failed, interrupted;
	int exits, exit_code;
	const char *error;
} verdict;

/* -- ghci-interrupt.c -- */

void watch_interrupts(void);
/* Whether an interrupt was handed to ghci that may not have met anybody yet: call again when ghci has had the time. */
int end_interrupt(void);
void forget_interrupt(void);

/* -- ghci-look.c -- */

/* Commands for ghci, or NULL where there is nothing to ask. They last until forget_all(). */
const char *ask_completions(const struct request *request);
const char *ask_documentation(const struct request *request);
/* What ghci has answered. */
void send_completions(long id);
void send_documentation(long id);
