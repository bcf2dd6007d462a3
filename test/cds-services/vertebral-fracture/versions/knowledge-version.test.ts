/** Versions of the knowledge: each one kept, none changed under its name. */
import { describe, expect, test } from '@jest/globals';
import { disclosure } from '../../../../cds-services/vertebral-fracture/disclosed/disclosure.js';
import { decisionTable } from '../../../../cds-services/vertebral-fracture/decision/decide.js';
import { knowledgeVersion, policyOf } from '../../../../cds-services/vertebral-fracture/policy.js';
import { knowledgeHash } from '../../../../cds-services/vertebral-fracture/versions/knowledge-hash.js';
import {
  draftVersion,
  keptVersions,
  versionNamed,
  versionToKeep,
} from '../../../../cds-services/vertebral-fracture/versions/knowledge-version.js';

test('knowledge that changed has another version: else raise it in policy.json and run `npm run knowledge:keep`', () => {
  const kept = keptVersions.find(({ version }) => version === knowledgeVersion);
  expect(kept).toEqual(JSON.parse(JSON.stringify(versionToKeep(knowledgeHash))));
});

test('every version can be decided by, and is told of in the disclosure', () => {
  for (const { version, hash } of keptVersions) {
    expect(versionNamed(version)).toMatchObject({ name: version, hash });
    expect(disclosure.versions.map((told) => told.version)).toContain(version);
  }
});

test('the version in force is the table and the thresholds that run', () => {
  expect(versionNamed(knowledgeVersion)).toEqual({
    name: knowledgeVersion,
    hash: knowledgeHash,
    policy: policyOf(),
    table: decisionTable,
  });
});

test('a version that this release does not have is none', () => {
  expect(versionNamed('0.0.9')).toBeUndefined();
  expect(versionNamed('constructor')).toBeUndefined();
});

describe('a draft', () => {
  test('changes thresholds and nothing else', () => {
    const draft = draftVersion({
      name: 'sixty',
      basedOn: '1.0.0',
      policy: { kyphoplastyBelowHeightLoss: 60 },
    });
    expect(draft).toEqual({
      ok: true,
      version: {
        name: 'sixty',
        policy: { ...policyOf(), kyphoplastyBelowHeightLoss: 60 },
        table: decisionTable,
      },
    });
  });

  test.each([
    ['a threshold that does not exist', { name: 'x', basedOn: '1.0.0', policy: { heigth: 60 } }, 'heigth'],
    [
      'a value of the wrong kind',
      { name: 'x', basedOn: '1.0.0', policy: { kyphosisFrom: '10' } },
      'kyphosisFrom',
    ],
    [
      'a base that does not exist',
      { name: 'x', basedOn: '7', policy: {} },
      'this release has no knowledge "7"',
    ],
    ['no object', [], 'is no draft of a version'],
  ])('%s is refused with its place', (_name, value, words) => {
    const draft = draftVersion(value);
    expect(draft.ok ? '' : draft.problem).toContain(words);
  });
});
