import { createLima } from "@sysinit/lima-control";

/** Creates an instance and holds it until it is killed. Arguments: limactl, LIMA_HOME, name. Template on stdin. */
const [limactl, home, name] = process.argv.slice(2);
const template = await new Response(process.stdin as unknown as ReadableStream).text();
const vm = await createLima({ limactl: limactl!, home: home!, owner: "create-and-wait" }).create({
  name: name!,
  template,
});
console.log(`created ${vm.name}`);
setInterval(() => {}, 60_000);
