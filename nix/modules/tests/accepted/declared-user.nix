# A user that NixOS declares as well, as one would for home-manager. limactl's keys must not be among what a rebuild writes.
{ config, ... }:
{
  users.users.dev = {
    isNormalUser = true;
    home = "/home/dev";
    extraGroups = [ "wheel" ];
    openssh.authorizedKeys.keys = [ "ssh-ed25519 AAAA dev" ];
  };
  services.openssh.authorizedKeysInHomedir = true;
  assertions = [
    {
      assertion =
        config.services.openssh.authorizedKeysFiles == [
          "/run/lima/authorized_keys.d/%u"
          "%h/.ssh/authorized_keys"
          "/etc/ssh/authorized_keys.d/%u"
        ];
      message = "limactl's keys, the user's own, or the declared ones are not read";
    }
  ];
}
