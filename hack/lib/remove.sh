# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# Taking set-up away again: our folder, the copy of the tree that root handed over, and /nix where we made it.

KEEP_NIX=''

remove_ours() {
  local copies="${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/sysinit-lima"
  if [ ! -e "$TOOLS" ]; then
    report absent tools - "$TOOLS is not there"
  elif ! tools_folder_is_ours; then
    die 1 "$TOOLS was not made by hack/setup, so it is left alone" "remove it yourself if you do not need it"
  else
    remove_refuse_running
    lock_take "$TOOLS/lock"
    # The mark goes last: a removal that is cut short can be repeated.
    find "$TOOLS" -mindepth 1 -maxdepth 1 ! -name "$TOOLS_MARK" ! -name lock -print0 | while IFS= read -r -d '' entry; do
      remove_tree "$entry" || say "cannot remove $entry"
    done
    rm -f "$TOOLS/$TOOLS_MARK" "$TOOLS/lock"
    rmdir "$TOOLS" || die 1 "something is left in $TOOLS" "see ls -la $(quote "$TOOLS")"
    report removed tools - "$TOOLS"
  fi
  if [ -e "$copies/checkout" ]; then
    remove_tree "$copies/checkout" && rm -f "$copies/checkout.files" && rmdir "$copies" 2>/dev/null
    report removed copy - "$copies/checkout"
  fi
}

remove_refuse_running() { # a VM whose limactl is gone could not be stopped any more
  local process running=''
  for process in /proc/[0-9]*; do
    case $(readlink "$process/exe" 2>/dev/null) in
      "$TOOLS"/lima/* | "$TOOLS"/qemu/*) running="$running ${process#/proc/}" ;;
    esac
  done
  [ -z "$running" ] || die 1 "VMs run with the tools in $TOOLS (processes$running)" "stop them (limactl stop NAME), then run it again"
}

remove_root_part() { # as root
  local package
  if [ -d /nix ]; then
    if ! root_recorded 'folder /nix'; then
      report kept /nix - "set-up did not make it"
    elif [ -n "$KEEP_NIX" ]; then
      report kept /nix - "--keep-nix"
    else
      run_step "removing /nix, which set-up made" remove_tree /nix && root_forget 'folder /nix' && report removed /nix - "set-up had made it"
    fi
  fi
  while read -r _ package; do
    [ -z "$package" ] || report kept "$package" - "system package, others may use it by now; apt-get remove $package takes it away"
  done <<END
$(grep '^package ' "$ROOT_RECORD" 2>/dev/null)
END
  if ordinary_user_exists && root_recorded "user $ORDINARY_USER"; then
    report kept user - "$ORDINARY_USER, whose home may hold VMs and images; userdel -r $ORDINARY_USER takes it away"
  fi
}

remove_nix_without_root() { # for a user: says it, and does it where sudo lets us
  [ -d /nix ] || return 0
  if ! root_recorded 'folder /nix'; then report kept /nix - "set-up did not make it"; return; fi
  if [ -n "$KEEP_NIX" ]; then report kept /nix - "--keep-nix"; return; fi
  if sudo -n true 2>/dev/null; then
    run_step "removing /nix, which set-up made (sudo)" sudo -n rm -rf /nix "$ROOT_RECORD" && report removed /nix - "set-up had made it"
  else
    report kept /nix - "needs root: sudo rm -rf /nix"
  fi
}

root_forget() { # LINE
  grep -vxF "$1" "$ROOT_RECORD" >"$ROOT_RECORD.new"
  mv "$ROOT_RECORD.new" "$ROOT_RECORD"
}
