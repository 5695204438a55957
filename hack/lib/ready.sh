# shellcheck shell=bash
# What hack/demo and hack/test begin with: everything set up, an ordinary user, the tools on PATH, the packages installed.
# HACK is the folder of the scripts; say.sh and ordinary-user.sh have been read.
ROOT=$(dirname "$HACK")

# ready SCRIPT SETUP-ARGUMENT… -- ARGUMENT…: for root it does not come back, the ordinary user runs SCRIPT ARGUMENT… instead.
ready() {
  local script=$1 setup=() copy environment
  shift
  while [ "$1" != -- ]; do
    setup+=("$1")
    shift
  done
  shift
  if [ -z "${SYSINIT_HANDED_OVER:-}" ]; then
    stage "set-up" "$HACK/setup" ${setup[@]+"${setup[@]}"} || exit
  fi
  if [ "$(id -u)" -eq 0 ]; then
    copy=$(ordinary_user_copy_tree "$ROOT") || exit 1
    say "root hands over to the ordinary user $ORDINARY_USER, who works in $copy"
    export SYSINIT_HANDED_OVER=yes
    ordinary_user_exec "$copy" "./hack/$script" "$@"
  fi
  environment=$("$HACK/setup" --env) || exit
  eval "$environment"
  cd "$ROOT" || exit
  stage "packages" pnpm install --frozen-lockfile --reporter=append-only || exit
}

# stage TITLE COMMAND…: says what begins, how long it took, and how it ended.
stage() {
  local title=$1 began=$SECONDS status
  shift
  say "== $title"
  "$@"
  status=$?
  if [ "$status" -eq 0 ]; then say "== $title: done in $((SECONDS - began)) s"; else
    say "== $title: failed with status $status after $((SECONDS - began)) s"
  fi
  return "$status"
}
