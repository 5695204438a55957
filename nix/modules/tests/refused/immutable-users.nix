{
  message = "users.mutableUsers = false";
  module.users.mutableUsers = false;
}
