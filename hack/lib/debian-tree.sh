# shellcheck shell=bash
# Debian packages with everything they depend on, unpacked into a folder without root: apt with a state of its own
# resolves and downloads (and checks the signatures), dpkg-deb unpacks. Programs in such a tree bring their own C library
# and are started through its loader (see launcher.sh), so the tree's release need not be the machine's.

DEBIAN_RELEASE=trixie
DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
DEBIAN_STATE='' # apt's state for this run, shared by all trees

debian_tree_possible() { # says why not
  [ "$MACHINE_OS" = linux ] || { echo "only on Linux"; return 1; }
  { type -P apt-get && type -P dpkg-deb; } >/dev/null || { echo "no apt-get and dpkg-deb here"; return 1; }
  [ -r "$DEBIAN_KEYRING" ] || { echo "no Debian keys (package debian-archive-keyring)"; return 1; }
}

debian_mirror() { # the one that this machine already uses, else Debian's own
  local uri
  if [ -n "${SYSINIT_DEBIAN_MIRROR:-}" ]; then
    echo "$SYSINIT_DEBIAN_MIRROR"
    return
  fi
  # shellcheck disable=SC2016 # a field of apt's
  uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -E '/debian/?$' | head -n 1)
  echo "${uri:-http://deb.debian.org/debian}"
}

debian_apt() {
  # Space-safe: apt reads these from a file, and APT_CONFIG is read after the machine's own apt.conf.d (its proxies hold).
  APT_CONFIG=$DEBIAN_STATE/apt.conf apt-get "$@"
}

debian_state_make() {
  DEBIAN_STATE=$TOOLS_TMP/apt
  [ ! -e "$DEBIAN_STATE/ready" ] || return 0
  mkdir -p "$DEBIAN_STATE"/{parts,lists/partial,cache/archives/partial} || return 1
  : >"$DEBIAN_STATE/status"
  printf 'deb [arch=%s signed-by=%s] %s %s main\n' "$DEBIAN_ARCH" "$DEBIAN_KEYRING" "$(debian_mirror)" "$DEBIAN_RELEASE" >"$DEBIAN_STATE/sources.list"
  cat >"$DEBIAN_STATE/apt.conf" <<END
Dir::Etc::sourcelist "$DEBIAN_STATE/sources.list";
Dir::Etc::sourceparts "$DEBIAN_STATE/parts";
Dir::Etc::preferences "$DEBIAN_STATE/none";
Dir::Etc::preferencesparts "$DEBIAN_STATE/parts";
Dir::State "$DEBIAN_STATE";
Dir::State::lists "$DEBIAN_STATE/lists";
Dir::State::status "$DEBIAN_STATE/status";
Dir::Cache "$DEBIAN_STATE/cache";
Dir::Cache::archives "$DEBIAN_STATE/cache/archives";
APT::Architecture "$DEBIAN_ARCH";
APT::Architectures "$DEBIAN_ARCH";
APT::Default-Release "";
APT::Install-Recommends "false";
APT::Sandbox::User "";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "10";
Acquire::https::Timeout "10";
Debug::NoLocking "true";
END
  debian_apt -q update && touch "$DEBIAN_STATE/ready"
}

debian_tree_make() { # FOLDER PACKAGE…
  local folder=$1 package
  shift
  debian_state_make || return 1
  rm -f "$DEBIAN_STATE"/cache/archives/*.deb
  debian_apt -y -q --download-only install "$@" || return 1
  mkdir -p "$folder" || return 1
  for package in "$DEBIAN_STATE"/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$folder" || return 1
  done
  rm -f "$DEBIAN_STATE"/cache/archives/*.deb
}
