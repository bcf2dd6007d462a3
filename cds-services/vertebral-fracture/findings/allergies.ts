/** Allergies that matter for cement, recognised by their words: no code for them is verified. */
import type { AllergyIntolerance } from 'fhir/r4.js';
import { lexicon } from '../knowledge.js';
import { textsOf } from './code-systems.js';
import type { PatientRecord } from './patient-record.js';
import { statement, type Statement } from './statement.js';
import { containsAny, fold } from './words.js';

/** Allergy to bone cement or contrast; a recorded "no known allergy" denies it. */
export function allergyStatements(record: PatientRecord): readonly Statement[] {
  return record.allergies.filter(isActiveAllergy).flatMap((allergy): readonly Statement[] => {
    const texts = [
      ...textsOf(allergy.code),
      ...(allergy.reaction ?? []).flatMap((reaction) => textsOf(reaction.substance)),
    ];
    const folded = texts.map(fold);
    const says = (phrases: readonly string[]) => folded.some((text) => containsAny(text, phrases));
    const evidence = {
      resource: `AllergyIntolerance/${allergy.id ?? '(no id)'}`,
      path: 'code',
      ...(allergy.recordedDate !== undefined && { date: allergy.recordedDate }),
      ...(texts[0] !== undefined && { quote: texts[0] }),
    };
    if (says(lexicon.cementOrContrastAllergy))
      return [statement('cementAllergy', true, evidence, { standing: true })];
    if (says(lexicon.noKnownAllergy)) return [statement('cementAllergy', false, evidence)];
    return [];
  });
}

function isActiveAllergy(allergy: AllergyIntolerance): boolean {
  const status = (allergy.clinicalStatus?.coding ?? []).map((coding) => coding.code);
  return !status.includes('inactive') && !status.includes('resolved');
}
