# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# Taking set-up away again: our folder, the copy of the tree that root handed over, and /nix where we made it.

KEEP_NIX=''
REMOVE_NAMES='node pnpm nix qemu lima registry go log tmp' # all that set-up puts into its folder; anything else there stays

remove_check() { # before anything is removed
  say "removing what set-up made for the user $(id -un)"
  if root_recorded 'folder /nix' && [ -z "$KEEP_NIX" ]; then
    remove_refuse_used "$TOOLS" "$HOME/.cache/sysinit-lima/checkout" /nix
  else
    remove_refuse_used "$TOOLS" "$HOME/.cache/sysinit-lima/checkout"
  fi
}

remove_ours() {
  local copies=$HOME/.cache/sysinit-lima name
  if [ ! -e "$TOOLS" ]; then
    report absent tools - "$TOOLS is not there"
  elif ! tools_folder_is_ours; then
    die 1 "$TOOLS was not made by hack/setup, so it is left alone" "remove it yourself if you do not need it"
  else
    lock_take "$TOOLS/lock"
    for name in $REMOVE_NAMES; do remove_tree "$TOOLS/$name" || say "cannot remove $TOOLS/$name"; done
    lock_release "$TOOLS/lock"
    # The mark goes last: a removal that is cut short can be repeated.
    if [ "$(ls -A "$TOOLS")" = "$TOOLS_MARK" ]; then
      rm -f "$TOOLS/$TOOLS_MARK" && rmdir "$TOOLS"
      report removed tools - "$TOOLS"
    else
      report removed tools - "in $TOOLS, which stays: it holds something that set-up did not make"
    fi
  fi
  if [ -e "$copies/checkout" ]; then
    remove_tree "$copies/checkout" && rm -f "$copies/checkout.files" && rmdir "$copies" 2>/dev/null
    report removed copy - "$copies/checkout"
  fi
}

# A VM whose limactl is gone could not be stopped any more, and a run in the copy would lose the ground under it.
remove_refuse_used() { # FOLDER…: by a process that runs from there or works in there (seen on Linux only)
  local process folder used=''
  for process in /proc/[0-9]*; do
    for folder in "$@"; do
      case $(readlink "$process/exe" 2>/dev/null)/:$(readlink "$process/cwd" 2>/dev/null)/ in
        "$folder"/* | *:"$folder"/*) used="$used ${process#/proc/}" ;;
      esac
    done
  done
  [ -z "$used" ] || die 1 "what would be removed is in use, by process$used" "stop the VMs (limactl stop NAME) and the scripts that run, then run it again"
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
  rm -rf "$ROOT_LOGS"
}

remove_nix_without_root() { # for a user: says it, and does it where sudo lets us
  [ -d /nix ] || return 0
  if ! root_recorded 'folder /nix'; then report kept /nix - "set-up did not make it"; return; fi
  if [ -n "$KEEP_NIX" ]; then report kept /nix - "--keep-nix"; return; fi
  if sudo -n true 2>/dev/null; then
    run_step "removing /nix, which set-up made (sudo)" sudo -n -- bash -c "$(root_script)
remove_tree /nix && root_forget 'folder /nix'" && report removed /nix - "set-up had made it"
  else
    report kept /nix - "needs root: sudo rm -rf /nix"
  fi
}
