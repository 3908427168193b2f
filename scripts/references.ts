import { CHECKS } from '../shared/checks/registry.ts';
import { ALERT_SCHEMAS } from '../shared/domain/alerts/schemas.ts';
import { openApi } from '../shared/domain/api/openapi.ts';
import { configurationJsonSchema } from '../shared/domain/configuration.ts';
import { GATE_RULES } from '../shared/gate/rules/registry.ts';
import { QUESTIONS } from '../shared/questions/registry.ts';
import { renderAccuracy } from './accuracy/page.ts';
import { renderApiReference } from './api-reference.ts';
import { renderChecksReference } from './checks-reference.ts';
import { renderGateRulesReference } from './gate-rules-reference.ts';
import { renderGraphReference } from './graph-reference.ts';
import { renderQuestionsReference } from './questions-reference.ts';
import { renderReaderManifest } from './reader-manifest.ts';

/** Every file of docs/ that is made from the sources: `npm run docs` writes them, a test holds them current. */
export const REFERENCES: readonly { readonly path: string; readonly render: () => string | Promise<string> }[] = [
  { path: 'docs/meshgraph.schema.json', render: () => `${JSON.stringify(configurationJsonSchema(CHECKS), null, 2)}\n` },
  ...Object.entries(ALERT_SCHEMAS).map(([name, schema]) => ({
    path: `docs/schemas/${name}`,
    render: () => `${JSON.stringify(schema(), null, 2)}\n`,
  })),
  { path: 'docs/kubernetes/meshgraph-reader.yaml', render: renderReaderManifest },
  { path: 'docs/openapi.json', render: () => `${JSON.stringify(openApi(), null, 2)}\n` },
  { path: 'docs/api.md', render: renderApiReference },
  { path: 'docs/graph.md', render: renderGraphReference },
  { path: 'docs/checks.md', render: () => renderChecksReference(CHECKS) },
  { path: 'docs/questions.md', render: () => renderQuestionsReference(QUESTIONS) },
  { path: 'docs/gate-rules.md', render: () => renderGateRulesReference(GATE_RULES) },
  { path: 'docs/accuracy.md', render: renderAccuracy },
];
