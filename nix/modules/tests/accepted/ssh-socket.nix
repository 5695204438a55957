# sshd by socket: the keys are there before the socket is.
{ config, lib, ... }:
{
  services.openssh.startWhenNeeded = true;
  assertions = [
    {
      assertion = lib.elem "sshd.socket" config.systemd.services.lima-login.before;
      message = "somebody may knock before there are keys";
    }
    {
      assertion = !(config.systemd.services ? sshd);
      message = "a server that is never started is configured";
    }
  ];
}
