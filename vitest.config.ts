import { defineConfig } from 'vitest/config';

/** .cypher files are text modules, here and in the bundles (scripts/build.mjs). */
const cypherText = {
  name: 'cypher-text',
  transform(code: string, id: string) {
    return id.endsWith('.cypher') ? { code: `export default ${JSON.stringify(code)};`, map: null } : null;
  },
};

export default defineConfig({
  plugins: [cypherText],
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/neo4j-setup.ts'],
          // They share one Neo4j (test/neo4j.ts).
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        // One worker for all: each configuration is synthesised once.
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          globalSetup: ['test/infra/folder-setup.ts'],
          isolate: false,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        // The command as it is installed, and the stack as it is deployed, from the outside.
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 300_000 },
      },
      {
        extends: true,
        test: { name: 'faults', include: ['test/faults/**/*.test.ts'], testTimeout: 240_000, hookTimeout: 300_000 },
      },
    ],
  },
});
