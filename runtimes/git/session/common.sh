# What every shell gets before its first cell; bash.sh, zsh.sh and posix.sh are each shell's own part.
#
# Set by who sources it: __krunner_notes, the file in which the driver reads what we tell it; __krunner_home, the folder
# above; __krunner_scratch, a folder for files of ours; __krunner_node, the program that runs graph.cjs.

unset ENV HISTFILE

__krunner_ping() {
  echo 'pong!'
}

__krunner_resize() {
  # One that is of its form does not come to us.
  echo "%resize: give it two numbers of at least 1, as in %resize 24 80" >&2
  return 1
}

__krunner_show() {
  "$__krunner_node" "$__krunner_home/graph.cjs" "$__krunner_notes" "$__krunner_scratch" "$@"
}

alias %ping=__krunner_ping %resize=__krunner_resize %show=__krunner_show
