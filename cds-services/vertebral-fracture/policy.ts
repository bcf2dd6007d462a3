/** Thresholds of the decision: defaults from policy.json, changed by a site where it says so. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const kind = z.enum(['article', 'guideline', 'policy']);
const number = entry(z.number());
const strings = entry(z.array(z.string()).readonly());

function entry<Value extends z.ZodType>(value: Value) {
  return z.object({ value, unit: z.string(), kind, source: z.string(), note: z.string().optional() });
}

const thresholds = {
  kyphoplastyBelowHeightLoss: number,
  vertebroplastyAboveHeightLoss: number,
  smallHeightLossUpTo: number,
  fractureFromHeightLoss: number,
  severePainInpatient: number,
  severePainOutpatient: number,
  earlySpineOpinionPain: number,
  asymptomaticPainUpTo: number,
  malignantPainAbove: number,
  malignantHeightLossBelow: number,
  failedTherapyDays: number,
  acuteBelowDays: number,
  subacuteUpToDays: number,
  severeDeformityKyphosis: number,
  kyphosisFrom: number,
  stableKyphosisBelow: number,
  collapseRiskTScoreBelow: number,
  collapseRiskLevels: strings,
  inrDeferAbove: number,
  inrManageFrom: number,
  plateletsDeferBelow: number,
  levelsPerProcedure: number,
  sinsUnstableFrom: number,
  sinsSpecialistFrom: number,
  tlicsUnstableFrom: number,
  tlicsStableUpTo: number,
  highGradeEpiduralCompression: strings,
  pregnancyAskedFromYears: number,
  pregnancyAskedUpToYears: number,
  adultFromYears: number,
  painScoreCurrentDays: number,
  laboratoryCurrentDays: number,
  tScoreCurrentDays: number,
  oedemaCurrentDays: number,
  neurologicalStatusCurrentDays: number,
  pregnancyCurrentDays: number,
  imagingCurrentDays: number,
  standingOrderCurrentDays: number,
  boneDensityWithinDays: number,
};
type Thresholds = typeof thresholds;
export type PolicyName = keyof Thresholds;

/** The value of every threshold; units and sources are in policy.json. */
export type Policy = { readonly [K in PolicyName]: z.infer<Thresholds[K]>['value'] };

const policyFile = z.object({
  knowledgeVersion: z.string(),
  date: z.string(),
  values: z.strictObject(thresholds),
});

/** policy.json, checked. */
export const publishedPolicy = policyFile.parse(
  JSON.parse(readFileSync(new URL('./knowledge/policy.json', import.meta.url), 'utf8')),
);

export const knowledgeVersion = publishedPolicy.knowledgeVersion;

/** What a site may change: any threshold, by its name in policy.json. */
export const policyOverridesSchema = z
  .strictObject(mapValues(thresholds, (threshold) => threshold.shape.value.optional()))
  .partial();
export type PolicyOverrides = z.infer<typeof policyOverridesSchema>;

/** The thresholds in force at a site. */
export function policyOf(overrides: PolicyOverrides = {}): Policy {
  const defaults = mapValues(publishedPolicy.values, (threshold) => threshold.value);
  const changed = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return { ...defaults, ...changed } as Policy;
}

function mapValues<Source extends object, Result>(
  source: Source,
  change: (value: Source[keyof Source]) => Result,
): { [K in keyof Source]: Result } {
  const entries = (Object.entries(source) as [keyof Source, Source[keyof Source]][]).map(
    ([key, value]) => [key, change(value)] as const,
  );
  return Object.fromEntries(entries) as { [K in keyof Source]: Result };
}
