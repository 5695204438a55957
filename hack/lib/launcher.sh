# shellcheck shell=bash
# Small programs that start a program of a Debian tree through the tree's own loader. Only that program sees the tree's
# libraries: what it starts itself does not (LD_LIBRARY_PATH would leak into it).

# launcher_write FILE TREE PROGRAM [SHELL-LINES [ARGUMENTS [THROUGH]]]: TREE is where the tree will be in the end;
# SHELL-LINES run before; ARGUMENTS are shell words put before the caller's; THROUGH are those of a program that starts it.
launcher_write() {
  local file=$1 tree=$2 program=$3 before=${4:-} arguments=${5:-} through=${6:-} name libraries
  name=$(basename "$file")
  libraries=$tree/usr/lib/$DEBIAN_TRIPLET:$tree/usr/lib
  {
    echo '#!/bin/sh'
    echo '# Written by hack/setup.'
    [ -z "$before" ] || printf '%s\n' "$before"
    printf 'exec %s%s --argv0 %s --library-path %s %s %s"$@"\n' "${through:+$through }" "$(quote "$tree/$DEBIAN_LOADER")" "$name" \
      "$(quote "$libraries")" "$(quote "$tree/usr/bin/$program")" "${arguments:+$arguments }"
  } >"$file" && chmod 755 "$file"
}
