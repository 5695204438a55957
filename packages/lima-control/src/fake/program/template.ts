import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { parseDocument } from "yaml";

import { Fatal } from "./fatal.ts";

/** The fields of a template that the fake knows; what it does not is kept in the file and otherwise passed over. */
export interface Template {
  vmType?: string;
  arch?: string;
  images?: { location: string }[];
  cpus?: number;
  memory?: string;
  disk?: string;
  mounts?: { location: string; mountPoint?: string }[];
  user?: { name?: string; home?: string };
  plain?: boolean;
  [field: string]: unknown;
}

/** Reads a template as limactl does, loosely. */
export function parseTemplate(text: string): Template {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new Fatal(`failed to unmarshal YAML (-): ${error.message}`);
  const template: unknown = document.toJS();
  return (typeof template === "object" && template !== null ? template : {}) as Template;
}

/** What is wrong with it, one line each. */
export function findings(template: Template): string[] {
  const found: string[] = [];
  if (!Array.isArray(template.images) || template.images.length === 0)
    found.push("field `images` must be set");
  return found;
}

/** With what a template leaves out. */
export function filled(template: Template, name: string) {
  const userName = template.user?.name ?? userInfo().username;
  const home = fill(template.user?.home ?? "/home/{{.User}}.guest", { User: userName, Name: name });
  const values = { User: userName, Name: name, Home: home };
  return {
    ...template,
    vmType: template.vmType ?? "qemu",
    arch: template.arch ?? (process.arch === "arm64" ? "aarch64" : "x86_64"),
    cpus: template.cpus ?? 4,
    memory: template.memory ?? "4GiB",
    disk: template.disk ?? "100GiB",
    mounts: (template.mounts ?? []).map((mount) => ({
      ...mount,
      mountPoint: fill(mount.mountPoint ?? mount.location, values),
    })),
    user: { ...template.user, name: userName, home },
  };
}

/** A size as go-units reads it: a number and a binary unit, with or without the B. */
export function bytesOf(size: string): number {
  const [, number = "0", unit = ""] = /^([\d.]+)\s*([kmgtp]?)i?b?$/i.exec(size.trim()) ?? [];
  return Math.floor(Number(number) * 1024 ** ["", "k", "m", "g", "t", "p"].indexOf(unit.toLowerCase()));
}

export const imageExists = (location: string): boolean => existsSync(location);

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (_, key: string) => values[key] ?? "<no value>");
}
