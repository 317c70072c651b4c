/*
 * libkrunner-restore.so, loaded into those of our programs that start others of the user's: gives back the names that the launcher hid from
 * our loader. What it makes of the environment is what the launcher was started with.
 */
static const char HIDDEN[] = "KRUNNER_HIDDEN_";

__attribute__((constructor)) static void restore(int count, char **arguments, char **env) {
  (void)count;
  (void)arguments;
  for (; *env; env++) {
    int at = 0;
    while (HIDDEN[at] && (*env)[at] == HIDDEN[at]) at++;
    if (!HIDDEN[at]) *env += at;
  }
}
