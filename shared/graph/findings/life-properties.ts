import type { Severity } from '../../checks/check.ts';
import { formatEntry, parseEntry } from '../../domain/findings/history.ts';
import type { Life } from '../../domain/findings/life.ts';

/** The life of a finding as its node carries it. A property that is null is not there. */
export type LifeProperties = {
  readonly state: Life['state'];
  readonly severity: Severity;
  readonly openedAt: number;
  readonly resolvedAt?: number | null;
  readonly acceptedBy?: string | null;
  readonly acceptedReason?: string | null;
  readonly acceptedAt?: number | null;
  readonly acceptedUntil?: number | null;
  readonly exceptionReason?: string | null;
  readonly exceptionUntil?: number | null;
  readonly lookedBack?: number | null;
  readonly quietSince?: number | null;
  readonly quietUntil?: number | null;
  readonly parameters?: readonly string[] | null;
  readonly flappingSince?: number | null;
  readonly history: readonly string[];
};

export const toProperties = (life: Life): LifeProperties => ({
  state: life.state,
  severity: life.severity,
  openedAt: life.openedAt,
  resolvedAt: life.resolvedAt,
  acceptedBy: life.acceptance?.by ?? null,
  acceptedReason: life.acceptance?.reason ?? null,
  acceptedAt: life.acceptance?.at ?? null,
  acceptedUntil: life.acceptance?.until ?? null,
  exceptionReason: life.exception?.reason ?? null,
  exceptionUntil: life.exception?.until ?? null,
  lookedBack: life.lookedBack,
  quietSince: life.quiet?.since ?? null,
  quietUntil: life.quiet?.until ?? null,
  parameters: life.parameters,
  flappingSince: life.flappingSince,
  history: life.history.map(formatEntry),
});

/** The same read back; findings of older graphs lack what came later. */
export function toLife(properties: LifeProperties): Life {
  const { acceptedBy, acceptedReason, acceptedAt, acceptedUntil, exceptionReason, exceptionUntil } = properties;
  const { quietSince, quietUntil } = properties;
  return {
    state: properties.state,
    severity: properties.severity,
    openedAt: properties.openedAt,
    resolvedAt: properties.resolvedAt ?? null,
    acceptance:
      acceptedUntil == null
        ? null
        : { by: acceptedBy ?? 'unknown', reason: acceptedReason ?? '', at: acceptedAt ?? 0, until: acceptedUntil },
    exception: exceptionUntil == null ? null : { reason: exceptionReason ?? '', until: exceptionUntil },
    lookedBack: properties.lookedBack ?? 0,
    quiet: quietSince == null || quietUntil == null ? null : { since: quietSince, until: quietUntil },
    parameters: properties.parameters ?? [],
    flappingSince: properties.flappingSince ?? null,
    history: properties.history.map(parseEntry),
  };
}
