# shellcheck shell=bash
# What the scripts say: results on standard output, talk on standard error, output of the tools in a log file.

SAY_QUIET=${SAY_QUIET:-} # "yes": results are left out too (--env prints data there)
LOG_FOLDER=''            # where the log of this run goes; nothing is written before the first step
LOG_FILE=''
STEP_GROUP=''            # process group of the step that is running
STEP_NOTE=''             # a file that names that group, for the one who comes after a kill -9
PROGRESS_SECONDS=10

say() { printf '%s\n' "$*" >&2; }

say_error() { # WHAT-WHICH-WHY [HINT]
  printf 'error: %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '  hint: %s\n' "$2" >&2
}

die() { # EXIT-STATUS WHAT-WHICH-WHY [HINT]
  say_error "$2" "${3:-}"
  exit "$1"
}

report() { # STATE NAME VERSION WHERE-AND-HOW
  [ -n "$SAY_QUIET" ] || printf '%-9s %-10s %-9s %s\n' "$1" "$2" "$3" "$4"
}

quote() { # prints WORD so that a POSIX shell reads it back as one word
  local word=$1 quoted="'\\''"
  case $word in
    '' | *[!A-Za-z0-9_./:=@%+,-]*) printf "'%s'" "${word//\'/$quoted}" ;;
    *) printf '%s' "$word" ;;
  esac
}

quote_command() { # prints WORDs as one line that can be pasted into a shell
  local word first=yes
  for word in "$@"; do
    [ -n "$first" ] || printf ' '
    quote "$word"
    first=''
  done
  printf '\n'
}

log_open() {
  [ -z "$LOG_FILE" ] || return 0
  mkdir -p "$LOG_FOLDER" || return 1
  LOG_FILE=$LOG_FOLDER/setup-$(date +%Y%m%d-%H%M%S)-$$.log
  log_prune
  printf '%s\n' "hack/setup, $(date), $(uname -srm)" >"$LOG_FILE"
}

log_prune() { # keeps the last nine logs
  local name count=0
  find "$LOG_FOLDER" -name 'setup-*.log' | sort -r | while IFS= read -r name; do
    count=$((count + 1))
    [ "$count" -le 9 ] || rm -f "$name"
  done
}

process_birth() { # prints when process PID was started, as one word; nothing when there is no such process
  if [ -r "/proc/$1/stat" ]; then
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr -cd '0-9A-Za-z'
  fi
}

# run_step TITLE COMMAND…: runs COMMAND (a program or a function) with its output in the log, says every ten seconds that
# it still runs, and on failure shows the end of its output and names the log. COMMAND runs as a process group of its own,
# so that step_stop ends all of it.
run_step() {
  local title=$1 began=$SECONDS said=0 status from
  shift
  log_open || return 1
  printf '\n== %s\n' "$title" >>"$LOG_FILE"
  from=$(wc -l <"$LOG_FILE")
  say "  … $title"
  set -m
  "$@" </dev/null >>"$LOG_FILE" 2>&1 &
  STEP_GROUP=$!
  set +m
  [ -z "$STEP_NOTE" ] || echo "$STEP_GROUP.$(process_birth "$STEP_GROUP")" >"$STEP_NOTE"
  while kill -0 "$STEP_GROUP" 2>/dev/null; do
    if [ $((SECONDS - began - said)) -ge "$PROGRESS_SECONDS" ]; then
      said=$((SECONDS - began))
      say "  … still $title ($said s)"
    fi
    sleep 0.2
  done
  wait "$STEP_GROUP" 2>/dev/null
  status=$?
  STEP_GROUP=''
  [ "$status" -ne 0 ] || return 0
  say "  ! $title: failed with status $status after $((SECONDS - began)) s; the end of its output:"
  tail -n +$((from + 1)) "$LOG_FILE" | tail -n 12 | sed 's/^/      /' >&2
  say "      (all of it: $LOG_FILE)"
  return "$status"
}

# Ends what a killed set-up left running, if it is still the process that it was.
step_stop_noted() {
  local note
  note=$(cat "$STEP_NOTE" 2>/dev/null) || return 0
  if [ -n "${note#*.}" ] && [ "$(process_birth "${note%%.*}")" = "${note#*.}" ]; then
    STEP_GROUP=${note%%.*}
    step_stop
  fi
}

step_stop() { # ends the running step and everything it started
  local tries=0
  [ -n "$STEP_GROUP" ] || return 0
  kill -TERM -- "-$STEP_GROUP" 2>/dev/null
  while kill -0 -- "-$STEP_GROUP" 2>/dev/null && [ "$tries" -lt 15 ]; do
    sleep 0.2
    tries=$((tries + 1))
  done
  kill -KILL -- "-$STEP_GROUP" 2>/dev/null
  STEP_GROUP=''
}
