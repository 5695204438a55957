# Every switch off: the rest stays whole, and what is off leaves no trace.
{ config, lib, ... }:
let
  units = lib.filterAttrs (name: _: lib.hasPrefix "lima-" name) config.systemd.units;
  text = lib.concatMapStrings (unit: unit.text) (lib.attrValues units);
  inUnits = word: {
    assertion = !lib.hasInfix word text;
    message = "a unit still says ${word}";
  };
  inSystem = name: value: {
    assertion = !lib.hasInfix "/run/lima" value;
    message = "${name} still looks at /run/lima";
  };
in
{
  services.lima = {
    certificates = false;
    dns = false;
    environment = false;
    hosts = false;
    provisioning = false;
    sshOverVsock = false;
    sudo = false;
  };
  networking.hostName = "workshop";

  assertions =
    map inUnits [
      "LIMA_GUEST_CERTIFICATES_BASE"
      "LIMA_GUEST_HOSTS_BASE"
      "allow-sudo"
      "provision-"
      "redirect-dns"
      "run-boot-scripts"
      "set-hostname"
      "trust-certificates"
      "vsock::22"
      "write-environment"
      "write-hosts"
    ]
    ++ lib.mapAttrsToList inSystem {
      certificates = config.environment.etc."ssl/certs/ca-certificates.crt".source;
      hosts = config.environment.etc.hosts.source;
      pam = config.security.pam.services.sshd.text;
      sudo = config.security.sudo.configFile;
    }
    ++ [
      {
        assertion = lib.hasInfix "make-user" text;
        message = "the user is not made";
      }
    ];
}
