# What differs between the architectures, by nix system name. aarch64-linux follows from Debian's and UEFI's naming rules
# and has not been built.
{
  x86_64-linux = {
    system = "x86_64-linux";
    debianArchitecture = "amd64";
    multiarchTuple = "x86_64-linux-gnu";
    dynamicLoader = "usr/lib64/ld-linux-x86-64.so.2";
    efiArchitecture = "x64";
    serialConsole = "ttyS0";
  };
  aarch64-linux = {
    system = "aarch64-linux";
    debianArchitecture = "arm64";
    multiarchTuple = "aarch64-linux-gnu";
    dynamicLoader = "usr/lib/ld-linux-aarch64.so.1";
    efiArchitecture = "aa64";
    serialConsole = "ttyAMA0";
  };
}
