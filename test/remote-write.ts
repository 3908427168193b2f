/**
 * Writes samples, staleness markers included, into a real Prometheus over its remote-write protocol
 * (prometheus.io/docs/specs/prw/remote_write_spec): protobuf WriteRequest in a snappy block. Snappy allows a block of
 * literals only, so nothing needs compressing. The public clients cannot send the marker: JavaScript folds all NaNs.
 */
export type WrittenSeries = { readonly labels: Record<string, string>; readonly samples: readonly WrittenSample[] };
export type WrittenSample = { readonly time: number; readonly value: number | 'stale' };

/** The NaN that marks a series as gone (prometheus model/value StaleNaN). */
const STALE_NAN = 0x7ff0000000000002n;

export async function remoteWrite(url: string, series: readonly WrittenSeries[]): Promise<void> {
  const request = Buffer.concat(series.map((one) => field(1, timeSeries(one))));
  const response = await fetch(`${url}/api/v1/write`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
    },
    body: snappyLiterals(request),
  });
  if (!response.ok) throw new Error(`remote write answered ${response.status}: ${await response.text()}`);
}

function timeSeries({ labels, samples }: WrittenSeries): Buffer {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([
    ...sorted.map(([name, value]) =>
      field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
    ),
    ...samples.map((sample) => field(2, encodedSample(sample))),
  ]);
}

function encodedSample({ time, value }: WrittenSample): Buffer {
  const double = Buffer.alloc(9);
  double[0] = (1 << 3) | 1;
  if (value === 'stale') double.writeBigUInt64LE(STALE_NAN, 1);
  else double.writeDoubleLE(value, 1);
  return Buffer.concat([double, Buffer.from([2 << 3]), varint(time)]);
}

const field = (number: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(number << 3) | 2]), varint(bytes.length), bytes]);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

function snappyLiterals(bytes: Buffer): Buffer {
  const parts = [varint(bytes.length)];
  for (let start = 0; start < bytes.length; start += 65_536) {
    const chunk = bytes.subarray(start, start + 65_536);
    const length = chunk.length - 1;
    parts.push(Buffer.from([61 << 2, length & 0xff, length >> 8]), chunk);
  }
  return Buffer.concat(parts);
}
