# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# nix: the program, and the store /nix that it works on. The store is the one thing that needs root (see root-part.sh).

NIX_WANTED=2.18
NIX_RELEASE=2.34.8
NIX_SITE=https://releases.nixos.org/nix/nix-$NIX_RELEASE
NIX_CACHE=https://cache.nixos.org
NIX_PROGRAMS='nix nix-build nix-channel nix-collect-garbage nix-copy-closure nix-env nix-hash nix-instantiate nix-prefetch-url nix-shell nix-store'

nix_good() { nix_program_good "$1" && nix_store_usable "$(id -un)"; } # PROGRAM

nix_program_good() { # PROGRAM
  local version
  version=$("$1" --version 2>/dev/null) || { WHY_NOT="$1 does not run"; return 1; }
  version=$(version_in "${version#*)}")
  version_at_least "$version" "$NIX_WANTED" || { WHY_NOT="$1 is $version, $NIX_WANTED or newer is wanted"; return 1; }
  FOUND_VERSION=$version FOUND_AT=$1
}

nix_on_path() {
  local program
  program=$(program_on_path nix) || { WHY_NOT="not on PATH"; return 1; }
  nix_good "$program"
}

nix_bin() { echo "$TOOLS/nix/bin"; }
nix_ours() {
  [ -x "$TOOLS/nix/bin/nix" ] && nix_good "$TOOLS/nix/bin/nix"
}

nix_help() {
  nix_store_usable "$(id -un)" || { echo "first $(nix_store_hint); then run ./hack/setup again"; return; }
  echo "install nix $NIX_WANTED or newer (https://nixos.org/download) and run ./hack/setup again"
}

nix_ways() {
  # With a good program it is only the store that is missing.
  if nix_program_good "$(program_on_path nix)" || nix_program_good "$TOOLS/nix/bin/nix"; then return; fi
  if [ "$MACHINE_OS" = darwin ]; then echo official_installer_of_macos; else echo official_installer debian_package; fi
}

# Without a daemon nix writes /nix itself. When it cannot, it silently builds in a store elsewhere, whose paths are not
# where they say they are; so that counts as missing.
nix_store_usable() { # USER
  local owner
  if [ -S /nix/var/nix/daemon-socket/socket ]; then return 0; fi
  if [ ! -d /nix ]; then WHY_NOT="there is no /nix"; return 1; fi
  owner=$(owner_of /nix)
  if [ "$owner" = "$1" ] && [ -d /nix/var/nix ]; then return 0; fi
  if [ "$1" = "$(id -un)" ] && [ -w /nix/var/nix ] && { [ -w /nix/store ] || { [ ! -e /nix/store ] && [ -w /nix ]; }; }; then return 0; fi
  WHY_NOT="/nix belongs to $owner, and no nix daemon runs"
  return 1
}

owner_of() { if [ "$MACHINE_OS" = darwin ]; then stat -f %Su "$1"; else stat -c %U "$1"; fi; }

nix_store_hint() {
  if [ -d /nix ]; then
    echo "give /nix to $(id -un), or run as $(owner_of /nix)"
  else
    echo "have root make /nix"
  fi
}

# Settings of a nix that runs without a daemon, as a user's configuration file that the launchers name last: it outranks
# /etc/nix/nix.conf, and the user's own file and NIX_CONFIG outrank it.
nix_settings() {
  echo '# Written by hack/setup for the nix in this folder.'
  echo 'experimental-features = nix-command flakes'
  echo '# No build users: an ordinary user builds as itself.'
  echo 'build-users-group ='
  echo 'sandbox = false'
  echo '# The reference guest is put together by newuidmap, which does nothing under no_new_privs.'
  echo 'allow-new-privileges = true'
  echo '# nix starts its build hook by a path that is not the launcher.'
  echo 'builders ='
  echo 'build-hook ='
  if ! reachable "$NIX_CACHE"; then
    echo "# $NIX_CACHE did not answer; asking it costs seconds in every build."
    echo 'substituters ='
  fi
}

nix_settings_update() { # asked on every run: a machine gets and loses its internet
  local file=$TOOLS/nix/etc/nix.conf settings
  [ -d "$TOOLS/nix/etc" ] || return 0
  settings=$(nix_settings)
  [ "$settings" != "$(cat "$file" 2>/dev/null)" ] || return 0
  printf '%s\n' "$settings" >"$file.new.$$" && mv "$file.new.$$" "$file"
}

