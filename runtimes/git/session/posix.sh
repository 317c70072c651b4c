# The session in dash, in ash of busybox, and in other shells as POSIX has them.

# What `exit` stands for in a cell. An error takes the shell back to its prompt with all it knows; the streams are the cell's,
# so that what the shell says of it is not seen. A subshell is known by its process.
__krunner_leave() {
  __krunner_exit=${1-$?}
  read -r __krunner_process __krunner_rest </proc/self/stat
  [ "$__krunner_process" = "$$" ] || exit "$__krunner_exit"
  case $__krunner_exit in
    '' | *[!0-9]*)
      echo "exit: Illegal number: $__krunner_exit" >&2
      __krunner_exit=2
      ;;
  esac
  __krunner_exit=$((__krunner_exit & 255))
  exec 2>/dev/null
  unset __krunner_rest
  : "${__krunner_rest:?}"
}

\. "$__krunner_home/session/complete.sh"

alias exit=__krunner_leave

echo "ready ${__krunner_shell:-sh}" >"$__krunner_notes"
