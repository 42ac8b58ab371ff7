# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion of posternd. Commands and options are what the program itself tells, so that none is missing here.

# The next word of each command that begins with the words that are there.
function __posternd_words
    set --local typed (commandline --tokens-expanded --cut-at-cursor 2>/dev/null; or commandline --tokenize --cut-at-cursor)
    set --local typed (string match --invert -- '-*' $typed[2..])
    posternd --help 2>/dev/null | string match --regex --groups-only '^  ([a-z][a-z-]*(?: [a-z][a-z-]*)*)(?: [A-Z\[]\S*| \S+\])* {2,}(\S.*)$' | while read --local words
        read --local summary
        set --local words (string split ' ' -- $words)
        test "$words[1]" != posternd; or continue
        test (count $words) -gt (count $typed); or continue
        set --local number (count $typed)
        test $number -eq 0; or test "$words[1..$number]" = "$typed"; or continue
        printf '%s\t%s\n' $words[(math $number + 1)] $summary
    end
end

function __posternd_options
    posternd --help 2>/dev/null | string match --regex --groups-only '^  (?:-[a-zA-Z], )?(--[a-z][a-z-]*=?)\S* +(\S.*)$' | while read --local name
        read --local summary
        printf '%s\t%s\n' $name $summary
    end
end

complete --command posternd --no-files
complete --command posternd --condition 'not string match --quiet -- "-*" (commandline --current-token)' --arguments '(__posternd_words)'
complete --command posternd --condition 'string match --quiet -- "-*" (commandline --current-token); and not string match --quiet -- "*=*" (commandline --current-token)' --arguments '(__posternd_options)'
complete --command posternd --condition 'string match --quiet -- "--*-dir=*" (commandline --current-token)' --arguments '(for path in (__fish_complete_directories (string replace --regex "^[^=]*=" "" -- (commandline --current-token))); echo (string split --max 1 = -- (commandline --current-token))[1]=$path; end)'
complete --command posternd --condition 'string match --quiet -- "--role=*" (commandline --current-token)' --arguments '--role=write --role=read'
