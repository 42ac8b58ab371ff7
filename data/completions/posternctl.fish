# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion of posternctl. Commands and options are what the program itself tells, so that none is missing here.

function __posternctl_commands
    posternctl --help 2>/dev/null | string match --regex --groups-only '^  ([a-z][a-z-]*)( (?:\S+ )*) +(\S.*)$' | while read --local name
        read --local words
        read --local summary
        printf '%s\t%s\n' $name $summary
    end
end

function __posternctl_command
    set --local words (commandline --tokens-expanded --cut-at-cursor 2>/dev/null; or commandline --tokenize --cut-at-cursor)
    echo $words[2]
end

# Each option of the command with what it is for; those that take a value end in =
function __posternctl_options
    posternctl (__posternctl_command) --help 2>/dev/null | string match --regex --groups-only '^  (?:-[a-zA-Z], )?(--[a-z][a-z-]*=?)\S* +(\S.*)$' | while read --local name
        read --local summary
        printf '%s\t%s\n' $name $summary
    end
end

function __posternctl_values
    set --local word (commandline --current-token)
    set --local option (string split --max 1 = -- $word)[1]
    switch $option
        case --as
            printf "$option=%s\n" text json postfix runbook
        case --format
            printf "$option=%s\n" text markdown html
        case --lang
            printf "$option=%s\n" cs fr ru
        case --pin
            echo "$option=sha256:"
        case '--*-file' --domains --networks --main-cf --into --output
            for path in (__fish_complete_path (string replace --regex '^[^=]*=' '' -- $word))
                echo "$option=$path"
            end
    end
end

function __posternctl_plans
    set --local word (commandline --current-token)
    for path in $word*
        if test -d $path
            echo $path/
        else if string match --quiet -- '*.postern' $path
            echo $path
        end
    end
end

complete --command posternctl --no-files
complete --command posternctl --condition '__fish_is_nth_token 1' --arguments '(__posternctl_commands)'
complete --command posternctl --condition '__fish_is_nth_token 1' --long-option help
complete --command posternctl --condition '__fish_is_nth_token 1' --long-option version
complete --command posternctl --condition 'not __fish_is_nth_token 1; and string match --quiet -- "-*" (commandline --current-token); and not string match --quiet -- "*=*" (commandline --current-token)' --arguments '(__posternctl_options)'
complete --command posternctl --condition 'string match --quiet -- "--*=*" (commandline --current-token)' --arguments '(__posternctl_values)'
complete --command posternctl --condition 'not __fish_is_nth_token 1; and not string match --quiet -- "-*" (commandline --current-token)' --arguments '(__posternctl_plans)'
