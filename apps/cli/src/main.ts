import packageJson from "../package.json" with { type: "json" };

const argv = process.argv.slice(2);

// What a person waits for at the prompt loads nothing that it does not need.
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  process.stdout.write(`${packageJson.version}\n`);
} else if (argv[0] === "__complete") {
  const { answer } = await import("./completion/answer.ts");
  process.stdout.write(await answer(argv.slice(argv[1] === "--" ? 2 : 1), process.env));
} else {
  const { main } = await import("./run-program.ts");
  await main(argv);
}
