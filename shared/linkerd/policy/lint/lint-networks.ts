import { type Cidr, covers, parseCidr } from '../address.ts';
import { type LintFinding, refused } from './finding.ts';

type Spec = { readonly cidr?: unknown; readonly except?: readonly unknown[] | null };

/** Networks of any kind: each a CIDR, each exception inside it and smaller (reference 3.7, runtime/admission.rs). */
export const lintNetworks = (networks: readonly Spec[], at: string): LintFinding[] =>
  networks.flatMap(({ cidr, except }, index) => {
    const field = `${at}[${index}]`;
    const parsed = parsedAt(cidr, `${field}.cidr`);
    if (!('bits' in parsed)) return [parsed];
    return (except ?? []).flatMap((text, hole) => lintException(parsed, text, `${field}.except[${hole}]`));
  });

function lintException(cidr: Cidr, text: unknown, field: string): LintFinding[] {
  const except = parsedAt(text, field);
  if (!('bits' in except)) return [except];
  if (covers(except, cidr))
    return [refused(field, `exception ${except.text} takes all of ${cidr.text}: nothing is left`)];
  return covers(cidr, except) ? [] : [refused(field, `exception ${except.text} is not inside ${cidr.text}`)];
}

function parsedAt(text: unknown, field: string): Cidr | LintFinding {
  const parsed = typeof text === 'string' ? parseCidr(text) : undefined;
  return parsed ?? refused(field, `expected an IP address or a CIDR such as 10.0.0.0/8, got ${JSON.stringify(text)}`);
}
