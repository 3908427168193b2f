import { expect, test } from 'vitest';
import { explainMaven } from '../../../cli/local-graph/install-server.ts';

// The first lines of what Maven 3.8.7 printed behind a closed proxy, on a full tmpfs, and without a pom.xml.
const UNREACHABLE =
  '\u001b[0m[ERROR] Plugin org.apache.maven.plugins:maven-dependency-plugin:3.8.1 or one of its dependencies could not be resolved: Failed to read artifact descriptor for org.apache.maven.plugins:maven-dependency-plugin:jar:3.8.1: Could not transfer artifact org.apache.maven.plugins:maven-dependency-plugin:pom:3.8.1 from/to central (https://repo.maven.apache.org/maven2): transfer failed: Connect to 127.0.0.1:1 [/127.0.0.1] failed: Connection refused -> [Help 1]';
const FULL =
  "\u001b[0m[ERROR] Failed to execute goal org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies (default-cli) on project neo4j: Failed to copy artifact 'com.github.ben-manes.caffeine:caffeine:jar:3.1.8:compile': No space left on device -> [Help 1]";
const OTHER =
  '\u001b[0m\u001b[0m[ERROR] The goal you specified requires a project to execute but there is no POM in this directory. Please verify you invoked Maven from the correct directory. -> [Help 1]\n[ERROR] ';

test('Maven without a network', () => {
  expect(explainMaven(UNREACHABLE)).toMatch(/^Maven could not download Neo4j 5\.26\.28: it could not reach/);
});

test('Maven on a full disk', () => {
  expect(explainMaven(FULL)).toMatch(/the disk is full/);
});

test('anything else is what Maven itself says first, without its colours', () => {
  expect(explainMaven(OTHER)).toBe(
    'Maven could not download Neo4j 5.26.28: The goal you specified requires a project to execute but there is no POM ' +
      'in this directory. Please verify you invoked Maven from the correct directory.',
  );
});
