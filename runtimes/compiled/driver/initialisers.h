#ifndef INITIALISERS_H
#define INITIALISERS_H
struct task;

/*
 * Takes the initialisers out of a library's file, so that the loader does not run them: user code in them may
 * throw, exit or be interrupted, which is no good inside of dlopen(). Notes in the task where they are.
 * 0, or -1 where the file is no such library.
 */
int take_initialisers(struct task *task);

#endif
