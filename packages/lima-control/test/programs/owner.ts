import { createLima } from "@sysinit/lima-control";

/**
 * Creates an instance, does with it what the last argument says, and says so. Arguments: limactl, LIMA_HOME, name, how it
 * ends. Template on stdin.
 */
const [limactl, home, name, end] = process.argv.slice(2);
const template = await new Response(process.stdin as unknown as ReadableStream).text();
const lima = createLima({ limactl: limactl!, home: home!, owner: "owner" });
if (end === "killed-while-creating") {
  setTimeout(() => process.kill(process.pid, "SIGKILL"), Number(process.env["KILL_AFTER_MS"]));
}
const vm = await lima.create({ name: name!, template });
console.log(`created ${vm.name}`);
if (end === "exception") throw new Error("thrown by the test");
if (end === "exit") process.exit(3);
setInterval(() => {}, 60_000);
