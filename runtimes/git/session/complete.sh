# Suggestions in shells that have none of their own: for what stands before the cursor, the whole text of the file $1.

__krunner_complete() {
  __krunner_suggest "$1" | sort -u
}

__krunner_suggest() {
  while IFS= read -r __krunner_text || [ -n "$__krunner_text" ]; do __krunner_line=$__krunner_text; done <"$1"
  __krunner_word=${__krunner_line##*[[:space:];|&()<>=\"\'\`]}
  __krunner_before=${__krunner_line%"$__krunner_word"}
  case $__krunner_word in
    '$'*) __krunner_variables "${__krunner_word#'$'}" ;;
    */*) __krunner_files "$__krunner_word" ;;
    *)
      case ${__krunner_before##*[;|&(\`]} in
        *[![:space:]]*) ;;
        *) __krunner_commands "$__krunner_word" ;;
      esac
      __krunner_files "$__krunner_word"
      ;;
  esac
}

__krunner_files() {
  for __krunner_name in "$1"*; do
    if [ -d "$__krunner_name" ]; then echo "$__krunner_name/"; elif [ -e "$__krunner_name" ]; then echo "$__krunner_name"; fi
  done
}

__krunner_variables() {
  set | while IFS= read -r __krunner_name; do
    case $__krunner_name in
      [!A-Za-z_]* | *[!A-Za-z0-9_]*=*) ;;
      "$1"*=*) echo "\$${__krunner_name%%=*}" ;;
    esac
  done
}

__krunner_commands() {
  alias | while IFS= read -r __krunner_name; do
    __krunner_name=${__krunner_name#alias }
    case $__krunner_name in "$1"*=*) echo "${__krunner_name%%=*}" ;; esac
  done
  for __krunner_name in alias bg break case cd command continue do done echo elif else esac eval exec exit export false fg fi \
    for getopts hash if in jobs kill local printf pwd read readonly return set shift test then time times trap true type \
    ulimit umask unalias unset until wait while; do
    case $__krunner_name in "$1"*) echo "$__krunner_name" ;; esac
  done
  (
    IFS=:
    for __krunner_folder in $PATH; do
      for __krunner_name in "$__krunner_folder/$1"*; do
        [ -f "$__krunner_name" ] && [ -x "$__krunner_name" ] && echo "${__krunner_name##*/}"
      done
    done
  )
}
