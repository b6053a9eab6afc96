# Completion of convoscope in bash 3.2 and later; see `convoscope completion --help`.
# The script never evaluates what is typed or offered.

_convoscope() {
  local line=$COMP_LINE piece='' value about paths prefix i n=0
  local -a words=()
  # bash also breaks words at = : and @. Join the pieces that no space separates.
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
  # readline replaces only the part of the last word after the last break. The @ itself is replaced, too.
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
  esac 2>/dev/null # bash before version 4 has no compopt
}

# Keep the order, newest first, if bash supports it.
complete -o nosort -F _convoscope convoscope 2>/dev/null ||
  complete -o default -F _convoscope convoscope
