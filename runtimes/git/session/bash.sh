# The session in bash.

set +o history +o histexpand
# Deeper than that bash runs out of its stack, and takes the context with it.
FUNCNEST=5000

# Ends the cell and not the shell, but in a subshell: there it is what it always was. What it changes to get to the prompt is
# the user's own again before the prompt.
exit() {
  __krunner_exit=${1-$?}
  if [[ ${BASHPID-$$} != "$$" ]]; then builtin exit "$__krunner_exit"; fi
  if [[ ! $__krunner_exit =~ ^[-+]?[0-9]+$ ]]; then
    echo "exit: $__krunner_exit: numeric argument required" >&2
    __krunner_exit=2
  fi
  __krunner_exit=$((__krunner_exit & 255))
  __krunner_kept="trap - DEBUG; set +T; unset PROMPT_COMMAND"$'\n'$(
    shopt -p extdebug
    trap -p DEBUG
    [[ -z ${PROMPT_COMMAND+set} ]] || printf 'PROMPT_COMMAND=%q\n' "$PROMPT_COMMAND"
  )
  [[ $- != *e* ]] || __krunner_kept+=$'\nset -e'
  [[ $- != *T* ]] || __krunner_kept+=$'\nset -T'
  PROMPT_COMMAND='eval "$__krunner_kept"; unset __krunner_kept'
  shopt -s extdebug
  set +e -T
  trap __krunner_unwind DEBUG
}

# Runs before each command from then on: returns from all functions and files, those that a trap has interrupted too.
__krunner_unwind() {
  ((${#FUNCNAME[@]} == 1)) || return 2
}

# At a prompt bash names no lines. Other errors than this one stay without.
command_not_found_handle() {
  echo "bash: line ${BASH_LINENO[0]}: $1: command not found" >&2
  return 127
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
