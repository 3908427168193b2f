import { acceptFinding as accept } from '../../shared/domain/api/findings.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { AcceptOptions } from '../commands/findings.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { printable } from '../output/printable.ts';
import { withReader } from '../with-reader.ts';
import { readAsked } from './read-asked.ts';

/** Accepts one finding and says until when. */
export async function acceptFinding(
  io: Io,
  id: string,
  { reason, until, cluster, output }: AcceptOptions,
): Promise<void> {
  const asked = readAsked(accept.input, { id, reason, until, cluster });
  const { finding } = await withReader(io, (reader) => reader.acceptFinding(asked));
  if (output === 'json') return writeJson(io, { finding });
  const end = finding.acceptance && formatInstant(finding.acceptance.until);
  io.out(`accepted until ${end}: ${printable(finding.message)}\n`);
}
