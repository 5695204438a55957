# What your guest is, beyond the base that makes it a guest of Lima. The user, its home and its shell are in lima.yaml.
{ pkgs, ... }:
{
  # The name of the image's file, which lima.yaml repeats.
  image.modules.lima.image.baseName = "guest";

  environment.systemPackages = with pkgs; [
    ripgrep
  ];

  # The NixOS release that this configuration was begun with; it stays when you upgrade.
  system.stateVersion = "26.05";
}
