#compdef convoscope
# Completion of convoscope in zsh; see `convoscope completion --help`.
# The script never evaluates what is typed or offered.

_convoscope() {
  local line paths before about none=1 width=0
  local -a lines values shown suffix list
  lines=("${(@f)$(command convoscope __complete -- \
    "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  paths=${lines[1]%%$'\t'*}
  # What stands before a path in its word.
  [[ $lines[1] == *$'\t'* ]] && before=${lines[1]#*$'\t'}
  for line in $lines[2,-1]; do
    values+=("${line%%$'\t'*}")
    ((${#values[-1]} > width)) && width=${#values[-1]}
  done
  for line in $lines[2,-1]; do
    about=
    [[ $line == *$'\t'* ]] && about="  -- ${line#*$'\t'}" && list=(-l)
    shown+=("${(r:width:)${line%%$'\t'*}}$about")
  done
  # What follows a field has no space before it.
  [[ $paths == open ]] && suffix=(-S '')
  # Keep the order: newest first.
  compadd $list -V convoscope "${suffix[@]}" -d shown -a values && none=0
  [[ -n $before ]] && compset -P ${#before//[^=]} '*='
  case $paths in
    files) _files && none=0 ;;
    folders) _files -/ && none=0 ;;
  esac
  return none
}

# In a folder of fpath, this file is the body of the function. Else it is evaluated.
if [[ $funcstack[1] == _convoscope ]]; then
  _convoscope "$@"
else
  compdef _convoscope convoscope
fi
