# shellcheck shell=bash
# Evaluation of the NixOS modules with a nixpkgs of the caller's: by nix alone, without a store, a daemon or the network.

EVALUATION=$ROOT/nix/modules/evaluation # what is evaluated: files that take { nixpkgs, system, modules }

need_nix() {
  local environment
  if ! type -P nix >/dev/null && environment=$("$HACK/setup" --env 2>/dev/null); then eval "$environment"; fi
  type -P nix >/dev/null || die 3 "nix is not on PATH and ./hack/setup has not installed it" "./hack/setup"
}

absolute_nixpkgs() { # FOLDER: prints its full path, or ends
  [ -f "$1/nixos/lib/eval-config.nix" ] || die 2 "'$1' is no nixpkgs: it has no nixos/lib/eval-config.nix" "give the folder of a checkout or an unpacked release of github.com/NixOS/nixpkgs"
  (cd "$1" && pwd -P)
}

nix_string() { # TEXT: prints it as a string of the Nix language
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "${text//\$/\\\$}"
}

nix_eval() { # OPTIONS…: nix eval, in which nothing is built or written
  nix --extra-experimental-features nix-command eval --store dummy:// --read-only --offline --impure "$@"
}

nix_call() { # FILE SYSTEM MODULE…: prints the expression; a MODULE is one of the Nix language
  printf 'import %s { nixpkgs = %s; system = %s; modules = [ %s ]; }' \
    "$(nix_string "$EVALUATION/$1")" "$(nix_string "$NIXPKGS")" "$(nix_string "$2")" "${*:3}"
}

last_error() { # FILE: nix ends with what is wrong; before it comes the way there
  sed $'s/\x1b\\[[0-9;]*m//g' "$1" | awk '/^ *error:/ { text = "" } { text = text $0 "\n" } END { printf "%s", text }' | sed 's/^ \{1,7\}//'
}
