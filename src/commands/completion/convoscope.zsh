#compdef convoscope
# Completion of convoscope in zsh; see `convoscope completion --help`.
# The script never evaluates what is typed or offered.

_convoscope() {
  local line paths none=1
  local -a lines values shown suffix
  lines=("${(@f)$(command convoscope __complete -- \
    "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  paths=$lines[1]
  for line in $lines[2,-1]; do
    values+=("${line%%$'\t'*}")
    shown+=("${line/$'\t'/  -- }")
  done
  # What follows a field has no space before it.
  [[ $paths == open ]] && suffix=(-S '')
  # Keep the order: newest first.
  compadd -l -V convoscope "${suffix[@]}" -d shown -a values && none=0
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
