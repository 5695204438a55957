import type { FindingCode } from "./findings/codes.ts";
import type { Finding, Severity } from "./findings/finding.ts";
import { formatPath, type Path } from "./findings/path.ts";
import { formatSize, parseSize } from "./sizes/parse-size.ts";
import { positionIn, type Template } from "./template.ts";

/** What has to be known of an image. */
export interface ImageFacts {
  /** Size of the disk that the guest sees. */
  virtualBytes: number;
  format: "qcow2" | "raw";
  /** By Lima's names, such as `x86_64`. Default: not checked. */
  arch?: string;
}

/** Lima's default for `disk`. */
const defaultDisk = "100GiB";

/** Checks a template against the image that it is to boot: `disk` must not be smaller, the architecture must fit. */
export function checkAgainstImage(template: Template, image: ImageFacts): Finding[] {
  const findings: Finding[] = [];
  const report = (severity: Severity, code: FindingCode, path: Path, message: string, hint: string) =>
    findings.push({ severity, code, path: formatPath(path), message, hint, ...positionIn(template, path) });
  const { disk, arch, vmType } = template.value;

  const written = disk === undefined || disk === "" ? defaultDisk : disk;
  const diskBytes = parseSize(written);
  if (diskBytes !== undefined && diskBytes < image.virtualBytes) {
    report(
      "error",
      "DISK_BELOW_IMAGE",
      ["disk"],
      `${written} is smaller than the image's ${formatSize(image.virtualBytes)}, and Lima cannot shrink an image`,
      `set \`disk: ${Math.ceil(image.virtualBytes / 1024 ** 3)}GiB\` or more; unused space costs nothing`,
    );
  }
  if (
    image.arch !== undefined &&
    arch !== undefined &&
    arch !== "default" &&
    arch !== "" &&
    arch !== image.arch
  ) {
    report(
      "error",
      "IMAGE_ARCH_MISSING",
      ["arch"],
      `is ${arch}, but the image is ${image.arch}`,
      "build the image for that architecture, or leave `arch` out",
    );
  }
  if (vmType === "vz" && image.format === "qcow2") {
    report(
      "warning",
      "IMAGE_FORMAT_SLOW",
      ["vmType"],
      "vz converts a qcow2 image to raw each time an instance is created",
      "a raw image is cloned at once on APFS",
    );
  }
  return findings;
}
