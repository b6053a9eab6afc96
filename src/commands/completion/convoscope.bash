# Completion of convoscope in bash 3.2 and later; see `convoscope completion --help`.
# The script never evaluates what is typed or offered.

_convoscope() {
  local line=$COMP_LINE piece='' value about paths prefix i n=0 width=0
  local -a words=() abouts=()
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
    IFS=$'\t' read -r paths _ # what stands before a path: readline knows
    while IFS=$'\t' read -r value about; do
      value=${value#"$prefix"}
      COMPREPLY+=("$value")
      abouts+=("$about")
      ((${#value} <= width)) || width=${#value}
    done
  } < <(command convoscope __complete -- "${words[@]//[\"\'\\]/}" 2>/dev/null)
  # A list that is only shown has descriptions. What is inserted has none: COMP_TYPE 37 and 42 insert one after another.
  if ((${#COMPREPLY[@]} > 1)) && [[ $COMP_TYPE != 37 && $COMP_TYPE != 42 && ${abouts[*]} == *[![:space:]]* ]]; then
    for i in "${!COMPREPLY[@]}"; do
      [[ -z ${abouts[i]} ]] && continue
      printf -v value '%-*s  (%s)' "$width" "${COMPREPLY[i]}" "${abouts[i]}"
      COMPREPLY[i]=${value:0:${COLUMNS:-80}-1}
    done
    # As names of files, descriptions would be cut at their slashes.
    [[ $paths == folders ]] && paths=shown
  fi
  case $paths in
    open) compopt -o nospace ;;
    shown) compopt -o plusdirs ;;
    files) compopt -o default ;;
    folders) compopt -o filenames -o plusdirs ;;
  esac 2>/dev/null # bash before version 4 has no compopt
}

# Keep the order, newest first, if bash supports it.
complete -o nosort -F _convoscope convoscope 2>/dev/null ||
  complete -o default -F _convoscope convoscope
