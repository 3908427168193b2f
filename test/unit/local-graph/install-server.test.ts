import { expect, test } from 'vitest';
import { explainMaven } from '../../../cli/local-graph/install-server.ts';

// What Maven 3.8.7 printed.
const UNREACHABLE =
  '[\u001b[1;31mERROR\u001b[m] Failed to execute goal on project neo4j: Could not resolve dependencies: Could not transfer artifact org.neo4j:neo4j:pom:5.26.28 from/to central (https://repo.maven.apache.org/maven2): Connect to 127.0.0.1:1 failed: Connection refused';
const FULL = '[ERROR] Failed to execute goal: Error copying artifact: No space left on device -> [Help 1]';
const OTHER = 'Picked up something\n[\u001b[1;31mERROR\u001b[m] No compiler is provided in this environment';

test('Maven without a network', () => {
  expect(explainMaven(UNREACHABLE)).toMatch(/^Maven could not download Neo4j 5\.26\.28: it could not reach/);
});

test('Maven on a full disk', () => {
  expect(explainMaven(FULL)).toMatch(/the disk is full/);
});

test('anything else is what Maven itself says first, without its colours', () => {
  expect(explainMaven(OTHER)).toBe(
    'Maven could not download Neo4j 5.26.28: No compiler is provided in this environment',
  );
});
