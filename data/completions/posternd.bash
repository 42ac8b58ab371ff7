# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion of posternd. Commands and options are what the program itself tells, so that none is missing here.

# The commands' words in the order they are typed: “token” “add”. $@ are those that are there already.
_posternd_words ()
{
    posternd --help 2>/dev/null | awk -v typed="$*" '
        /^  [a-z]/ {
            sub (/^ +/, "")
            sub (/ (  |[A-Z[]).*/, "")
            if (typed != "" && index ($0 " ", typed " ") != 1)
                next
            if ($1 == "posternd")
                next
            $0 = substr ($0, length (typed) + 1)
            if ($1 ~ /^[a-z-]+$/ && !seen[$1]++)
                print $1
        }'
}

_posternd_options ()
{
    posternd --help 2>/dev/null | sed -n -E 's/^  (-[a-zA-Z], )?(--[a-z][a-z-]*=?).*/\2/p'
}

_posternd ()
{
    local line=${COMP_LINE:0:COMP_POINT} word typed
    local -a words commands=()
    read -r -a words <<<"$line"
    word=
    if [[ $line != *[[:space:]] ]]; then
        word=${words[-1]}
        unset 'words[-1]'
    fi
    COMPREPLY=()

    case $word in
        --*-dir=*)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -d -- "${word#*=}")
            ;;
        --role=*)
            mapfile -t COMPREPLY < <(compgen -W 'write read' -- "${word#*=}")
            ;;
        -*)
            mapfile -t COMPREPLY < <(compgen -W "$(_posternd_options)" -- "$word")
            [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null
            ;;
        *)
            for typed in "${words[@]:1}"; do
                [[ $typed == -* ]] || commands+=("$typed")
            done
            mapfile -t COMPREPLY < <(compgen -W "$(_posternd_words "${commands[*]}")" -- "$word")
            ;;
    esac
}

complete -F _posternd posternd
