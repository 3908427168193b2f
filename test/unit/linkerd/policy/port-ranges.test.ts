import { expect, it } from 'vitest';
import { hasPort, parsePortRanges } from '../../../../shared/linkerd/policy/port-ranges.ts';

it.each([
  ['8080', 8080, true],
  ['25, 8080-8083 ,443', 8083, true],
  ['8080-8083', 8084, false],
  ['', 80, false],
  ['1-65535', 4143, true],
])('%j has %i: %s', (text, port, expected) => {
  expect(hasPort(parsePortRanges(text), port)).toBe(expected);
});

it.each(['0', '80,http', '90-80', '80-', '65536', '1-2-3'])('%j makes the whole list empty', (text) => {
  expect(hasPort(parsePortRanges(`80,${text}`), 80)).toBe(false);
});
