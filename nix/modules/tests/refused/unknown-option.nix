{
  message = "`services.lima.mount' does not exist";
  module.services.lima.mount = true;
}
