/**
 * How long things are kept, in days. The defaults are policy of this product; a site follows its own law.
 */
import { z } from 'zod';
import { wholeNumber } from './settings.js';

const days = (by: number) => wholeNumber('days', 1, 36_500).default(by);

/** HIPAA's documentation is to be kept for six years (45 CFR 164.316(b)(2)); audit trails usually follow it. */
const sixYears = 2190;

export const retentionSchema = z.strictObject({
  cards: days(730).describe('Cards shown, with their suggestions.'),
  feedback: days(730).describe('Feedback on cards.'),
  audit: days(sixYears).describe('The audit trail.'),
  decisions: days(365).describe('Decision records, where decisionRecords says that they may be kept.'),
});

export type Retention = z.output<typeof retentionSchema>;

export const defaultRetention: Retention = retentionSchema.parse({});
