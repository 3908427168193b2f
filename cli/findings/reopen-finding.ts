import { reopenFinding as reopen } from '../../shared/domain/api/findings.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { ReopenOptions } from '../commands/findings.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { printable } from '../output/printable.ts';
import { withReader } from '../with-reader.ts';
import { readAsked } from './read-asked.ts';

/** Ends the acceptance of one finding, and says since when it is open. */
export async function reopenFinding(io: Io, id: string, { reason, cluster, output }: ReopenOptions): Promise<void> {
  const asked = readAsked(reopen.input, { id, reason, cluster });
  const { finding } = await withReader(io, (reader) => reader.reopenFinding(asked));
  if (output === 'json') return writeJson(io, { finding });
  io.out(`open since ${formatInstant(finding.openedAt)}: ${printable(finding.message)}\n`);
}
