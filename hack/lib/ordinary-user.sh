# shellcheck shell=bash
# Root hands over to an ordinary user: limactl refuses root, and nix without a daemon belongs to one user.
# Used by hack/setup, hack/demo and hack/test, after say.sh has been read:
#
#   if [ "$(id -u)" -eq 0 ]; then
#     "$ROOT/hack/setup" || exit                          # makes the user and its tools
#     copy=$(ordinary_user_copy_tree "$ROOT") || exit     # the tree, in the user's own folder
#     ordinary_user_exec "$copy" ./hack/demo "$@"         # does not come back; status and signals are the command's own
#   fi
#
# A result that root wants: open the file before (exec 9>FILE) and let the user's side write to it by number (cat >&9).

ORDINARY_USER=${SYSINIT_LIMA_USER:-sysinit-lima}
ORDINARY_ENV=() # what the user's processes get to see; filled by ordinary_user_environment

ordinary_user_exists() { id -u "$ORDINARY_USER" >/dev/null 2>&1; }

ordinary_user_check() { # a name that is no ordinary user's is refused before anything is done
  if ordinary_user_exists && [ "$(id -u "$ORDINARY_USER")" -eq 0 ]; then
    die 2 "SYSINIT_LIMA_USER is $ORDINARY_USER, which is root" "name an ordinary user"
  fi
  type -P setpriv >/dev/null || die 1 "setpriv is missing, with which root hands over to $ORDINARY_USER" "install util-linux, or run it as an ordinary user"
  case $ORDINARY_USER in
    '' | -* | *[!A-Za-z0-9_.-]*) die 2 "SYSINIT_LIMA_USER is '$ORDINARY_USER', which is not a user name" "use letters, digits, - and _" ;;
  esac
}

ordinary_user_make() { # with a home, sub-ids, and the right to use /dev/kvm where there is one
  local groups=()
  if getent group kvm >/dev/null 2>&1; then groups=(--groups kvm); fi
  useradd --create-home --shell /bin/bash --comment "builds and runs VMs for root" ${groups[@]+"${groups[@]}"} "$ORDINARY_USER"
}

ordinary_user_home() { getent passwd "$ORDINARY_USER" | cut -d : -f 6; }

ordinary_user_folder() { echo "$(ordinary_user_home)/.cache/sysinit-lima"; }

# Runs a command as the user without its environment, in /.
ordinary_user_do() {
  (cd / && exec setpriv --reuid "$(id -u "$ORDINARY_USER")" --regid "$(id -g "$ORDINARY_USER")" --init-groups -- \
    env HOME="$(ordinary_user_home)" "$@")
}

# Replaces this process by COMMAND, run as the user in FOLDER. setpriv and env replace themselves too, so the command keeps
# our process number, terminal, group and open files: signals reach it, and its status is ours. (runuser would stay between
# and kill it two seconds after a SIGTERM.)
ordinary_user_exec() { # FOLDER COMMAND…
  local folder=$1
  shift
  ordinary_user_environment
  cd "$folder" || die 1 "cannot enter $folder"
  exec setpriv --reuid "$(id -u "$ORDINARY_USER")" --regid "$(id -g "$ORDINARY_USER")" --init-groups -- env -i "${ORDINARY_ENV[@]}" "$@"
}

# The user's environment: its own home, root's PATH as far as the user may read it, and how this machine reaches its
# package registries, asked from the tools themselves since their configuration may be root's own.
ordinary_user_environment() {
  local name
  ORDINARY_ENV=(
    "HOME=$(ordinary_user_home)" "USER=$ORDINARY_USER" "LOGNAME=$ORDINARY_USER" "SHELL=/bin/bash"
    "PATH=$(ordinary_user_path)"
  )
  for name in TERM COLORTERM LANG LC_ALL TZ CI GITHUB_ACTIONS NO_COLOR FORCE_COLOR NIX_CONFIG \
    SSL_CERT_FILE SSL_CERT_DIR NIX_SSL_CERT_FILE NODE_EXTRA_CA_CERTS CURL_CA_BUNDLE GIT_SSL_CAINFO \
    http_proxy https_proxy ftp_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY \
    $(compgen -v SYSINIT_); do
    if [ -n "${!name:-}" ] && env | grep -q "^$name="; then ORDINARY_ENV+=("$name=${!name}"); fi
  done
  ordinary_user_npm
  ordinary_user_go
}

