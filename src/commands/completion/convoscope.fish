# Completion of convoscope in fish; see `convoscope completion --help`.
# The script never evaluates what is typed or offered.

function __convoscope_complete
    set -l current (commandline -ct)
    set -l lines (command convoscope __complete -- (commandline -opc) "$current" 2>/dev/null)
    printf '%s\n' $lines[2..-1]
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current"
    end
end

# Keep the order: newest first.
complete -c convoscope -f -k -a '(__convoscope_complete)'
