import { type Address, type Cidr, contains, covers } from '../../linkerd/policy/address.ts';

/** An address of a block that lies in none of the holes; undefined where they fill it. */
export function addressIn(block: Cidr, holes: readonly Cidr[]): string | undefined {
  const within = holes.filter((hole) => covers(block, hole));
  // If anything is left, the first address is, or one right behind a hole.
  const candidates = [
    firstOf(block),
    ...within.map((hole) => ({ ...hole, value: firstOf(hole).value + sizeOf(hole) })),
  ];
  const free = candidates.find((one) => isIn(block, one) && !within.some((hole) => isIn(hole, one)));
  return free && addressText(free);
}

const sizeOf = ({ bits, length }: Cidr): bigint => 1n << BigInt(bits - length);
const firstOf = (block: Cidr): Address => ({ bits: block.bits, value: (block.value / sizeOf(block)) * sizeOf(block) });
const isIn = (block: Cidr, address: Address): boolean =>
  address.value >> BigInt(block.bits) === 0n && contains(block, address);

function addressText({ bits, value }: Address): string {
  const size = bits === 32 ? 8 : 16;
  const parts = Array.from(
    { length: bits / size },
    (_, i) => (value >> BigInt(bits - size * (i + 1))) & ((1n << BigInt(size)) - 1n),
  );
  return parts.map((part) => part.toString(bits === 32 ? 10 : 16)).join(bits === 32 ? '.' : ':');
}
