import { expect, test } from "vitest";
import { addresses, dnsWithHostResolver } from "./addresses.ts";
import { said } from "./testing.ts";

test("addresses are numbers", () => {
  expect(
    said(
      addresses,
      'dns: [1.1.1.1, resolver, "fe80::1%eth0"]\nportForwards: [{guestIP: here, hostIP: "::1"}]',
    ),
  ).toEqual(["error dns[1]", "error dns[2]", "error portForwards[0].guestIP"]);
});

test("dns needs the host resolver off", () => {
  expect(said(dnsWithHostResolver, "dns: [1.1.1.1]")).toEqual(["error dns"]);
  expect(said(dnsWithHostResolver, "dns: [1.1.1.1]\nhostResolver: {enabled: false}")).toEqual([]);
  expect(said(dnsWithHostResolver, "dns: []")).toEqual([]);
});
