#!/bin/sh
# confine.sh COMMAND…: runs it in the folder ./box of this guest, which it sees as /box, as a user who owns nothing else, cannot
# become root and reaches no network, nor a service of the guest that does.
set -eu
chmod 777 box
exec sudo systemd-run --quiet --pipe --wait --collect --setenv=PATH="$PATH" --working-directory=/box \
  --property=BindPaths="$PWD/box:/box" \
  --property=ReadWritePaths=/box \
  --property=DynamicUser=yes \
  --property=ProtectHome=yes \
  --property=PrivateNetwork=yes \
  --property=RestrictAddressFamilies='AF_UNIX AF_INET AF_INET6' \
  --property=InaccessiblePaths='-/run/dbus -/run/systemd/resolve -/run/systemd/private' \
  -- "$@"
