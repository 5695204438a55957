{
  message = "security.sudo.enable = true";
  module.security.sudo-rs.enable = true;
}
