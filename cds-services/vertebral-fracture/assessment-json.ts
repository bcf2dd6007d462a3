/** The Assessment as the JSON of the contract: plain values, absent members left out. */
import type { Assessment, FractureAssessment } from './decision/assess.js';
import { knowledgeVersion } from './policy.js';

/** Serialisable form of an assessment, as `vertebral-cds assess --json` prints it. */
export function assessmentJson(assessment: Assessment): object {
  const { record, fractures } = assessment;
  return {
    knowledgeVersion,
    asOf: record.asOf,
    patient: record.patient,
    patientFindings: record.patientFindings,
    fractures: fractures.map(fractureJson),
    notUsed: record.notUsed,
    stale: record.stale,
    undated: record.undated,
    unreadReports: record.unreadReports,
  };
}

function fractureJson(assessed: FractureAssessment): object {
  const { fracture, outcome, rule, indicator, missing, warnings, notes, alternatives, trace, advice } =
    assessed;
  return {
    levels: fracture.levels,
    conditions: fracture.conditions,
    findings: fracture.findings,
    outcome,
    rule,
    indicator,
    advice,
    missing,
    ...(outcome === 'insufficient-data' && { ifConfirmed: assessed.ifConfirmed }),
    warnings,
    notes,
    alternatives,
    trace,
    conclusions: assessed.conclusions,
    scores: assessed.scores,
  };
}
