import { createLima } from "@sysinit/lima-control";

/** Launches a VM and tells its events until it is killed. Arguments: limactl, LIMA_HOME, name. Template on stdin. */
const [limactl, home, name] = process.argv.slice(2);
const template = await new Response(process.stdin as unknown as ReadableStream).text();
const lima = createLima({ limactl: limactl!, home: home!, onEvent: (event) => console.log(event.type) });
await lima.launch({ name: name!, template });
