import { BlockList, isIPv4, isIPv6 } from "node:net";

/** IANA's special-purpose registry (RFC 6890 and after): what no host of the open Internet has. */
const SPECIAL_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** Of IPv6 only 2000::/3 is given to hosts; these parts of it are not, or hold an IPv4 address inside. */
const SPECIAL_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];
/** Where clouds answer questions about a machine's own credentials: nobody's to ask, whatever is allowed. */
const LINK_LOCAL = { v4: ["169.254.0.0/16"], v6: ["fe80::/10", "fd00:ec2::/32"] };

function blockList(v4: readonly string[], v6: readonly string[]): BlockList {
  const list = new BlockList();
  for (const [ranges, family] of [
    [v4, "ipv4"],
    [v6, "ipv6"],
  ] as const) {
    for (const range of ranges) {
      const [address, bits] = range.split("/");
      list.addSubnet(address!, Number(bits), family);
    }
  }
  return list;
}

const special = blockList(SPECIAL_V4, SPECIAL_V6);
const unicast = blockList([], ["2000::/3"]);
const linkLocal = blockList(LINK_LOCAL.v4, LINK_LOCAL.v6);

/** Of an IPv4 address in IPv6's clothes (`::ffff:a.b.c.d`) the IPv4 address; else what was given. */
function plain(address: string): string {
  const bare = address.replace(/%.*$/, "");
  if (!isIPv6(bare)) return bare;
  // A URL writes every IPv6 address in its one shortest form.
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (!mapped) return short;
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** Whether an IP address is one of the open Internet. What is no IP address is not. */
export function isPublicAddress(address: string): boolean {
  const ip = plain(address);
  if (isIPv4(ip)) return !special.check(ip, "ipv4");
  return isIPv6(ip) && unicast.check(ip, "ipv6") && !special.check(ip, "ipv6");
}

/** Whether an IP address is of the link alone, where clouds keep their machines' credentials. */
export function isLinkLocal(address: string): boolean {
  const ip = plain(address);
  return isIPv4(ip) ? linkLocal.check(ip, "ipv4") : isIPv6(ip) && linkLocal.check(ip, "ipv6");
}
