export const LEGEND_HEIGHT = 56;

const LINES = [
  ['mtls', 'mutual TLS'],
  ['plaintext', 'no mutual TLS'],
  ['partly-denied', 'partly denied'],
  ['denied', 'denied'],
] as const;
const BOXES = [
  ['workload', 'workload'],
  ['workload unmeshed', 'not meshed'],
  ['workload holder', 'holds a data class'],
  ['outside', 'outside, or no workload'],
] as const;

/** What lines and boxes mean, in one row. */
export function legend(x: number, y: number): string {
  let at = x;
  const entry = (sample: string, text: string): string => {
    const placed = `<g transform="translate(${at} ${y + 26})">${sample}<text x="40" y="4">${text}</text></g>`;
    at += 40 + text.length * 6.6 + 22;
    return placed;
  };
  const lines = LINES.map(([state, text]) =>
    entry(`<path class="link ${state}" d="M0 0H32" marker-end="url(#arrow-${state})"/>`, text),
  );
  const boxes = BOXES.map(([classes, text]) =>
    entry(
      `<g class="node ${classes}"><rect y="-8" width="32" height="16" rx="${classes === 'outside' ? 8 : 4}"/></g>`,
      text,
    ),
  );
  return `<g class="legend">${[...lines, ...boxes].join('')}</g>`;
}
