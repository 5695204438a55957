# read-unit.nix { lib } TEXT: a systemd unit file as { SECTION.KEY = [ VALUE … ]; }, values in their order. Continued lines are
# not known: no unit of the payload has one.
{ lib }:
text:
let
  meant = lib.filter (line: line != "" && !lib.hasPrefix "#" line) (lib.splitString "\n" text);
  read =
    state: line:
    let
      section = builtins.match "\\[(.+)]" line;
      setting = builtins.match "([^=]+)=(.*)" line;
      key = lib.elemAt setting 0;
      before = state.sections.${state.section} or { };
    in
    if section != null then
      state // { section = lib.head section; }
    else if setting == null || state.section == null then
      throw "read-unit.nix: cannot read the line '${line}'"
    else
      state
      // {
        sections = state.sections // {
          ${state.section} = before // {
            ${key} = before.${key} or [ ] ++ [ (lib.elemAt setting 1) ];
          };
        };
      };
in
(lib.foldl' read {
  section = null;
  sections = { };
} meant).sections