nix_launcher_lines() {
  cat <<END
NIX_USER_CONF_FILES=\${NIX_USER_CONF_FILES:-\${XDG_CONFIG_HOME:-\${HOME:-/nonexistent}/.config}/nix/nix.conf}:$(quote "$TOOLS/nix/etc/nix.conf")
export NIX_USER_CONF_FILES
if [ -z "\${NIX_SSL_CERT_FILE:-}" ]; then
  for file in "\${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem; do
    if [ -r "\$file" ]; then NIX_SSL_CERT_FILE=\$file && export NIX_SSL_CERT_FILE && break; fi
  done
fi
END
}

nix_by_debian_package() {
  WHY_NOT=$(debian_tree_possible) || return 1
  reachable "$(debian_mirror)" || { WHY_NOT="$(server_of "$(debian_mirror)") does not answer"; return 1; }
  HOW="Debian $DEBIAN_RELEASE's package, unpacked"
  nix_settings >"$TOOLS_TMP/nix.conf" # here, so that what the probe found is remembered
  run_step "unpacking nix from Debian $DEBIAN_RELEASE" nix_make_debian "$TOOLS_TMP/nix" &&
    tool_made_note "$TOOLS_TMP/nix" && tools_folder_put "$TOOLS_TMP/nix" nix
}

nix_make_debian() { # FOLDER
  local folder=$1 program
  debian_tree_make "$folder/tree" nix-bin || return 1
  mkdir -p "$folder/bin" "$folder/etc" && mv "$TOOLS_TMP/nix.conf" "$folder/etc/nix.conf" || return 1
  for program in $NIX_PROGRAMS; do
    [ ! -e "$folder/tree/usr/bin/$program" ] || launcher_write "$folder/bin/$program" "$TOOLS/nix/tree" "$program" "$(nix_launcher_lines)" || return 1
  done
}

# Not verified: the machine it was written on does not reach releases.nixos.org. The installer checks the digest of what
# it downloads; it fills /nix/store, and our launchers start what it put there.
nix_by_official_installer() {
  download_possible || { WHY_NOT="neither curl nor wget here"; return 1; }
  reachable "$NIX_SITE" || { WHY_NOT="releases.nixos.org does not answer"; return 1; }
  nix_store_usable "$(id -un)" || return 1
  HOW="official installer, single-user"
  nix_settings >"$TOOLS_TMP/nix.conf"
  run_step "installing nix $NIX_RELEASE by its own installer" nix_make_official "$TOOLS_TMP/nix" &&
    tool_made_note "$TOOLS_TMP/nix" && tools_folder_put "$TOOLS_TMP/nix" nix
}

nix_make_official() { # FOLDER
  local folder=$1 program store
  mkdir -p "$folder/bin" "$folder/etc" && mv "$TOOLS_TMP/nix.conf" "$folder/etc/nix.conf" || return 1
  download "$NIX_SITE/install" "$TOOLS_TMP/nix-install" || return 1
  NIX_USER_CONF_FILES=$folder/etc/nix.conf sh "$TOOLS_TMP/nix-install" --no-daemon --yes --no-channel-add --no-modify-profile || return 1
  store=$(find /nix/store -maxdepth 1 -name "*-nix-$NIX_RELEASE" | head -n 1)
  [ -x "$store/bin/nix" ] || { echo "the installer left no nix $NIX_RELEASE in /nix/store"; return 1; }
  for program in $NIX_PROGRAMS; do
    [ -e "$store/bin/$program" ] || continue
    { echo '#!/bin/sh' && echo '# Written by hack/setup.' && nix_launcher_lines && echo "exec $store/bin/$program \"\$@\""; } >"$folder/bin/$program" || return 1
    chmod 755 "$folder/bin/$program" || return 1
  done
}

# Not verified (no Mac). On macOS nix only installs for the whole machine, with a daemon, and asks for sudo itself.
nix_by_official_installer_of_macos() {
  local command="curl -fsSL $NIX_SITE/install | sh -s -- --daemon --yes"
  if [ -z "$ASSUME_YES" ]; then
    WHY_NOT="run: $command (or ./hack/setup --yes, which runs it; it asks for sudo), then open a new shell"
    return 1
  fi
  reachable "$NIX_SITE" || { WHY_NOT="releases.nixos.org does not answer"; return 1; }
  HOW="official installer"
  say "  … $command"
  sh -c "$command" >&2 || { WHY_NOT="the installer failed"; return 1; }
  PATH=/nix/var/nix/profiles/default/bin:$PATH
}
