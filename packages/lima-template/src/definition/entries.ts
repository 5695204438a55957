import type { TemplateImage, TemplateMount, TemplateValue } from "../schema/template-schema.ts";
import type { AbsolutePath, Digest, HostPath, ScriptWithInterpreter } from "./texts.ts";

type Entry<Key extends "provision" | "probes" | "networks" | "portForwards"> = NonNullable<
  TemplateValue[Key]
>[number];

/** The keys that a form does not have. */
type Without<Keys extends PropertyKey> = { [Key in Keys]?: never };

/** One entry of `images`. */
export type ImageDefinition = Omit<TemplateImage, "digest"> & { digest?: Digest };

/** One entry of `mounts`; `*` is for options of all those before it. */
export type MountDefinition = Omit<TemplateMount, "location" | "mountPoint"> &
  ({ location: HostPath; mountPoint?: AbsolutePath | "*" } | { location: "*"; mountPoint?: "*" });

type ProvisionEntry = Entry<"provision">;
type DataKeys = "content" | "overwrite" | "owner" | "path" | "permissions" | "expression" | "format";

interface ScriptProvision extends Without<DataKeys | "playbook" | "skipDefaultDependencyResolution"> {
  mode?: "system" | "user" | "boot";
}

interface DependencyProvision extends Without<DataKeys | "playbook"> {
  mode: "dependency";
  skipDefaultDependencyResolution?: boolean;
}

interface DataProvision
  extends
    Pick<ProvisionEntry, "overwrite" | "owner" | "permissions">,
    Without<"script" | "playbook" | "expression" | "format" | "skipDefaultDependencyResolution"> {
  mode: "data";
  path: AbsolutePath;
}

interface YqProvision
  extends
    Pick<ProvisionEntry, "owner" | "permissions" | "format">,
    Without<"script" | "playbook" | "content" | "overwrite" | "skipDefaultDependencyResolution"> {
  mode: "yq";
  path: AbsolutePath;
}

/** Either the text itself or the file that it is in. */
type TextOrFile<Key extends "script" | "content" | "expression"> =
  ({ [K in Key]: string } & { file?: never }) | ({ [K in Key]?: never } & { file: string });

/** One entry of `provision`: the keys that its mode has, and no others. */
export type ProvisionDefinition =
  | ((ScriptProvision | DependencyProvision) & TextOrFile<"script">)
  | (DataProvision & TextOrFile<"content">)
  | (YqProvision & TextOrFile<"expression">);

/** One entry of `probes`. */
export type ProbeDefinition = Omit<Entry<"probes">, "script" | "file"> & { script: ScriptWithInterpreter };

/** One entry of `networks`: one thing to connect to, or `*` for options of all those before it. */
export type NetworkDefinition =
  | (Pick<Entry<"networks">, "macAddress" | "interface" | "metric"> &
      (
        | ({ lima: string } & Without<"socket" | "vzNAT">)
        | ({ socket: string } & Without<"lima" | "vzNAT">)
        | ({ vzNAT: true } & Without<"lima" | "socket">)
      ))
  | (Omit<Entry<"networks">, "interface"> & { interface: "*" });

type Forward = Entry<"portForwards">;
type GuestPorts = Pick<Forward, "guestIP" | "guestIPMustBeZero"> & Without<"guestSocket">;
type GuestPort = GuestPorts & { guestPort: number; guestPortRange?: never };
type AnyGuestPorts = GuestPorts & Pick<Forward, "guestPort" | "guestPortRange">;
type GuestSocket = { guestSocket: AbsolutePath } & Without<
  "guestIP" | "guestIPMustBeZero" | "guestPort" | "guestPortRange"
>;
type HostPorts = Pick<Forward, "hostIP" | "hostPort" | "hostPortRange"> & Without<"hostSocket">;
type HostSocket = { hostSocket: string } & Without<"hostIP" | "hostPort" | "hostPortRange">;

/** One entry of `portForwards`: ports to ports, a port to a socket, or a socket to a socket. */
export type PortForwardDefinition = Pick<Forward, "proto" | "ignore" | "static"> &
  (
    | (AnyGuestPorts & HostPorts & { reverse?: false })
    | (GuestPort & HostSocket & { reverse?: false })
    | (GuestSocket & HostSocket & { reverse?: boolean })
  );
