# The session in dash, in ash of busybox, and in other shells as POSIX has them.

# What `exit` stands for in a cell. An error takes the shell back to its prompt with all it knows; the streams are the cell's,
# so that what the shell says of it is not seen. A subshell is known by its process: `$$` is that of the shell. All is said in
# words that a user's functions do not hide.
__krunner_leave() {
  __krunner_exit=${1-$?}
  if { { :; } </proc/self/task/$$/stat; } 2>/dev/null; then :; else exit "$__krunner_exit"; fi
  case $__krunner_exit in
    '' | *[!0-9]*)
      echo "exit: Illegal number: $__krunner_exit" >&2
      __krunner_exit=2
      ;;
  esac
  __krunner_exit=$((__krunner_exit & 255))
  exec 2>/dev/null
  : "${__krunner_unset?}"
}

\. "$__krunner_home/session/complete.sh"

alias exit=__krunner_leave

echo "ready ${__krunner_shell:-sh}" >"$__krunner_notes"
