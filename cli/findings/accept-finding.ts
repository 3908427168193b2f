import { acceptFinding as accept } from '../../shared/domain/api/findings.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { AcceptOptions } from '../commands/findings.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { withReader } from '../with-reader.ts';

/** Accepts one finding and says until when. */
export async function acceptFinding(
  io: Io,
  id: string,
  { reason, until, cluster, output }: AcceptOptions,
): Promise<void> {
  const asked = accept.input.safeParse({ id, reason, until, cluster });
  if (!asked.success) {
    const [fault] = asked.error.issues;
    throw new InvalidInputError(`--${fault?.path.join('.')}: ${fault?.message}`);
  }
  const { finding } = await withReader(io, (reader) => reader.acceptFinding(asked.data));
  if (output === 'json') return writeJson(io, { finding });
  const end = finding.acceptance && formatInstant(finding.acceptance.until);
  io.out(`accepted until ${end}: ${finding.message}\n`);
}
