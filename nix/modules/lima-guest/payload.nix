# The payload as a package. Its scripts start with the store's bash: the first of them run before tmpfiles has made /bin/bash.
{
  lib,
  runCommandLocal,
  runtimeShell,
}:
let
  # Only what runs in the guest, so that a change of the rest changes no path.
  programs = lib.fileset.toSource {
    root = ../../guest;
    fileset = lib.fileset.unions [
      (lib.fileset.fileFilter (file: file.hasExt "sh") ../../guest)
      ../../guest/readers
      ../../guest/run-steps
      ../../guest/steps
    ];
  };
in
runCommandLocal "lima-guest" { } ''
  libexec=$out/libexec/lima-guest
  mkdir -p "$libexec"
  cp -r --no-preserve=mode ${programs}/. "$libexec/"
  find "$libexec" -type f ! -name '*.sh' -exec chmod 0755 {} + -exec sed -i '1s|^#!/bin/bash$|#!${runtimeShell}|' {} +
''
