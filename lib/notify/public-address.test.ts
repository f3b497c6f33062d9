import { expect, test } from "vitest";
import { isLinkLocal, isPublicAddress } from "./public-address";

test("addresses of the open Internet are public", () => {
  for (const address of [
    "1.1.1.1",
    "8.8.8.8",
    "172.32.0.1",
    "192.167.255.255",
    "2606:4700::1111",
    "2a00::1",
  ]) {
    expect(isPublicAddress(address), address).toBe(true);
  }
});

test("addresses of a machine, a link, a private network or nobody are not, in whatever form they come", () => {
  for (const address of [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "0:0:0:0:0:ffff:a9fe:a9fe",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001::1",
    "2001:db8::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "localhost",
    "",
    "1.2.3",
  ]) {
    expect(isPublicAddress(address), address).toBe(false);
  }
});

test("a public address in IPv6's clothes is public", () => {
  expect(isPublicAddress("::ffff:8.8.8.8")).toBe(true);
});

test("the link's own addresses are known in every form", () => {
  for (const address of ["169.254.169.254", "::ffff:169.254.169.254", "fe80::a9fe:a9fe%1", "fd00:ec2::254"]) {
    expect(isLinkLocal(address), address).toBe(true);
  }
  for (const address of ["127.0.0.1", "10.0.0.1", "::1", "8.8.8.8"]) {
    expect(isLinkLocal(address), address).toBe(false);
  }
});
