# shellcheck shell=bash
# Comparing versions and finding programs on the user's own PATH.

version_in() { # prints the first dotted number in TEXT
  printf '%s\n' "$1" | sed -n 's/^[^0-9]*\([0-9][0-9]*\(\.[0-9][0-9]*\)*\).*/\1/p' | head -n 1
}

version_at_least() { # VERSION WANTED
  local have=$1. want=$2. h w
  while [ -n "$want" ]; do
    h=${have%%.*} w=${want%%.*}
    have=${have#*.} want=${want#*.}
    [ "${h:-0}" -eq "${w:-0}" ] || { [ "${h:-0}" -gt "${w:-0}" ]; return; }
  done
}

path_without_ours() { # prints PATH without the folders of our tools
  local folder rest=$PATH: kept=''
  while [ -n "$rest" ]; do
    folder=${rest%%:*} rest=${rest#*:}
    case $folder in
      '' | "$TOOLS" | "$TOOLS"/*) ;;
      *) kept=$kept${kept:+:}$folder ;;
    esac
  done
  printf '%s' "$kept"
}

program_on_path() { # prints where PROGRAM is on the user's own PATH
  (
    PATH=$(path_without_ours)
    type -P "$1"
  )
}
