import type { CheckEvidence, ControlEvidence } from '../../shared/checks/evidence/compose-evidence.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import { htmlText } from '../output/html-text.ts';
import { DISCLAIMER, populationOf, RESULT_WORDS, tellings } from './report-words.ts';
import type { ClusterReport, EvidenceReport } from './run-report.ts';

/** One page that needs nothing else: no script, no font, no picture from anywhere. It prints well. */
export const renderHtml = ({ made, clusters }: EvidenceReport): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Evidence report of the service mesh</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Evidence report of the service mesh</h1>
<p>Made by meshgraph at ${formatInstant(made)}. ${htmlText(DISCLAIMER)}</p>
${clusters.map(clusterSection).join('\n')}
</main>
</body>
</html>
`;

function clusterSection({ cluster, since, at, notes, controls, checks }: ClusterReport, nth: number): string {
  const frameworks = [...Map.groupBy(controls, ({ framework }) => framework)];
  const anchorOf = (check: string): string => `c${nth}-${check}`;
  return `<section>
<h2>${htmlText(cluster)}</h2>
<p>Period: ${formatInstant(since)} to ${formatInstant(at)}.</p>
${listOf(notes)}
${frameworks.map(([framework, own]) => controlTable(framework, own, anchorOf)).join('\n')}
<h3>Checks</h3>
${checks.map((one) => checkArticle(one, anchorOf(one.check.id))).join('\n')}
</section>`;
}

function controlTable(
  framework: string,
  controls: readonly ControlEvidence[],
  anchorOf: (id: string) => string,
): string {
  const rows = controls.map(({ control, title, result, checks }) => {
    const links = checks.map((id) => `<a href="#${htmlText(anchorOf(id))}">${htmlText(id)}</a>`).join(', ');
    const cells = `<td>${htmlText(title)}</td><td class="${result}">${RESULT_WORDS[result]}</td><td>${links}</td>`;
    return `<tr><th scope="row">${htmlText(control)}</th>${cells}</tr>`;
  });
  return `<table>
<caption>${htmlText(framework)}</caption>
<thead><tr><th scope="col">control</th><th scope="col">asks for</th><th scope="col">result</th><th scope="col">checks</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function checkArticle(one: CheckEvidence, anchor: string): string {
  const { check, severity, result } = one;
  const counted = populationOf(one);
  const why = check.rationale === undefined ? '' : `<p>${htmlText(check.rationale)}</p>`;
  return `<article id="${htmlText(anchor)}">
<h4>${htmlText(check.id)}</h4>
<p>${htmlText(check.title)} (${severity}). <span class="${result}">${RESULT_WORDS[result]}</span>${counted && `, ${htmlText(counted)}`}.</p>
${why}
${listOf(tellings(one))}
</article>`;
}

const listOf = (texts: readonly string[]): string =>
  texts.length === 0 ? '' : `<ul>${texts.map((text) => `<li>${htmlText(text)}</li>`).join('')}</ul>`;

/** Results differ by word and border, not by colour alone. */
const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { border: 1px solid; padding: .25rem .5rem; text-align: left; vertical-align: top; }
td, li, p { overflow-wrap: anywhere; }
article { border-top: 1px solid; padding: .5rem 0; }
.open, .unknown { font-weight: bold; }
.open { border-left: .4rem solid #b42318; padding-left: .4rem; }
.unknown { border-left: .4rem dashed #946200; padding-left: .4rem; }
.accepted { border-left: .4rem dotted #946200; padding-left: .4rem; }
.clean { border-left: .4rem solid #157f3b; padding-left: .4rem; }
@media print { article { break-inside: avoid; } }
`;
