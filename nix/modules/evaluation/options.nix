# The options of services.lima as a page of Markdown, from their own descriptions.
arguments:
let
  inherit (import ./system.nix arguments) options pkgs;
  inherit (pkgs) lib;
  repository = toString ../../..;

  shown = lib.filter (option: option.visible && !option.internal) (
    lib.optionAttrSetToDocList options.services.lima
  );
  # {file}`/etc/hosts` and the like are roles of nixpkgs' own Markdown.
  withoutRoles =
    text: lib.concatMapStrings (part: if lib.isList part then "`" else part) (builtins.split "\\{[a-z]+}`" text);
  fromRepository = file: lib.removePrefix "${repository}/" (toString file);

  section = option: ''
    ## `${option.name}`

    ${withoutRoles (lib.trim option.description)}

    Type: ${option.type}. Default: `${option.default.text}`. Declared in ${
      lib.concatMapStringsSep ", " (file: "`${fromRepository file}`") option.declarations
    }.
  '';
in
''
  # Options of `services.lima`

  Written by `./hack/nix-options NIXPKGS` from the descriptions in the modules; changes belong there.

''
+ lib.concatMapStringsSep "\n" section (lib.sort (a: b: a.name < b.name) shown)
