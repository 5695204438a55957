{
  message = "limactl logs in by ssh at port 22";
  module.services.openssh.ports = [ 55555 ];
}
