{
  message = "dhcpcd listens on UDP port 68";
  module.networking.useDHCP = true;
  module.networking.useNetworkd = false;
}
