# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# The one folder that holds what set-up installs: its name, its mark, its lock, its temporary files.
# Only the holder of the lock writes in it, and every tool gets there by a rename.

TOOLS=''
TOOLS_MARK=.sysinit-lima-tools
TOOLS_OPEN='' # "yes" once we hold the lock
TOOLS_TMP=''  # temporary files of this run, in the same file system; never the path of an earlier run

tools_folder_name() {
  [ -n "${HOME:-}" ] || die 2 "HOME is not set, and nix, limactl and this set-up keep their files there" "run it with HOME set, e.g. HOME=/home/\$(id -un) $0"
  if [ -n "${SYSINIT_LIMA_TOOLS:-}" ]; then
    TOOLS=$SYSINIT_LIMA_TOOLS
  elif [ -n "${XDG_DATA_HOME:-}" ]; then
    TOOLS=$XDG_DATA_HOME/sysinit-lima
  else
    TOOLS=$HOME/.local/share/sysinit-lima
  fi
  case $TOOLS in
    *:*) die 2 "the tools' folder $TOOLS has a colon in its name, which PATH cannot carry" "set SYSINIT_LIMA_TOOLS to another folder" ;;
    /*) ;;
    *) die 2 "the tools' folder $TOOLS is not an absolute path" "set SYSINIT_LIMA_TOOLS to an absolute path" ;;
  esac
  TOOLS=${TOOLS%/}
  LOG_FOLDER=$TOOLS/log
}

tools_folder_is_ours() { [ -f "$TOOLS/$TOOLS_MARK" ]; }

# Takes the folder for writing: makes it, waits for another set-up to end, clears what a killed one left half done.
tools_folder_open() {
  [ -z "$TOOLS_OPEN" ] || return 0
  if [ -d "$TOOLS" ] && ! tools_folder_is_ours && [ -n "$(ls -A "$TOOLS")" ]; then
    die 1 "$TOOLS exists and was not made by hack/setup" "move it away, or set SYSINIT_LIMA_TOOLS to another folder"
  fi
  mkdir -p "$TOOLS" || die 1 "cannot make the tools' folder $TOOLS" "make it writable for $(id -un), or set SYSINIT_LIMA_TOOLS to another folder"
  [ -w "$TOOLS" ] || die 1 "the tools' folder $TOOLS is not writable for $(id -un)" "set SYSINIT_LIMA_TOOLS to another folder"
  echo 'Made by hack/setup; ./hack/setup --remove takes it away.' >"$TOOLS/$TOOLS_MARK" || die 1 "cannot write in $TOOLS" "is the disk full?"
  lock_take "$TOOLS/lock"
  TOOLS_OPEN=yes
  STEP_NOTE=$TOOLS/tmp/step
  step_stop_noted
  remove_tree "$TOOLS/tmp"
  { mkdir -p "$TOOLS/tmp" && TOOLS_TMP=$(mktemp -d "$TOOLS/tmp/run-XXXXXX"); } || die 1 "cannot write in $TOOLS" "is the disk full?"
}

tools_folder_close() {
  [ -n "$TOOLS_OPEN" ] || return 0
  STEP_NOTE=''
  remove_tree "$TOOLS/tmp"
  lock_release "$TOOLS/lock"
  TOOLS_OPEN=''
}

tools_folder_put() { # TEMPORARY-FOLDER NAME: the folder becomes TOOLS/NAME, whole or not at all
  local target=$TOOLS/$2
  mkdir -p "${target%/*}" || return 1
  if [ -e "$target" ]; then mv "$target" "$TOOLS_TMP/replaced-$(basename "$2")-$RANDOM" || return 1; fi
  mv "$1" "$target"
}

remove_tree() { # what nix and Go leave read-only goes too
  [ -e "$1" ] || [ -L "$1" ] || return 0
  rm -rf "$1" 2>/dev/null && return 0
  chmod -R u+rwX "$1" 2>/dev/null
  rm -rf "$1"
}
