# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion of posternctl. Commands and options are what the program itself tells, so that none is missing here.

_posternctl_commands ()
{
    posternctl --help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p'
}

# With the equals sign of those that take a value.
_posternctl_options ()
{
    posternctl "$1" --help 2>/dev/null | sed -n -E 's/^  (-[a-zA-Z], )?(--[a-z][a-z-]*=?).*/\2/p'
}

# The values of an option, for those that are not names of files or free text.
_posternctl_values ()
{
    case $1 in
        --as) echo text json postfix runbook ;;
        --format) echo text markdown html ;;
        --lang) echo cs fr ru ;;
        --pin) echo sha256: ;;
    esac
}

_posternctl_plans ()
{
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -X '!*.postern' -- "$1"; compgen -d -- "$1")
}

_posternctl ()
{
    local line=${COMP_LINE:0:COMP_POINT} word option
    local -a words
    # Of the words as they are typed: bash itself would split at = and :
    read -r -a words <<<"$line"
    word=
    [[ $line == *[[:space:]] ]] || word=${words[-1]}
    COMPREPLY=()

    if [[ ${#words[@]} -lt 2 || ( ${#words[@]} -eq 2 && -n $word ) ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_posternctl_commands) --help --version" -- "$word")
        return
    fi
    case $word in
        --*=*)
            option=${word%%=*} word=${word#*=}
            case $option in
                --into) _posternctl_plans "$word" ;;
                --*file | --domains | --networks | --main-cf | --output)
                    compopt -o filenames 2>/dev/null
                    mapfile -t COMPREPLY < <(compgen -f -- "$word")
                    ;;
                *) mapfile -t COMPREPLY < <(compgen -W "$(_posternctl_values "$option")" -- "$word") ;;
            esac
            # What stands before the last colon is a word of its own to bash.
            [[ $COMP_WORDBREAKS != *:* || $word != *:* ]] || COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
            ;;
        -*)
            mapfile -t COMPREPLY < <(compgen -W "$(_posternctl_options "${words[1]}")" -- "$word")
            [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null
            ;;
        *)
            _posternctl_plans "$word"
            ;;
    esac
}

complete -F _posternctl posternctl
