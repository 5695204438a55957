# The payload as a package. Its scripts start with the store's bash: the first of them run before tmpfiles has made /bin/bash.
{ runCommandLocal, runtimeShell }:
runCommandLocal "lima-guest"
  {
    payload = ../../guest;
  }
  ''
    libexec=$out/libexec/lima-guest
    mkdir -p "$libexec"
    cp -r --no-preserve=mode "$payload"/{lib.sh,status.sh,run-steps,steps,readers} "$libexec/"
    find "$libexec" -type f ! -name lib.sh -exec chmod 0755 {} + -exec sed -i '1s|^#!/bin/bash$|#!${runtimeShell}|' {} +
  ''
