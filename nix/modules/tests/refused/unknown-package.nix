{
  message = "attribute 'no-such-program' missing";
  module =
    { pkgs, ... }:
    {
      environment.systemPackages = [ pkgs.no-such-program ];
    };
}
