import { expect, test } from 'vitest';
import { renderCsv } from '../../../shared/domain/topology/csv.ts';
import { HOSTILE_NAMES, hostileTopology } from './hostile-topology.ts';
import { recordedTopology } from './recorded-topology.ts';

/** RFC 4180, section 2. */
function readCsv(text: string): string[][] {
  const record = /((?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^",\r\n]*))*)\r\n/gy;
  const records = [...text.matchAll(record)];
  expect(records.map(([whole]) => whole).join('')).toBe(text);
  return records.map(([, line = '']) =>
    [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, quoted, plain]) =>
      quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
    ),
  );
}

test('every edge is one record under the header', () => {
  const [header, ...rows] = readCsv(renderCsv(recordedTopology()));
  expect(header).toEqual('caller,callee,port,unit,count,failures,denied,mtls,identity,policies,first,last'.split(','));
  expect(rows).toHaveLength(22);
  expect(rows[7]).toEqual(
    'demo/books/webapp,demo/203.0.113.10,80,requests,274,0,0,false,,AuthorizationPolicy/a,2026-11-23T17:49:00Z,2026-11-23T18:00:00Z'.split(
      ',',
    ),
  );
});

test('hostile names stay in their cell, and none begins like a formula', () => {
  const [, ...rows] = readCsv(renderCsv(hostileTopology));
  expect(rows.map((row) => row[8])).toEqual(HOSTILE_NAMES.map((name) => (name.startsWith('=') ? `'${name}` : name)));
});
