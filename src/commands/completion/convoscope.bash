# Completion of convoscope in bash 3.2 and later; see `convoscope completion --help`.
# Nothing that is typed or offered is ever evaluated.

_convoscope() {
  local line=$COMP_LINE piece='' value about paths prefix i n=0
  local -a words=()
  # bash breaks words at = : and @, too: what no space parts is one.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]}
    if ((i > 0)) && [[ $line != [[:space:]]* ]]; then
      words[n - 1]+=$piece
    else
      line=${line#"${line%%[![:space:]]*}"}
      words[n++]=$piece
    fi
    line=${line#"$piece"}
  done
  # Of the last word readline only replaces what follows the last break, an @ included.
  prefix=${words[n - 1]%"$piece"}
  prefix=${prefix%@}
  [[ $piece == [=:] ]] && prefix=${words[n - 1]}

  COMPREPLY=()
  {
    read -r paths
    while IFS=$'\t' read -r value about; do
      COMPREPLY+=("${value#"$prefix"}")
    done
  } < <(command convoscope __complete -- "${words[@]//[\"\'\\]/}" 2>/dev/null)
  case $paths in
    files) compopt -o default ;;
    folders) compopt -o filenames -o plusdirs ;;
  esac 2>/dev/null # before bash 4 there is no compopt
}

# Newest first, where bash can.
complete -o nosort -F _convoscope convoscope 2>/dev/null ||
  complete -o default -F _convoscope convoscope
