import { copyFileSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";

import { Fatal } from "../fatal.ts";
import { directoryOf, exists, fileOf, said } from "../instance.ts";
import { log } from "../log.ts";
import { isAtLeast, version } from "../settings.ts";
import { bytesOf, filled, findings, imageExists, parseTemplate } from "../template.ts";

/** `create --name NAME -` or with a file. A failure after the template was accepted leaves the directory, as limactl's does. */
export function create(args: readonly string[]): number {
  const name = args[args.indexOf("--name") + 1]!;
  const source = args.at(-1)!;
  const text = readFileSync(source === "-" ? 0 : source, "utf8");
  const template = parseTemplate(text);
  if (exists(name)) throw new Fatal(`instance ${said(name)} already exists`);
  const found = findings(template);
  if (found.length > 0) throw new Fatal(found.join("\n"));

  mkdirSync(directoryOf(name), { recursive: true, mode: 0o700 });
  writeFileSync(fileOf(name, "lima.yaml"), text);
  writeFileSync(fileOf(name, "lima-version"), version());
  const { images = [], disk } = filled(template, name);
  const errors = images.filter(({ location }) => !imageExists(location));
  if (errors.length === images.length) {
    const reasons = errors.map(({ location }) => `open ${location}: no such file or directory`);
    throw new Fatal(
      `failed to download ${said(images[0]!.location)}: failed to open source: ${reasons.join("; ")}`,
    );
  }
  const image = images.find(({ location }) => imageExists(location))!.location;
  if (isAtLeast("2.0") && virtualBytes(image) > bytesOf(disk)) {
    throw new Fatal(`failed to resize disk: disk shrinking is not supported`);
  }
  copyFileSync(image, fileOf(name, "disk"));
  log("info", `Run \`limactl start ${name}\` to start the instance.`);
  return 0;
}

/** The size of the disk that an image is of; 0 for what is no qcow2. */
function virtualBytes(image: string): number {
  const header = Buffer.alloc(32);
  readSync(openSync(image, "r"), header, 0, header.length, 0);
  return header.toString("latin1", 0, 4) === "QFI\u00fb" ? Number(header.readBigUInt64BE(24)) : 0;
}
