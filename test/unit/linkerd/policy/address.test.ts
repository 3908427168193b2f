import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, covers, parseAddress, parseCidr } from '../../../../shared/linkerd/policy/address.ts';

const within = (cidr: string, address: string) => {
  const [block, ip] = [parseCidr(cidr), parseAddress(address)];
  return block && ip && contains(block, ip);
};

describe('addresses and blocks', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.1.2.3/8', '10.9.9.9', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['10.1.1.1', '10.1.1.1', true],
    ['fd00::/8', 'fdff::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['::/0', '10.0.0.1', false],
    ['0.0.0.0/0', '::1', false],
    ['::ffff:10.0.0.0/104', '::ffff:10.200.1.1', true],
  ])('%s has %s: %s', (cidr, address, expected) => {
    expect(within(cidr, address)).toBe(expected);
  });

  it.each([
    '',
    'banana',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '::1::',
    '1:2:3:4:5:6:7',
    'fd00::/129',
    'g::',
  ])('takes %j for no block', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it('reads what it can write, and covers what lies inside', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 32 }), (ip, a, b) => {
        const [wide, narrow] = [parseCidr(`${ip}/${Math.min(a, b)}`), parseCidr(`${ip}/${Math.max(a, b)}`)];
        expect(wide && narrow && covers(wide, narrow)).toBe(true);
        expect(wide && narrow && a !== b && covers(narrow, wide)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), (ip) => {
        expect(parseAddress(ip)?.bits).toBe(128);
      }),
    );
  });
});
