/*
 * libbaihook.so: agents preload the library of this name into every program of a container, ours too. Nothing is wanted of it, so there
 * is nothing in it but what makes it load under any libc. What watches user code for its questions is input-hook.c, which the
 * daemon preloads by itself, into that alone.
 */
__attribute__((visibility("default"))) const char libbaihook[] = "krunner";
