{
  message = "it takes the place of cloud-init";
  module.services.cloud-init.enable = true;
}
