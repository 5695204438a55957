# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# An OCI registry, and ORAS, to test pushing and pulling against. Only set up with --with-registry: nothing but tests needs
# them.

REGISTRY_WANTED=2.8

registry_good() { # PROGRAM
  local version
  version=$("$1" --version 2>/dev/null) || { WHY_NOT="$1 does not run"; return 1; }
  version=$(version_in "$version")
  version_at_least "$version" "$REGISTRY_WANTED" || { WHY_NOT="$1 is $version, $REGISTRY_WANTED or newer is wanted"; return 1; }
  [ -x "$(dirname "$1")/oras" ] || { WHY_NOT="$1 has no oras beside it"; return 1; }
  FOUND_VERSION=$version FOUND_AT=$1
}

registry_on_path() {
  local program
  program=$(program_on_path docker-registry) || { WHY_NOT="docker-registry is not on PATH"; return 1; }
  registry_good "$program"
}

registry_bin() { echo "$TOOLS/registry/bin"; }
registry_ours() { [ -x "$TOOLS/registry/bin/docker-registry" ] && registry_good "$TOOLS/registry/bin/docker-registry"; }
registry_help() { echo "install the distribution registry $REGISTRY_WANTED or newer as docker-registry with oras beside it (Debian 13: docker-registry oras) and run ./hack/setup --with-registry again"; }
registry_ways() { if [ "$MACHINE_OS" = linux ]; then echo debian_packages; fi; }

registry_by_debian_packages() {
  WHY_NOT=$(debian_tree_possible) || return 1
  reachable "$(debian_mirror)" || { WHY_NOT="$(server_of "$(debian_mirror)") does not answer"; return 1; }
  HOW="Debian $DEBIAN_RELEASE's packages, unpacked"
  run_step "unpacking docker-registry and oras from Debian $DEBIAN_RELEASE" registry_make_debian "$TOOLS_TMP/registry" &&
    tool_made_note "$TOOLS_TMP/registry" && tools_folder_put "$TOOLS_TMP/registry" registry
}

registry_make_debian() { # FOLDER
  local program
  debian_tree_make "$1/tree" docker-registry oras || return 1
  mkdir -p "$1/bin" || return 1
  for program in docker-registry oras; do
    launcher_write "$1/bin/$program" "$TOOLS/registry/tree" "$program" || return 1
  done
}
