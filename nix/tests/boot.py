import gzip
import json
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

SSH_PORT = 2222
LOGIN_SECONDS = 300
READY_SECONDS = 300
DISK_BYTES = 20 * 1024**3

work = Path(tempfile.mkdtemp())
key = work / "key"
disk = work / "disk.qcow2"
cidata = work / "cidata.iso"
firmware_variables = work / "firmware-variables"


def write_cidata(instance_id: str) -> None:
    """The disk that limactl writes at each start, with an id of its own."""
    tree = work / "cidata"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir()
    for source in (Path(CIDATA_SAMPLE), Path(CIDATA_ADDITIONS)):
        for file in source.rglob("*"):
            if file.is_file():
                target = tree / file.relative_to(source)
                target.parent.mkdir(exist_ok=True)
                with target.open("ab") as out:
                    out.write(file.read_bytes())

    def replace(name: str, pattern: str, value: str) -> None:
        (tree / name).write_text(re.sub(pattern, lambda _: value, (tree / name).read_text()))

    algorithm, public_key, *_ = key.with_suffix(".pub").read_text().split()
    replace("user-data", r"ssh-ed25519 \S+", f"{algorithm} {public_key}")
    replace("meta-data", r"iid-\d+", instance_id)
    # Only since Lima 2.1.
    replace("lima.env", r"iid-\d+", instance_id)

    (agent,) = Path(GUEST_AGENTS).glob("lima-guestagent.Linux-*")
    content = agent.read_bytes()
    (tree / "lima-guestagent").write_bytes(gzip.decompress(content) if agent.suffix == ".gz" else content)

    cidata.unlink(missing_ok=True)
    subprocess.run(
        [XORRISO, "-as", "mkisofs", "-quiet", "-rational-rock", "-volid", "cidata", "-output", cidata, tree],
        check=True,
    )


def qemu_command() -> str:
    """The machine that Lima's QEMU driver makes."""
    network_config = (Path(CIDATA_SAMPLE) / "network-config").read_text()
    mac_address = re.search(r"macaddress: '(\S+)'", network_config)
    assert mac_address is not None
    return shlex.join(
        [
            QEMU,
            *("-machine", f"{MACHINE_TYPE},accel=kvm:tcg"),
            *("-cpu", "max"),
            *("-smp", "2"),
            *("-m", "2048"),
            *("-drive", f"if=pflash,format=raw,readonly=on,file={FIRMWARE}"),
            *("-drive", f"if=pflash,format=raw,file={firmware_variables}"),
            *("-drive", f"if=none,id=disk,format=qcow2,file={disk}"),
            *("-device", "virtio-blk-pci,drive=disk,bootindex=1"),
            *("-drive", f"if=none,id=cidata,format=raw,readonly=on,file={cidata}"),
            *("-device", "virtio-scsi-pci,id=scsi"),
            *("-device", "scsi-cd,bus=scsi.0,drive=cidata"),
            *(
                "-netdev",
                "user,id=net,net=192.168.5.0/24,host=192.168.5.2,dns=192.168.5.3,dhcpstart=192.168.5.15,"
                f"hostfwd=tcp:127.0.0.1:{SSH_PORT}-:22",
            ),
            *("-device", f"virtio-net-pci,netdev=net,mac={mac_address.group(1)}"),
            # hvc0, the guest's last console. Without it the test driver's own would be hvc0, which nobody reads.
            *("-device", "virtio-serial-pci"),
            *("-chardev", f"file,id=console,path={work / 'hvc0.log'},append=on"),
            *("-device", "virtconsole,chardev=console"),
        ]
    )


