# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# Homebrew, the usual way on a Mac. Not verified: there was no Mac to run it on. Since brew installs for the whole machine
# and not into our folder, it only runs with --yes; without, its command is printed.

ASSUME_YES=''

brew_way() { # TOOL FORMULA…
  local tool=$1
  shift
  type -P brew >/dev/null || { WHY_NOT="no brew here (https://brew.sh)"; return 1; }
  if [ -z "$ASSUME_YES" ]; then
    WHY_NOT="run: brew install $* (or ./hack/setup --yes, which runs it)"
    return 1
  fi
  HOW="brew install $*"
  run_step "brew install $* (for $tool)" env HOMEBREW_NO_AUTO_UPDATE=1 NONINTERACTIVE=1 brew install "$@"
}
