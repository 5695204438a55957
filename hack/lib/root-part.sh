# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# The part of set-up that needs root: packages of the system that cannot live in a folder, the sub-ids of the user, and the
# store /nix, owned by the ordinary user who builds. What was made is noted in ROOT_RECORD, which only root can write, so
# that --remove takes away nothing else.

ROOT_RECORD=/var/lib/sysinit-lima/made
ROOT_LOGS=/var/log/sysinit-lima
ROOT_PACKAGES='' # packages that are missing
ROOT_NEEDS=0     # how many things are missing
ROOT_COMMANDS=() # each one line of shell

# The programs that must come from the system, and Debian's package for each: the reference guest is put together by
# mmdebstrap and newuidmap (a set-uid program), Lima uses ssh.
root_programs() {
  cat <<END
ssh openssh-client
ssh-keygen openssh-client
git git
xz xz-utils
END
  [ "$MACHINE_OS" = linux ] || return 0
  cat <<END
newuidmap uidmap
mmdebstrap mmdebstrap
END
}

root_part_look() { # USER [again]: fills ROOT_COMMANDS; says each thing that is missing
  local user=$1 program package
  ROOT_PACKAGES='' ROOT_COMMANDS=() ROOT_NEEDS=0
  while read -r program package; do
    if type -P "$program" >/dev/null; then continue; fi
    root_package_wanted "$program" "$package"
  done <<END
$(root_programs)
END
  [ "$MACHINE_OS" = linux ] || return 0
  download_possible || root_package_wanted "curl or wget" curl
  if type -P apt-get >/dev/null; then
    [ -r /etc/ssl/certs/ca-certificates.crt ] || root_package_wanted "the certificates" ca-certificates
    [ -r "$DEBIAN_KEYRING" ] || root_package_wanted "Debian's keys" debian-archive-keyring
    [ -z "$ROOT_PACKAGES" ] || ROOT_COMMANDS+=("root_install_packages$ROOT_PACKAGES")
  fi
  [ -n "$ROOT_PACKAGES" ] || [ -n "${2:-}" ] || report found system - "$(root_programs | cut -d ' ' -f 1 | tr '\n' ' ')"
  root_look_subids "$user"
  root_look_nix "$user"
}

root_package_wanted() { # WHAT PACKAGE
  ROOT_NEEDS=$((ROOT_NEEDS + 1))
  case " $ROOT_PACKAGES " in *" $2 "*) return ;; esac
  ROOT_PACKAGES="$ROOT_PACKAGES $2"
  report missing "$1" - "package $2, for the whole machine: needs root"
}

root_look_subids() { # USER: mmdebstrap builds with the owners of a whole system, mapped to these
  local id
  id=$(id -u "$1")
  if grep -q "^\($1\|$id\):" /etc/subuid 2>/dev/null && grep -q "^\($1\|$id\):" /etc/subgid 2>/dev/null; then return; fi
  ROOT_NEEDS=$((ROOT_NEEDS + 1))
  report missing sub-ids - "a range in /etc/subuid and /etc/subgid for $1: needs root"
  ROOT_COMMANDS+=("root_add_subids $(quote "$1")")
}

root_look_nix() { # USER: a store of somebody else's is left as it is; the nix line of the report says so
  if nix_store_usable "$1"; then return; fi
  ROOT_NEEDS=$((ROOT_NEEDS + 1))
  if [ -d /nix ] && [ "$(owner_of /nix)" != "$1" ]; then
    report unusable /nix - "$WHY_NOT; $1 can only use it through a daemon or as its owner"
    return
  fi
  report missing /nix - "a folder that $1 owns, the store of nix without a daemon: needs root"
  ROOT_COMMANDS+=("root_make_nix $(quote "$1")")
}

