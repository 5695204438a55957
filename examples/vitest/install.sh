#!/bin/sh
# Makes a service of this machine, which greets whoever reads /run/greeting.
set -eu
[ "$(id -u)" -eq 0 ] || { echo "install.sh: must be run by root" >&2; exit 77; }
cat >/run/systemd/system/greeter.service <<'UNIT'
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'echo hello >/run/greeting'
UNIT
systemctl daemon-reload
systemctl start greeter.service
