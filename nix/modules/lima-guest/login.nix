# Login by ssh, as limactl does it.
{
  config,
  lib,
  pkgs,
  ...
}:
{
  config = lib.mkIf config.services.lima.enable {
    services.openssh = {
      enable = lib.mkDefault true;
      # limactl's keys lie neither below the home, which may be a mount of the host's, nor in /etc, which a rebuild writes.
      authorizedKeysFiles = [ "/run/lima/authorized_keys.d/%u" ];
      # Before what others add, which may end in a Match block. COLORTERM is what limactl sends.
      extraConfig = lib.mkBefore ''
        AcceptEnv COLORTERM
        Include /run/lima/sshd.conf
      '';
    };

    # limactl starts its checks as /bin/bash, and it is Lima's default shell.
    systemd.tmpfiles.settings.lima."/bin/bash"."L+".argument = "${pkgs.bashInteractive}/bin/bash";
    systemd.services = {
      # It has to be there when the user is made.
      lima-login.after = [ "systemd-tmpfiles-setup.service" ];
    }
    # What a login waits for goes before whatever else wants the machine while it boots.
    // lib.genAttrs (
      [
        "systemd-logind"
        (if config.services.dbus.implementation == "broker" then "dbus-broker" else "dbus")
      ]
      # By socket there is one for each connection.
      ++ lib.optional (!config.services.openssh.startWhenNeeded) "sshd"
    ) (_: { serviceConfig.StartupCPUWeight = lib.mkDefault 1000; });

    # Without ~/.zshrc zsh would greet a first login with its wizard.
    programs.zsh.interactiveShellInit = "zsh-newuser-install() { :; }";

    assertions = [
      {
        assertion = config.services.openssh.enable && lib.elem 22 config.services.openssh.ports;
        message = "services.lima: limactl logs in by ssh at port 22; set services.openssh.enable = true and keep 22 in services.openssh.ports.";
      }
    ];
  };
}
