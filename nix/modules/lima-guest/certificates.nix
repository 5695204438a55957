# `caCerts:` of lima.yaml, which the host's own tools may need to reach anything (a proxy that opens TLS, say).
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.lima;
  pki = config.security.pki;
  # NixOS before 25.05 does not say where its bundle is.
  own = pki.caBundle or "${
    pkgs.cacert.override {
      blacklist = pki.caCertificateBlacklist;
      extraCertificateFiles = pki.certificateFiles;
      extraCertificateStrings = pki.certificates;
    }
  }/etc/ssl/certs/ca-bundle.crt";
  bundle = "/run/lima/ca-bundle.crt";
in
{
  options.services.lima.certificates = lib.mkOption {
    type = lib.types.bool;
    default = true;
    description = ''
      Whether the system trusts `caCerts:` of {file}`lima.yaml`, beside its own certificates or in place of them
      (`removeDefaults`). The bundles in {file}`/etc/ssl/certs` are then links to {file}`${bundle}`. Programs that name
      another bundle, and the p11-kit trust store, are not changed.
    '';
  };

  config = lib.mkIf cfg.enable (
    lib.mkMerge [
      (lib.mkIf (!cfg.certificates) { services.lima.omittedSteps = [ "trust-certificates" ]; })
      (lib.mkIf cfg.certificates {
        environment.etc."lima/ca-bundle.crt".source = own;
        environment.etc."ssl/certs/ca-certificates.crt".source = lib.mkForce bundle;
        environment.etc."ssl/certs/ca-bundle.crt".source = lib.mkForce bundle;
        environment.etc."pki/tls/certs/ca-bundle.crt".source = lib.mkForce bundle;
        # Until lima-settings has run, and where it never does.
        systemd.tmpfiles.settings.lima.${bundle}.L.argument = "/etc/lima/ca-bundle.crt";
        systemd.services.lima-settings = {
          environment.LIMA_GUEST_CERTIFICATES_BASE = "/etc/lima/ca-bundle.crt";
          # As in hosts.nix.
          restartIfChanged = true;
          restartTriggers = [ own ];
        };
        # NixOS gives it the bundle of the store.
        systemd.services.nix-daemon = lib.mkIf config.nix.enable {
          environment.CURL_CA_BUNDLE = lib.mkForce "/etc/ssl/certs/ca-certificates.crt";
        };
      })
    ]
  );
}