def ssh(command: str, seconds: int = 60) -> subprocess.CompletedProcess[str]:
    """Logs in with the key of cidata, as limactl does, and runs a command."""
    return subprocess.run(
        [
            SSH,
            *("-F", "none"),
            *("-i", key),
            *("-p", str(SSH_PORT)),
            *("-o", "BatchMode=yes"),
            *("-o", "IdentitiesOnly=yes"),
            *("-o", "StrictHostKeyChecking=no"),
            *("-o", "UserKnownHostsFile=/dev/null"),
            *("-o", "LogLevel=ERROR"),
            *("-o", "ConnectTimeout=5"),
            "dev@127.0.0.1",
            command,
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
    )


def run(command: str, seconds: int = 60) -> str:
    """The output of a command that has to succeed."""
    result = ssh(command, seconds)
    assert result.returncode == 0, f"{command!r} ended with {result.returncode}: {result.stdout}{result.stderr}"
    return result.stdout.strip()


def wait_for(what: str, command: str, seconds: int) -> None:
    deadline = time.monotonic() + seconds
    last = ""
    while time.monotonic() < deadline:
        try:
            result = ssh(command)
            if result.returncode == 0:
                return
            last = result.stdout + result.stderr
        except subprocess.TimeoutExpired as expired:
            last = str(expired)
        time.sleep(1)
    raise AssertionError(f"no {what} after {seconds} s: {last}")


def check_ready(instance_id: str) -> None:
    """What limactl waits for, and what the guest says of itself."""
    wait_for("login", "true", LOGIN_SECONDS)
    wait_for("boot-done of this start", f"grep -q {instance_id} /run/lima-boot-done", READY_SECONDS)
    wait_for("ssh-ready of this start", f"grep -q {instance_id} /run/lima-ssh-ready", 1)
    status = json.loads(run("cat /run/lima/status.json"))
    assert status["finished"] and status["ok"], status
    assert status["instanceId"] == instance_id, status
    assert run("systemctl is-active lima-guest-agent.service") == "active"
    failed = run("systemctl list-units --failed --plain --no-legend")
    assert failed == "", failed


subprocess.run([SSH_KEYGEN, "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
subprocess.run([QEMU_IMG, "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", IMAGE, disk, str(DISK_BYTES)], check=True)
shutil.copyfile(FIRMWARE_VARIABLES, firmware_variables)

write_cidata("iid-1700000001")
machine = create_machine(qemu_command())
try:
    machine.start()

    with subtest("limactl would call it ready"):
        check_ready("iid-1700000001")

    with subtest("the user is the one of the template"):
        home = re.search(r"^LIMA_CIDATA_HOME=(.*)$", (Path(CIDATA_SAMPLE) / "lima.env").read_text(), re.MULTILINE)
        assert home is not None
        assert run('echo "$(id -un) $(id -u) $HOME"') == f"dev 1234 {home.group(1)}"
        assert run("stat -c %U ~") == "dev"
        assert run("sudo -n id -un") == "root"

    with subtest("the instance has its own name"):
        assert run("uname -n") == "lima-minimal"

    with subtest("env and param reach a session"):
        assert run('echo "$GREETING, $PARAM_CITY"') == "hello world, München"

    with subtest("everything was provisioned, in Lima's order"):
        assert run("cat /srv/provisioned").splitlines() == [
            "data",
            "first system script as root in München",
            "second system script",
            "user script as dev",
        ]

    with subtest("the root file system fills the disk"):
        assert int(run("df --block-size=1 --output=size / | tail -n 1")) > 0.9 * DISK_BYTES

    with subtest("the Nix database knows what is in the store"):
        run("nix-store --query --requisites /run/current-system >/dev/null")
        verified = ssh("sudo nix-store --verify", 300)
        assert "disappeared" not in verified.stderr, verified.stderr
        assert "system-1-link" in run("sudo nix-store --gc --print-roots", 300)

    with subtest("a rebuild makes a second generation and takes the boot loader over"):
        second = run("readlink -f /run/current-system/specialisation/second")
        run(f"sudo nix-env --profile /nix/var/nix/profiles/system --set {second}", 120)
        run(f"sudo {second}/bin/switch-to-configuration switch", 300)
        assert run("readlink -f /run/current-system") == second
        run("test -e /etc/second-generation")
        run(f"sudo grep --quiet --recursive {second}/init /boot/loader/entries")

    with subtest("the login and what comes with it outlive the rebuild"):
        assert run("sudo -n id -un") == "root"
        assert run('echo "$GREETING"') == "hello world"
        run("grep -q iid-1700000001 /run/lima-boot-done")
        assert run("uname -n") == "lima-minimal"

    with subtest("the next start boots the second generation"):
        # The connection may go before the answer comes.
        ssh("sudo systemctl poweroff")
        machine.wait_for_shutdown()
        write_cidata("iid-1700000002")
        machine.start()
        check_ready("iid-1700000002")
        assert run("readlink -f /run/booted-system") == second
        run("test -e /etc/second-generation")
finally:
    # Or the driver waits for QEMU's output for ever.
    machine.crash()
