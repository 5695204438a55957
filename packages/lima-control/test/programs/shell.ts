import { createLima } from "@sysinit/lima-control";

/** Gives its terminal to a command in a guest and ends with its status. Arguments: LIMA_HOME, name, command. */
const [home, name, ...argv] = process.argv.slice(2);
const vm = await createLima({ home: home! }).attach(name!);
if (vm.state !== "running") throw new Error(`${name} does not run`);
process.exitCode = await vm.shell(argv.length === 0 ? {} : { argv });
