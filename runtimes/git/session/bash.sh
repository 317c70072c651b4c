# The session in bash.

set +o history +o histexpand

# Ends the cell and not the shell, but in a subshell: there it is what it always was. The interrupt takes bash back to its
# prompt, which first gives the user's own trap back. The streams are the cell's: what bash says to an interrupt is not seen.
exit() {
  __krunner_exit=${1-$?}
  if [[ ${BASHPID-$$} != "$$" ]]; then builtin exit "$__krunner_exit"; fi
  if [[ ! $__krunner_exit =~ ^[-+]?[0-9]+$ ]]; then
    echo "exit: $__krunner_exit: numeric argument required" >&2
    __krunner_exit=2
  fi
  __krunner_exit=$((__krunner_exit & 255))
  PROMPT_COMMAND="$(trap -p INT); unset PROMPT_COMMAND"
  trap - INT
  exec 2>/dev/null
  kill -INT "$$"
}

# Without a terminal bash shows no prompt; here the user sees it.
read() {
  case " $*" in
    *' -'*p*) __krunner_prompt "$@" ;;
  esac
  builtin read "$@"
}

__krunner_prompt() {
  local OPTIND=1 OPTARG option prompt='' from=0
  while getopts :ersa:d:i:n:N:p:t:u: option; do
    case $option in
      p) prompt=$OPTARG ;;
      u) from=$OPTARG ;;
    esac
  done
  [[ -p /proc/self/fd/$from ]] && printf %s "$prompt"
}

# Suggestions for what stands before the cursor, the whole text of the file $1.
__krunner_complete() {
  local text word first
  text=$(<"$1")
  text=${text##*$'\n'}
  word=${text##*[[:space:];|&()<>=\"\'\`]}
  first=${text%"$word"}
  first=${first##*[;|&(\`]}
  case $word in
    '$'*) compgen -P '$' -v -- "${word#'$'}" ;;
    *)
      [[ $word != */* && $first =~ ^[[:space:]]*$ ]] && compgen -c -- "$word"
      compgen -f -- "$word" | while IFS= builtin read -r file; do
        if [[ -d $file ]]; then echo "$file/"; else echo "$file"; fi
      done
      ;;
  esac | sort -u
}

echo "ready bash ${BASH_VERSION%%(*}" >"$__krunner_notes"
