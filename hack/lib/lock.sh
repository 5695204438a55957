# shellcheck shell=bash
# A lock that says who holds it: a symbolic link "PID.BIRTH", made in one step. A holder that was killed is seen by its
# birth time, so a reused process number does not keep the lock for ever. (No flock: macOS has none.)

lock_take() { # LINK: waits until it is ours
  local link=$1 mine holder said='' began=$SECONDS
  mine=$$.$(process_birth $$)
  until ln -s "$mine" "$link" 2>/dev/null; do
    holder=$(readlink "$link") || { [ -w "${link%/*}" ] || die 1 "cannot make the lock $link"; sleep 0.1; continue; }
    if [ "$(process_birth "${holder%%.*}")" != "${holder#*.}" ]; then
      lock_break "$link" "$holder"
      continue
    fi
    if [ -z "$said" ] || [ $((SECONDS - said)) -ge "$PROGRESS_SECONDS" ]; then
      say "  … waiting for another set-up, process ${holder%%.*} ($((SECONDS - began)) s)"
      said=$SECONDS
    fi
    sleep 0.5
  done
}

lock_break() { # LINK HOLDER: only the dead holder's link is taken away, also when two of us see it at once
  local aside=$1.dead.$$
  mv "$1" "$aside" 2>/dev/null || return 0
  [ "$(readlink "$aside")" = "$2" ] || ln -s "$(readlink "$aside")" "$1" 2>/dev/null
  rm -f "$aside"
}

lock_release() { # LINK
  [ "$(readlink "$1")" != "$$.$(process_birth $$)" ] || rm -f "$1"
}
