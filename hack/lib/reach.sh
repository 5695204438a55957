# shellcheck shell=bash
# Whether a server answers: asked once per server with a short limit, so that no way hangs where there is no internet.

REACH_SECONDS=3
REACHED=' ' # what was found so far: "SERVER=yes SERVER=no …"

server_of() { # prints SCHEME://HOST[:PORT] of URL
  printf '%s\n' "$1" | sed -n 's|^\([a-z+]*://[^/]*\).*|\1|p'
}

reachable() { # URL
  local server answer=no
  server=$(server_of "$1")
  case $server in
    http://* | https://*) ;;
    *) return 0 ;; # a file or a tool's own way of naming something: not for us to judge
  esac
  case $REACHED in
    *" $server=yes "*) return 0 ;;
    *" $server=no "*) return 1 ;;
  esac
  if reach_ask "$server"; then answer=yes; fi
  REACHED="$REACHED$server=$answer "
  [ "$answer" = yes ]
}

reach_ask() { # any answer counts, also an error from the server
  if type -P curl >/dev/null; then
    curl -s -o /dev/null -I --connect-timeout "$REACH_SECONDS" --max-time $((REACH_SECONDS + 2)) "$1"
  elif type -P wget >/dev/null; then
    wget -q -O /dev/null --spider --timeout="$REACH_SECONDS" --tries=1 "$1"
    [ $? -ne 4 ] # 4: network failure
  else
    return 0 # nothing to ask with; the tool itself will see
  fi
}
