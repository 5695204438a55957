# What is wrong with a system, as lines of text; nothing when all is well. To name the derivation of the whole system nearly
# every option has to be read, and with that unknown options and packages come to light (as errors of the evaluation).
arguments:
let
  inherit (import ./system.nix arguments) config pkgs;
  failed = builtins.filter (assertion: !assertion.assertion) config.assertions;
  complaints =
    map (assertion: "failed assertion: ${assertion.message}\n") failed
    ++ map (warning: "warning: ${warning}\n") config.warnings;
in
if complaints != [ ] then
  pkgs.lib.concatStrings complaints
else
  builtins.seq config.system.build.toplevel.drvPath ""
