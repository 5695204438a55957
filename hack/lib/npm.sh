# shellcheck shell=bash disable=SC2034 # what is set here is read by the other files
# npm as a client of the registry that the machine is set up for.

npm_reachable() { # NPM
  local registry
  registry=$(cd / && npm_config_cache=$TOOLS_TMP/npm-cache "$1" config get registry 2>/dev/null) || { WHY_NOT="$1 does not run"; return 1; }
  reachable "$registry" || { WHY_NOT="the npm registry $(server_of "$registry") does not answer"; return 1; }
}

npm_install() { # NPM FOLDER PACKAGE…: its cache too stays in our folder
  local npm=$1 folder=$2
  shift 2
  mkdir -p "$folder" || return 1
  (
    cd "$folder" || exit 1
    echo '{ "private": true }' >package.json
    TMPDIR=$TOOLS_TMP PATH=$TOOLS/node/bin:$PATH "$npm" install --prefix "$folder" --cache "$TOOLS_TMP/npm-cache" --global=false \
      --ignore-scripts=false --no-audit --no-fund --no-update-notifier --loglevel=http \
      --fetch-retries=2 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 --fetch-timeout=60000 "$@"
  )
}
