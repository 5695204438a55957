# shellcheck shell=bash
# Small programs that start a program of a Debian tree through the tree's own loader. Only that program sees the tree's
# libraries: what it starts itself does not (LD_LIBRARY_PATH would leak into it).

# launcher_write FILE TREE PROGRAM [SHELL-LINES [ARGUMENTS]]: TREE is where the tree will be in the end; SHELL-LINES run
# before; ARGUMENTS are shell words put before the caller's.
launcher_write() {
  local file=$1 tree=$2 program=$3 before=${4:-} arguments=${5:-} name libraries
  name=$(basename "$file")
  libraries=$tree/usr/lib/$DEBIAN_TRIPLET:$tree/usr/lib
  {
    echo '#!/bin/sh'
    echo '# Written by hack/setup.'
    [ -z "$before" ] || printf '%s\n' "$before"
    printf 'exec %s --argv0 %s --library-path %s %s %s"$@"\n' "$(quote "$tree/$DEBIAN_LOADER")" "$name" \
      "$(quote "$libraries")" "$(quote "$tree/usr/bin/$program")" "${arguments:+$arguments }"
  } >"$file" && chmod 755 "$file"
}
