#!/bin/sh
# untrusted.sh HOME PORT: tries what a program must not do to the machine whose home directory is HOME and which has a service at
# its 127.0.0.1:PORT, and writes to found what came of it.
try() { # WHAT COMMAND…
  what=$1
  shift
  if "$@" >/dev/null 2>&1; then echo "$what: done"; else echo "$what: failed"; fi
}
count=0
while fallocate -l 256M "fill.$count"; do count=$((count + 1)); done 2>/dev/null
rm -f fill.*
{
  try "read the home directory" ls "$1"
  try "write to the home directory" cp untrusted.sh "$1/.profile"
  try "ask a service of the host" curl --silent --max-time 5 "http://192.168.5.2:$2/"
  try "become root" sudo --non-interactive true
  try "fill the disk" test "$count" -gt 1
} >found
kill -9 -1 # whatever it may
exit 7
