# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# pnpm, which needs Node first. Version 12 exactly: an older one refuses the settings in pnpm-workspace.yaml.

PNPM_LINE=12

pnpm_good() { # PROGRAM
  local version
  version=$(cd / && PATH=$(pnpm_path) "$1" --version 2>/dev/null) || { WHY_NOT="$1 does not run"; return 1; }
  version=$(version_in "$version")
  case $version in
    "$PNPM_LINE".*) FOUND_VERSION=$version FOUND_AT=$1 ;;
    *) WHY_NOT="$1 is ${version:-of unknown version}, $PNPM_LINE.x is wanted"; return 1 ;;
  esac
}

pnpm_path() { # with the Node that will be used
  if [ -x "$TOOLS/node/bin/node" ]; then echo "$TOOLS/node/bin:$PATH"; else echo "$PATH"; fi
}

pnpm_on_path() {
  local program
  program=$(program_on_path pnpm) || { WHY_NOT="not on PATH"; return 1; }
  pnpm_good "$program"
}

pnpm_bin() { echo "$TOOLS/pnpm/bin"; }
pnpm_ours() { [ -x "$TOOLS/pnpm/bin/pnpm" ] && pnpm_good "$TOOLS/pnpm/bin/pnpm"; }
pnpm_help() { echo "install pnpm $PNPM_LINE (npm install --global pnpm@$PNPM_LINE, or https://pnpm.io/installation) and run ./hack/setup again"; }
pnpm_ways() { echo npm_package; }

pnpm_by_npm_package() {
  local npm
  if [ -x "$TOOLS/node/bin/npm" ]; then
    npm=$TOOLS/node/bin/npm
  else
    npm=$(program_on_path npm) || { WHY_NOT="no npm on PATH"; return 1; }
  fi
  PATH=$(pnpm_path) npm_reachable "$npm" || return 1
  HOW="npm registry"
  run_step "installing pnpm $PNPM_LINE from the npm registry" pnpm_install "$npm" &&
    tool_made_note "$TOOLS_TMP/pnpm" && tools_folder_put "$TOOLS_TMP/pnpm" pnpm
}

pnpm_install() { # NPM
  local folder=$TOOLS_TMP/pnpm name
  npm_install "$1" "$folder" "pnpm@$PNPM_LINE" || return 1
  mkdir -p "$folder/bin" || return 1
  for name in pnpm pnpx; do pnpm_link "$folder" "$name" || return 1; done
}

pnpm_link() { # FOLDER NAME: the native program; where install scripts were not allowed, the same through Node
  local folder=$1 name=$2
  if [ "$(wc -c <"$folder/node_modules/pnpm/$name")" -gt 1000000 ]; then
    ln -s "../node_modules/pnpm/$name" "$folder/bin/$name"
  else
    chmod +x "$folder/node_modules/pnpm/bin/$name.mjs" && ln -s "../node_modules/pnpm/bin/$name.mjs" "$folder/bin/$name"
  fi
}
