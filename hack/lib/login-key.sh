# shellcheck shell=bash

# The requirements want the host's keys visible in the guest. A user that set-up made has none yet; nobody else's home is
# touched.
login_key_make() {
  [ -n "${SYSINIT_HANDED_OVER:-}" ] || return 0
  (umask 077 && mkdir -p "$HOME/.ssh")
  if ! compgen -G "$HOME/.ssh/*.pub" >/dev/null; then
    say "a login key for $(id -un), who has none: $HOME/.ssh/id_ed25519"
    ssh-keygen -q -t ed25519 -N '' -C "made by hack/demo" -f "$HOME/.ssh/id_ed25519"
  fi
}