ordinary_user_path() { # root's own folders are not readable for the user
  # shellcheck disable=SC2016 # for the user's shell
  ordinary_user_do sh -c '
    IFS=: path=
    for folder in $1; do
      case :$path: in *":$folder:"*) continue ;; esac
      if [ -n "$folder" ] && [ -x "$folder" ]; then path=$path${path:+:}$folder; fi
    done
    echo "$path"' sh "$PATH:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
}

ordinary_user_npm() {
  local line key value
  type -P npm >/dev/null || return 0
  while IFS= read -r line; do
    key=${line%%=*} value=${line#*=}
    case $value in '' | null | undefined) continue ;; esac
    ORDINARY_ENV+=("npm_config_$key=$value")
  done <<END
$(cd / && npm config get registry cafile 2>/dev/null)
END
}

ordinary_user_go() {
  local name value
  type -P go >/dev/null || return 0
  for name in GOPROXY GOSUMDB GONOSUMDB GONOPROXY GOPRIVATE GOINSECURE GOFLAGS GOTOOLCHAIN; do
    value=$(cd / && go env "$name")
    [ -z "$value" ] || ORDINARY_ENV+=("$name=$value")
  done
}

# Copies the files of the tree SOURCE that git knows or would (not the ignored ones) to the user's own folder, takes away
# those that an earlier copy brought and that are gone, and leaves everything else there (node_modules). The copy is a git
# repository at the same commit with all files added, as nix wants it of a flake. Prints the folder of the copy.
ordinary_user_copy_tree() { # SOURCE
  local source=$1 copy list status
  copy=$(ordinary_user_folder)/checkout
  list=$(mktemp) || return 1
  if ! tree_files "$source" >"$list"; then
    rm -f "$list"
    say_error "cannot list the files of $source" "is it a git checkout?"
    return 1
  fi
  ordinary_user_do mkdir -p "$copy" &&
    tree_send "$source" "$list" "$copy" && tree_remove_stale "$copy" <"$list" && tree_commit "$source" "$copy"
  status=$?
  rm -f "$list"
  [ "$status" -eq 0 ] || { say_error "cannot copy $source to $copy" "is the disk full?"; return 1; }
  echo "$copy"
}

tree_git() { # SOURCE ARGUMENT…: root may read a checkout of another user's
  local source=$1
  shift
  git -c safe.directory="$source" -C "$source" "$@"
}

tree_files() { # SOURCE: prints names ending in NUL
  if [ -e "$1/.git" ]; then
    tree_git "$1" ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
      if [ -e "$1/$file" ] || [ -L "$1/$file" ]; then printf '%s\0' "$file"; fi
    done
  else # an unpacked archive
    (cd "$1" && find . \( -name node_modules -o -name .turbo -o -name dist \) -prune -o ! -type d -print0)
  fi
}

tree_send() ( # SOURCE LIST COPY: unpacked by the user, so that root writes nothing where the user could put a link
  set -o pipefail
  tar -C "$1" --null --no-recursion -T "$2" -cf - | ordinary_user_do tar -C "$3" -xf - --no-same-owner --unlink-first
)

tree_remove_stale() { # COPY; the list of files on standard input
  # shellcheck disable=SC2016 # for the user's shell
  ordinary_user_do bash -c '
    cd "$1" || exit 1
    kept=../checkout.files
    tr "\0" "\n" | sed "s|^\./||" | LC_ALL=C sort >"$kept.new" || exit 1
    if [ -f "$kept" ]; then
      LC_ALL=C comm -23 "$kept" "$kept.new" | while IFS= read -r file; do rm -f -- "$file"; rmdir -p -- "$(dirname -- "$file")" 2>/dev/null; done
    fi
    mv "$kept.new" "$kept"' bash "$1"
}

tree_commit() { # SOURCE COPY: the history travels as a bundle, since git does not read another owner's repository
  local source=$1 copy=$2 commit
  ordinary_user_do git init -q "$copy" || return 1
  commit=$(tree_git "$source" rev-parse -q --verify HEAD 2>/dev/null)
  if [ -n "$commit" ] && ! ordinary_user_do git -C "$copy" cat-file -e "$commit^{commit}" 2>/dev/null; then
    # shellcheck disable=SC2016 # for the user's shell
    tree_git "$source" bundle create -q - HEAD |
      ordinary_user_do sh -c 'cat >"$1/.git/handed-over" && git -C "$1" fetch -q "$1/.git/handed-over" HEAD; s=$?; rm -f "$1/.git/handed-over"; exit $s' sh "$copy" || return 1
  fi
  [ -z "$commit" ] || ordinary_user_do git -C "$copy" update-ref --no-deref HEAD "$commit" || return 1
  ordinary_user_do git -C "$copy" add -A
}
