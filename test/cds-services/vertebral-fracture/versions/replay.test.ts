/** Kept decisions: made again to the same, compared between versions, and silent about who they were about. */
import { describe, expect, test } from '@jest/globals';
import { assess } from '../../../../cds-services/vertebral-fracture/decision/assess.js';
import { catalogue } from '../../../../cds-services/vertebral-fracture/findings/catalogue.js';
import { knowledgeVersion, policyOf } from '../../../../cds-services/vertebral-fracture/policy.js';
import {
  type DecisionRecord,
  decisionRecordOf,
  decisionRecordSchema,
} from '../../../../cds-services/vertebral-fracture/versions/decision-record.js';
import { compareRecord, isTurned } from '../../../../cds-services/vertebral-fracture/versions/difference.js';
import {
  draftVersion,
  type KnowledgeVersion,
  versionNamed,
} from '../../../../cds-services/vertebral-fracture/versions/knowledge-version.js';
import { replay } from '../../../../cds-services/vertebral-fracture/versions/replay.js';
import { at } from '../../../support/fracture-case.js';
import { type DecidedRecord, generatedRecords, recordWith } from '../../../support/generated-records.js';
import { bundleOf, findingsIn, fixtureNames } from '../../../support/synthetic-patients.js';

const shipped = needed(versionNamed(knowledgeVersion));

function needed(version: KnowledgeVersion | undefined): KnowledgeVersion {
  if (version === undefined) throw new Error('no such version');
  return version;
}

function draft(policy: object): KnowledgeVersion {
  const read = draftVersion({ name: 'draft', basedOn: knowledgeVersion, policy });
  if (!read.ok) throw new Error(read.problem);
  return read.version;
}

/** As it is kept: through JSON and its schema. */
function kept(record: DecidedRecord, changed: DecisionRecord['sitePolicy'] = {}): DecisionRecord {
  const whole = { ...record, stale: [], undated: [], notUsed: [], unreadReports: [], numberingUncertain: [] };
  const assessment = assess({ ...whole, augmentationWithoutLevel: false }, policyOf(changed));
  return decisionRecordSchema.parse(JSON.parse(JSON.stringify(decisionRecordOf(assessment, changed))));
}

const records = [
  ...fixtureNames.map((name): [string, DecidedRecord] => [name, findingsIn(name)]),
  ...generatedRecords(2000, 7).map((record, index): [string, DecidedRecord] => [
    `generated ${index}`,
    record,
  ]),
];

test('every synthetic and generated patient is decided again as before, row by row, from what is kept alone', () => {
  const parted = records.filter(
    ([, record]) => !replay(kept(record), shipped, shipped).every(({ isReproduced }) => isReproduced),
  );
  expect(parted.map(([name]) => name)).toEqual([]);
});

test('thresholds that the site had changed are kept and hold in the replay', () => {
  const record = kept(recordWith({ fracture: { heightLossPercent: at(65) } }), {
    kyphoplastyBelowHeightLoss: 60,
  });
  expect(record.fractures).toMatchObject([{ rule: 'T4' }]);
  expect(replay(record, shipped, shipped)).toMatchObject([{ isReproduced: true, other: { rule: 'T4' } }]);
});

test('what another version says of each row stands beside what was kept', () => {
  const record = kept(recordWith({ fracture: { heightLossPercent: at(65) } }));
  const [fracture] = replay(record, shipped, draft({ kyphoplastyBelowHeightLoss: 60 }));
  expect(fracture).toMatchObject({
    kept: { outcome: 'kyphoplasty', rule: 'T6' },
    again: { outcome: 'kyphoplasty', rule: 'T6' },
    other: { outcome: 'kyphoplasty-or-vertebroplasty', rule: 'T4' },
    isReproduced: true,
  });
  const turned = fracture?.rows.filter(({ again, other }) => again !== other).map(({ id }) => id);
  expect(turned).toEqual(['T4', 'T5', 'T6', 'T8']);
});

test('a record that was tampered with is not reproduced', () => {
  const record = kept(recordWith({}));
  const [first] = record.fractures;
  if (first === undefined) throw new Error('no fracture');
  const tampered = { ...record, fractures: [{ ...first, outcome: 'vertebroplasty' }] };
  expect(replay(tampered, shipped, shipped)).toMatchObject([{ isReproduced: false }]);
});

describe('a kept decision', () => {
  test('holds no id, date, quote or text of the patient, whatever the record held', () => {
    for (const name of fixtureNames) {
      const text = JSON.stringify(kept(findingsIn(name)));
      expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/);
      expect(text).not.toContain('"evidence"');
      const { entry = [] } = bundleOf(name);
      for (const { resource } of entry) {
        const said = JSON.parse(JSON.stringify(resource ?? {})) as Record<string, unknown>;
        const texts = [(said.text as { div?: string } | undefined)?.div, said.conclusion];
        const id = String(said.id);
        const ids = id in catalogue || id in policyOf() ? [] : [`"${id}"`];
        const secrets = [...ids, ...texts.filter((one) => typeof one === 'string')];
        expect([name, secrets.filter((secret) => text.includes(secret))]).toEqual([name, []]);
      }
    }
  });

  test('tells no age above 90, and no decision hangs on one', () => {
    const old = kept(recordWith({ person: { ageYears: 103 } }));
    expect(old.patient).toEqual({ ageYears: 90, sex: 'female' });
    expect(replay(old, shipped, shipped)).toMatchObject([{ isReproduced: true }]);
  });

  test.each([
    ['a finding that does not exist', { patientFindings: { shoeSize: true } }],
    ['a choice that does not exist', { patientFindings: { neurologicalDeficit: 'maybe' } }],
    ['more than what is kept', { name: 'Jane' }],
  ])('with %s is refused', (_name, more) => {
    expect(decisionRecordSchema.safeParse({ ...kept(recordWith({})), ...more }).success).toBe(false);
  });
});

test('between the shipped threshold of 70 % and one of 60 % exactly the patients between are listed', () => {
  const sixty = draft({ kyphoplastyBelowHeightLoss: 60 });
  const wedge = (heightLoss: number) => kept(recordWith({ fracture: { heightLossPercent: at(heightLoss) } }));
  const losses = Array.from({ length: 101 }, (_, percent) => percent);
  const listed = losses.filter((percent) =>
    compareRecord('p', wedge(percent), shipped, sixty).some(isTurned),
  );
  expect(listed).toEqual([60, 61, 62, 63, 64, 65, 66, 67, 68, 69]);
});

test('of patients of every kind only those are listed whose height loss reaches between the thresholds', () => {
  const sixty = draft({ kyphoplastyBelowHeightLoss: 60 });
  const turned = generatedRecords(2000, 11).flatMap((record, index) => {
    const lossOf = (percent: number): DecidedRecord => ({
      ...record,
      fractures: record.fractures.map((fracture) => ({
        ...fracture,
        findings: { ...fracture.findings, heightLossPercent: { value: at(percent), evidence: [] } },
      })),
    });
    const percent = index % 101;
    return compareRecord(`${percent}`, kept(lossOf(percent)), shipped, sixty).filter(isTurned);
  });
  expect(turned.length).toBeGreaterThan(50);
  const losses = new Set(turned.map(({ subject }) => Number(subject)));
  expect([...losses].sort((a, b) => a - b)).toEqual([60, 61, 62, 63, 64, 65, 66, 67, 68, 69]);
});
