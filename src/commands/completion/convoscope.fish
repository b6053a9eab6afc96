# Completion of convoscope in fish; see `convoscope completion --help`.
# The script never evaluates what is typed or offered.

function __convoscope_after -a before
    for path in $argv[2..-1]
        printf '%s%s\n' "$before" "$path"
    end
end

function __convoscope_complete
    set -l current (commandline -ct)
    set -l lines (command convoscope __complete -- (commandline -opc) "$current" 2>/dev/null)
    printf '%s\n' $lines[2..-1]
    # What stands before a path in its word follows the tab.
    set -l wanted (string split -m 1 \t -- "$lines[1]")
    set -l path (string sub -s (math 1 + (string length -- "$wanted[2]")) -- "$current")
    switch "$wanted[1]"
        case files
            __convoscope_after "$wanted[2]" (__fish_complete_path "$path")
        case folders
            __convoscope_after "$wanted[2]" (__fish_complete_directories "$path")
    end
end

# Keep the order: newest first.
complete -c convoscope -f -k -a '(__convoscope_complete)'
