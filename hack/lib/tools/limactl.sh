# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# limactl with its guest agent for Linux and its templates. Each version lives in a folder of its own, TOOLS/lima/VERSION.

LIMACTL_WANTED=1.2
LIMACTL_DEFAULT=2.2.0
LIMACTL_VERSION=$LIMACTL_DEFAULT
LIMACTL_EXACT='' # "yes": only LIMACTL_VERSION in our folder will do
LIMACTL_SITE=https://github.com/lima-vm/lima/releases/download
GO_WANTED=1.25.7 # what the pinned modules ask for

limactl_good() { # PROGRAM
  local version
  version=$("$1" --version 2>/dev/null) || { WHY_NOT="$1 does not run"; return 1; }
  version=$(version_in "$version")
  version_at_least "$version" "$LIMACTL_WANTED" || { WHY_NOT="$1 is $version, $LIMACTL_WANTED or newer is wanted"; return 1; }
  limactl_complete "$1" || { WHY_NOT="$1 lacks its guest agent for Linux or its templates"; return 1; }
  FOUND_VERSION=$version FOUND_AT=$1
}

# limactl looks in share/lima beside its own folder, and beside the file that a link to it names.
limactl_complete() { # PROGRAM
  local target=$1 prefix
  if [ -L "$1" ]; then target=$(cd "$(dirname "$1")" && cd "$(dirname "$(readlink "$1")")" && pwd)/limactl; fi
  for prefix in "$(dirname "$(dirname "$1")")" "$(dirname "$(dirname "$target")")"; do
    if [ -e "$prefix/share/lima/templates/default.yaml" ] &&
      { [ -e "$prefix/share/lima/lima-guestagent.Linux-$MACHINE_ARCH.gz" ] || [ -e "$prefix/share/lima/lima-guestagent.Linux-$MACHINE_ARCH" ]; }; then
      return 0
    fi
  done
  return 1
}

limactl_on_path() {
  local program
  if [ -n "$LIMACTL_EXACT" ]; then WHY_NOT="$LIMACTL_VERSION is not in $TOOLS/lima"; return 1; fi
  program=$(program_on_path limactl) || { WHY_NOT="not on PATH"; return 1; }
  limactl_good "$program"
}

limactl_bin() { echo "$TOOLS/lima/$LIMACTL_VERSION/bin"; }
limactl_ours() { [ -x "$(limactl_bin)/limactl" ] && limactl_good "$(limactl_bin)/limactl"; }
limactl_help() { echo "install Lima (https://lima-vm.io/docs/installation) or Go $GO_WANTED or newer (https://go.dev/dl) and run ./hack/setup again"; }

limactl_ways() {
  if [ "$MACHINE_OS" = darwin ] && [ -z "$LIMACTL_EXACT" ]; then echo brew; fi
  echo official_release
  if [ "$MACHINE_OS" = linux ]; then echo go_build; fi # on a Mac it would lack the signature that Virtualization.framework asks for
}

limactl_by_brew() { brew_way limactl lima; }

limactl_by_official_release() {
  download_possible || { WHY_NOT="neither curl nor wget here"; return 1; }
  reachable "$LIMACTL_SITE" || { WHY_NOT="github.com does not answer"; return 1; }
  HOW="official release, digest checked"
  run_step "downloading limactl $LIMACTL_VERSION from its release" limactl_fetch_release "$TOOLS_TMP/lima" && limactl_put
}

# Not verified end to end: the machine it was written on does not reach github.com.
limactl_fetch_release() { # FOLDER
  local site=$LIMACTL_SITE/v$LIMACTL_VERSION name os=Linux arch=$MACHINE_ARCH
  if [ "$MACHINE_OS" = darwin ]; then os=Darwin arch=${arch/aarch64/arm64}; fi
  name=lima-$LIMACTL_VERSION-$os-$arch.tar.gz
  mkdir -p "$1" || return 1
  download_checked "$site/$name" "$TOOLS_TMP/$name" "$site/SHA256SUMS" || return 1
  tar -xzf "$TOOLS_TMP/$name" -C "$1"
}

limactl_put() { tool_made_note "$TOOLS_TMP/lima" && tools_folder_put "$TOOLS_TMP/lima" "lima/$LIMACTL_VERSION"; }

limactl_by_go_build() {
  local proxy
  [ -r "$HACK/limactl/$LIMACTL_VERSION/go.mod" ] || { WHY_NOT="no pinned modules for $LIMACTL_VERSION in hack/limactl"; return 1; }
  limactl_go_good || return 1
  proxy=$(go env GOPROXY) proxy=${proxy%%[,|]*}
  reachable "$proxy" || { WHY_NOT="the Go module proxy $(server_of "$proxy") does not answer"; return 1; }
  HOW="built from the Go module registry"
  run_step "building limactl $LIMACTL_VERSION, which takes some minutes" limactl_build "$TOOLS_TMP/lima" && limactl_put
}

# A Go that is too old can still be good enough: from 1.21 on it fetches the one that a module asks for.
limactl_go_good() {
  local version
  type -P go >/dev/null || { WHY_NOT="no Go on PATH"; return 1; }
  version=$(cd / && go env GOVERSION) || { WHY_NOT="$(type -P go) does not run"; return 1; }
  version=$(version_in "$version")
  version_at_least "$version" "$GO_WANTED" && return 0
  if version_at_least "$version" 1.21 && [ "$(cd / && go env GOTOOLCHAIN)" != local ]; then return 0; fi
  WHY_NOT="$(type -P go) is $version, $GO_WANTED or newer is wanted"
  return 1
}

limactl_build() { # FOLDER
  local folder=$1 module=github.com/lima-vm/lima package major=${LIMACTL_VERSION%%.*}
  [ "$major" -lt 2 ] || module=$module/v$major
  # Go's caches stay in our folder, unless the user has some that would save the work.
  GOMODCACHE=$(limactl_go_cache GOMODCACHE modules) && GOCACHE=$(limactl_go_cache GOCACHE builds) || return 1
  export GOMODCACHE GOCACHE GOWORK=off GOTMPDIR=$TOOLS_TMP
  cd "$HACK/limactl/$LIMACTL_VERSION" && mkdir -p "$folder/bin" "$folder/share/lima" || return 1
  package=$(go list -m -f '{{.Dir}}' "$module") || return 1
  [ -n "$package" ] || { go mod download "$module" && package=$(go list -m -f '{{.Dir}}' "$module"); } || return 1
  limactl_compile "$module" limactl "$folder/bin/limactl" || return 1
  CGO_ENABLED=0 limactl_compile "$module" lima-guestagent "$folder/agent" || return 1
  gzip -9 <"$folder/agent" >"$folder/share/lima/lima-guestagent.Linux-$MACHINE_ARCH.gz" && rm "$folder/agent" || return 1
  cp -RL "$package/templates" "$folder/share/lima/templates" && chmod -R u+w "$folder/share"
}

limactl_compile() { # MODULE PROGRAM FILE
  echo "go build $2"
  go build -modcacherw -trimpath -buildvcs=false -ldflags "-s -w -X $1/pkg/version.Version=$LIMACTL_VERSION" -o "$3" "$1/cmd/$2"
}

# They are gigabytes, and only worth something until the last version is built.
limactl_forget_caches() { remove_tree "$TOOLS/go"; }

limactl_go_cache() { # VARIABLE NAME
  local users
  users=$(go env "$1")
  if [ -d "$users" ]; then echo "$users"; else mkdir -p "$TOOLS/go/$2" && echo "$TOOLS/go/$2"; fi
}
