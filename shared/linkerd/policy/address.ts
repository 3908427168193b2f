/** An IP address as a number of 32 or 128 bits. */
export type Address = { readonly bits: 32 | 128; readonly value: bigint };

/** A block of addresses; `value` keeps host bits as written, they do not matter. `text` is what the user wrote. */
export type Cidr = Address & { readonly length: number; readonly text: string };

/** `10.0.0.1` or `fd00::1`; anything else is undefined. */
export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

/** `10.0.0.0/8`, `fd00::/8`, or one address (reference 3.1: "an IP is allowed as cidr"). */
export function parseCidr(text: string): Cidr | undefined {
  const [ip = '', length, ...rest] = text.split('/');
  const address = parseAddress(ip);
  if (address === undefined || rest.length > 0) return undefined;
  if (length === undefined) return { ...address, length: address.bits, text };
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return bits <= address.bits ? { ...address, length: bits, text } : undefined;
}

export function contains(cidr: Cidr, address: Address): boolean {
  const host = BigInt(cidr.bits - cidr.length);
  return cidr.bits === address.bits && cidr.value >> host === address.value >> host;
}

/** Whether every address of `inner` is in `outer`. */
export const covers = (outer: Cidr, inner: Cidr): boolean => outer.length <= inner.length && contains(outer, inner);

/** 127.0.0.0/8 and ::1. */
export const isLoopback = ({ bits, value }: Address): boolean => (bits === 32 ? value >> 24n === 127n : value === 1n);

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  const valid = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return valid ? { bits: 32, value: parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) } : undefined;
}

function parseV6(text: string): Address | undefined {
  const [head = '', tail, ...rest] = withoutDottedTail(text).split('::');
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = 8 - left.length - right.length;
  if (rest.length > 0 || (tail === undefined ? zeros !== 0 : zeros < 1)) return undefined;
  const all = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { bits: 128, value: all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) };
}

const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));

/** `::ffff:10.0.0.1` ends in four decimal bytes, which are two groups. */
function withoutDottedTail(text: string): string {
  const at = text.lastIndexOf(':') + 1;
  const v4 = parseV4(text.slice(at));
  return v4 ? `${text.slice(0, at)}${(v4.value >> 16n).toString(16)}:${(v4.value & 0xffffn).toString(16)}` : text;
}
