# The session in zsh.

setopt interactive_comments no_bang_hist no_nomatch no_beep
unset HISTFILE

# Ends the cell and not the shell, but in a subshell: there it is what it always was. An error takes zsh back to its prompt;
# the streams are the cell's, so that what it says of the error is not seen.
exit() {
  __krunner_exit=${1-$?}
  if ((ZSH_SUBSHELL > 0)); then builtin exit "$__krunner_exit"; fi
  __krunner_exit=$((__krunner_exit & 255))
  exec 2>/dev/null
  : ${__krunner_unset:?}
}

source "$__krunner_home/session/complete.sh"
functions[__krunner_generic]=$functions[__krunner_complete]

__krunner_complete() {
  emulate -L sh
  __krunner_generic "$@"
}

echo "ready zsh $ZSH_VERSION" >"$__krunner_notes"
