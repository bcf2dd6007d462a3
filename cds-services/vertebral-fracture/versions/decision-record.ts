/**
 * What is kept of a decision, where a site consents: the values that decided and what came of them. No id, name, date,
 * text or quote; of the age no more than "90 or older".
 */
import { z } from 'zod';
import type { Assessment } from '../decision/assess.js';
import { casesOf } from '../decision/assess.js';
import type { Case } from '../decision/facts.js';
import { catalogue } from '../findings/catalogue.js';
import type { FindingName, FractureFindings, PatientFindings } from '../findings/finding.js';
import { LEVELS } from '../findings/level.js';
import { knowledgeVersion, type Policy, policyOverridesSchema } from '../policy.js';
import { knowledgeHash } from './knowledge-hash.js';

/** From here on ages are not told apart (45 CFR 164.514(b)(2)(i)(C)); no row asks about an age above it. */
const OLDEST_TOLD = 90;

const interval = z.strictObject({
  min: z.number(),
  max: z.number(),
  minExclusive: z.literal(true).exactOptional(),
  maxExclusive: z.literal(true).exactOptional(),
});

/** Values by finding: yes and no, a choice of the catalogue, or a span. */
const values = z
  .record(z.string(), z.union([z.boolean(), z.string(), interval]))
  .superRefine((given, context) => {
    for (const [name, value] of Object.entries(given))
      if (!fits(name, value))
        context.addIssue({ code: 'custom', path: [name], message: 'is no finding with such a value' });
  });

function fits(name: string, value: unknown): boolean {
  const kind = Object.hasOwn(catalogue, name) ? catalogue[name as FindingName].value : undefined;
  switch (kind?.kind) {
    case 'yes-no':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && kind.choices.includes(value);
    case 'quantity':
      return typeof value === 'object';
    default:
      return false;
  }
}

const truth = z.enum(['true', 'false', 'unknown']);

export const decisionRecordSchema = z.strictObject({
  id: z.string().exactOptional(),
  knowledge: z.strictObject({ version: z.string(), hash: z.string() }),
  /** Thresholds that the site had changed. */
  sitePolicy: policyOverridesSchema,
  patient: z.strictObject({
    ageYears: z.number().int().exactOptional(),
    sex: z.enum(['male', 'female', 'other', 'unknown']).exactOptional(),
  }),
  patientFindings: values,
  fractures: z.array(
    z.strictObject({
      levels: z.array(z.enum(LEVELS)),
      outsideScope: z.boolean(),
      imaged: z.boolean().exactOptional(),
      findings: values,
      outcome: z.string(),
      rule: z.string(),
      trace: z.record(z.string(), truth),
    }),
  ),
});
export type DecisionRecord = z.output<typeof decisionRecordSchema>;

/**
 * @param changedPolicy thresholds the site has changed; the others are those of the version
 */
export function decisionRecordOf(
  { record, fractures }: Assessment,
  changedPolicy: DecisionRecord['sitePolicy'],
): DecisionRecord {
  const { ageYears, sex } = record.patient;
  return {
    knowledge: { version: knowledgeVersion, hash: knowledgeHash },
    sitePolicy: changedPolicy,
    patient: {
      ...(ageYears !== undefined && { ageYears: Math.min(ageYears, OLDEST_TOLD) }),
      ...(sex !== undefined && { sex }),
    },
    patientFindings: valuesOf(record.patientFindings),
    fractures: fractures.map(({ fracture, outcome, rule, trace }) => ({
      levels: [...fracture.levels],
      outsideScope: fracture.outsideScope,
      ...(fracture.imaged !== undefined && { imaged: fracture.imaged }),
      findings: valuesOf(fracture.findings),
      outcome,
      rule,
      trace: Object.fromEntries(trace.map((entry) => [entry.rule, entry.result])),
    })),
  };
}

function valuesOf(findings: PatientFindings | FractureFindings): DecisionRecord['patientFindings'] {
  const stated = Object.entries(findings) as [string, { readonly value: boolean | string | object }][];
  return Object.fromEntries(
    stated.map(([name, { value }]) => [name, value]),
  ) as DecisionRecord['patientFindings'];
}

/** What the table is asked about each fracture of a record, under a policy. */
export function casesIn(
  { patient, patientFindings, fractures }: DecisionRecord,
  policy: Policy,
): readonly Case[] {
  return casesOf(
    {
      patient: { id: '', ...patient },
      patientFindings: findingsOf(patientFindings),
      fractures: fractures.map(({ levels, outsideScope, imaged, findings }) => ({
        levels,
        outsideScope,
        ...(imaged !== undefined && { imaged }),
        findings: findingsOf(findings),
        unconfirmed: false,
        conditions: [],
      })),
    },
    policy,
  );
}

/** Values without the evidence for them, which is not kept. */
function findingsOf(kept: DecisionRecord['patientFindings']): PatientFindings & FractureFindings {
  return Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, { value, evidence: [] }]));
}
