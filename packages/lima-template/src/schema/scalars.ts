import * as z from "zod";

export const text = z.string();
export const flag = z.boolean();
export const wholeNumber = z.int();

/** Lima keeps these in 32 bits without a sign. */
export const unsigned = z.int().min(0).max(4294967295);

/** A number with an optional unit, all units binary: see `sizes/parse-size.ts`. */
export const size = z.string();

/** Text by text, such as `env`. */
export const texts = z.record(z.string(), z.string());

/** Architectures by Lima's names. */
export const architecture = z.enum(["x86_64", "aarch64", "armv7l", "ppc64le", "riscv64", "s390x"]);

/** Of a file: empty means the template's. */
export const architectureOfFile = z.enum([...architecture.options, ""]);

/** `default` is what Lima's own templates write for "the host's". */
export const architectureOrDefault = z.enum([...architecture.options, "default", ""]);

export const operatingSystem = z.enum(["Linux", "Darwin", "FreeBSD", "Windows", "default", ""]);

/**
 * The drivers that come with Lima, and krunkit, the external one that has templates. Lima 2.2 refuses `default`, which
 * 1.x accepted: leaving the key out means the same in all versions.
 */
export const vmType = z.enum(["qemu", "vz", "wsl2", "krunkit"]);

export const mountType = z.enum(["reverse-sshfs", "9p", "virtiofs", "wsl2"]);
