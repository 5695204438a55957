/**
 * The name in the store of an image that comes from an address: of its file, or of its repository. What has the same name
 * elsewhere becomes its next generation; what a person installed under a name of their own is left alone.
 */
export function pulledImageName(address: string): string {
  const path = address
    .replace(/[?#].*$/, "")
    .replace(/@sha256:[0-9a-f]*$/, "")
    .replace(/\/+$/, "");
  const name = path
    .slice(path.lastIndexOf("/") + 1)
    .replace(address.startsWith("oci://") ? /:[^:]*$/ : /\.(?:qcow2|raw|img)$/i, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    // The store's own ends of file names.
    .replace(/(?:^|-)(?:latest|\d{8}-\d{6}(?:-\d+)?)-*$/, "")
    .replace(/^-+|-+$/g, "");
  return name === "" ? "pulled" : `pulled-${name}`;
}
