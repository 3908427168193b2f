import { blastRadius } from './blast-radius/question.ts';
import { callees } from './callees/question.ts';
import { callers } from './callers/question.ts';
import { changes } from './changes/question.ts';
import { coverage } from './coverage/question.ts';
import { denied } from './denied/question.ts';
import { exposure } from './exposure/question.ts';
import { identities } from './identities/question.ts';
import { newEdges } from './new-edges/question.ts';
import { orphans } from './orphans/question.ts';
import { owners } from './owners/question.ts';
import { path } from './path/question.ts';
import { plaintext } from './plaintext/question.ts';
import type { Question } from './question.ts';
import { quietEdges } from './quiet-edges/question.ts';
import { sharedIdentities } from './shared-identities/question.ts';
import { timeline } from './timeline/question.ts';
import { touches } from './touches/question.ts';
import { whoCan } from './who-can/question.ts';

/** Every named question there is: `meshgraph ask` and its help are made from this list. */
export const QUESTIONS: readonly Question[] = [
  callers,
  callees,
  identities,
  path,
  touches,
  blastRadius,
  exposure,
  whoCan,
  sharedIdentities,
  owners,
  changes,
  newEdges,
  quietEdges,
  denied,
  plaintext,
  coverage,
  timeline,
  orphans,
];