# What the commands do. They are printed for a person, so each function has its plain form beside it.
root_install_packages() {
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a
  local apt=(apt-get -y -q -o DPkg::Lock::Timeout=120 -o Acquire::http::Timeout=10 -o Acquire::Retries=1)
  "${apt[@]}" --no-install-recommends install "$@" ||
    { "${apt[@]}" update && "${apt[@]}" --no-install-recommends install "$@"; } || return 1
  local package
  for package in "$@"; do root_record "package $package"; done
}
root_add_subids() {
  local from
  from=$(root_free_subid)
  usermod --add-subuids "$from-$((from + 65535))" --add-subgids "$from-$((from + 65535))" "$1"
}
root_make_nix() {
  local new=''
  [ -d /nix ] || new=yes
  install -d -m 0755 -o "$1" -g "$(id -gn "$1")" /nix /nix/var /nix/var/nix || return 1
  [ -z "$new" ] || root_record "folder /nix"
}
root_plain() { # FUNCTION ARGUMENT…: prints the commands for a person
  local from
  case $1 in
    root_install_packages) shift; echo "apt-get install --no-install-recommends $*" ;;
    root_add_subids) from=$(root_free_subid); echo "usermod --add-subuids $from-$((from + 65535)) --add-subgids $from-$((from + 65535)) $2" ;;
    root_make_nix) echo "install -d -m 0755 -o $2 -g $(id -gn "$2") /nix /nix/var /nix/var/nix" ;;
  esac
}

root_free_subid() { # prints the first id above every range that is given out
  awk -F: 'BEGIN { n = 100000 } { if ($2 + $3 > n) n = $2 + $3 } END { print n }' /etc/subuid /etc/subgid 2>/dev/null || echo 100000
}

root_record() { # LINE
  mkdir -p "${ROOT_RECORD%/*}" && { grep -qxF "$1" "$ROOT_RECORD" 2>/dev/null || echo "$1" >>"$ROOT_RECORD"; }
}

root_forget() { # LINE
  grep -vxF "$1" "$ROOT_RECORD" >"$ROOT_RECORD.new"
  mv "$ROOT_RECORD.new" "$ROOT_RECORD"
}

root_recorded() { grep -qxF "$1" "$ROOT_RECORD" 2>/dev/null; } # LINE

# Does what root_part_look found: as root, by sudo, or else by telling the person what to run.
root_part_do() {
  local command plain
  [ "${#ROOT_COMMANDS[@]}" -gt 0 ] || return 0
  say "These need root, and will be done now${1:+ $1}:"
  for command in "${ROOT_COMMANDS[@]}"; do say "    $(eval "root_plain $command")"; done
  for command in "${ROOT_COMMANDS[@]}"; do
    plain=$(eval "root_plain $command")
    if [ "$(id -u)" -eq 0 ]; then
      eval "run_step $(quote "$plain") $command"
    else
      run_step "sudo $plain" sudo -n -- bash -c "$(root_script)
$command"
    fi || say "  ! not done: $plain"
  done
}

root_script() { # prints the functions above, for a bash that sudo starts
  echo "ROOT_RECORD=$ROOT_RECORD"
  declare -f root_install_packages root_add_subids root_free_subid root_make_nix root_record root_forget remove_tree
}

root_part_tell() {
  local command
  [ "${#ROOT_COMMANDS[@]}" -gt 0 ] || return 0
  say "These need root, which sudo does not give here. Run them once as root, then ./hack/setup again:"
  for command in "${ROOT_COMMANDS[@]}"; do say "    $(eval "root_plain $command")"; done
}

sudo_usable() { # asks for the password only where a person can give it
  type -P sudo >/dev/null || return 1
  sudo -n true 2>/dev/null && return 0
  if [ -t 0 ] && [ -t 2 ] && [ -z "${CI:-}" ]; then
    say "sudo may ask for your password, for what needs root:"
    local command
    for command in "${ROOT_COMMANDS[@]}"; do say "    $(eval "root_plain $command")"; done
    sudo -v
  else
    return 1
  fi
}
