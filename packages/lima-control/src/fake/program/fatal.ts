/** What ends limactl with its fatal line and status 1. */
export class Fatal extends Error {}
