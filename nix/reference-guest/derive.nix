# derive PLATFORM NAME BUILDER ENVIRONMENT: one derivation whose builder is a shell script of its own.
#
# Every file becomes a store path of its own (builtins.path), not a path below the flake's source: a derivation is then
# rebuilt when one of its own files changes, and only then.
let
  file =
    path:
    builtins.path {
      inherit path;
      name = builtins.baseNameOf path;
    };
in
{
  inherit file;

  derive =
    platform: name: builder: environment:
    derivation (
      {
        inherit name;
        inherit (platform)
          system
          debianArchitecture
          multiarchTuple
          dynamicLoader
          efiArchitecture
          serialConsole
          ;
        builder = "/bin/sh";
        args = [
          "-eu"
          (file builder)
        ];
        library = file ./builders/library.sh;
        # The host's own folders, and nothing else: what a user has on PATH must not decide what is built.
        PATH = "/usr/bin:/bin:/usr/sbin:/sbin";
        LC_ALL = "C.UTF-8";
        # 2025-08-09, the release of Debian 13; every time stamp that a tool would otherwise invent.
        SOURCE_DATE_EPOCH = "1754697600";
      }
      // environment
    );
}
