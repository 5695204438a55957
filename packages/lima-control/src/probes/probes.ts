import { all } from "./all.ts";
import { command } from "./command.ts";
import { file } from "./file.ts";
import { http } from "./http.ts";
import { mount } from "./mount.ts";
import { port } from "./port.ts";
import { unit } from "./unit.ts";

/** What can be waited for in a guest. */
export const probes = { command, file, unit, port, http, mount, all };
