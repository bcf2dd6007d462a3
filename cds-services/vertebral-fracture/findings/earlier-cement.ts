/** Vertebroplasties and kyphoplasties already done, and at which level. */
import type { Procedure } from 'fhir/r4.js';
import { lexicon } from '../knowledge.js';
import { levelsOf } from './body-site.js';
import { codesOf, CPT, textsOf, wordsOf } from './code-systems.js';
import type { Evidence } from './finding.js';
import { isInRegion, type Level } from './level.js';
import type { PatientRecord } from './patient-record.js';
import type { ValueSetId, ValueSets } from './value-sets.js';
import { containsAny, fold } from './words.js';

/** An earlier cement augmentation: at which levels, or that the level is not recorded. */
export interface Augmentation {
  readonly levels: readonly Level[];
  /** Levels it may have been at when none is named. */
  readonly mayBeAt: (level: Level) => boolean;
  readonly evidence: Evidence;
}

/** Completed vertebroplasties and kyphoplasties. */
export function augmentations(record: PatientRecord): readonly Augmentation[] {
  return record.procedures
    .filter((one) => isAugmentation(one, record.valueSets))
    .map((procedure) => {
      const date = procedure.performedDateTime ?? procedure.performedPeriod?.start;
      const quote = wordsOf(procedure.code);
      return {
        levels: levelsOf(procedure.bodySite, procedure.code),
        mayBeAt: regionOfCpt(procedure),
        evidence: {
          resource: `Procedure/${procedure.id ?? '(no id)'}`,
          path: 'code',
          ...(date !== undefined && { date }),
          ...(quote !== undefined && { quote }),
        },
      };
    });
}

function isAugmentation({ code, status }: Procedure, { codeIn }: ValueSets): boolean {
  if (status !== 'completed' && status !== 'unknown') return false;
  const sets: readonly ValueSetId[] = ['kyphoplasty', 'vertebroplasty', 'cement-augmentation-unspecified'];
  if (sets.some((set) => codeIn(set, code) !== undefined)) return true;
  const words = [...lexicon.augmentation.kyphoplasty, ...lexicon.augmentation.vertebroplasty];
  return textsOf(code).some((text) => containsAny(fold(text), words));
}

const CPT_THORACIC: ReadonlySet<string> = new Set(['22510', '22513']);
const CPT_LUMBAR: ReadonlySet<string> = new Set(['22511', '22514']);

/** CPT tells thoracic from lumbar; other codes leave every level possible. */
function regionOfCpt({ code }: Procedure): (level: Level) => boolean {
  const numbers = codesOf(code).flatMap((one) => (one.system === CPT ? one.code : []));
  if (numbers.some((number) => CPT_THORACIC.has(number))) return (level) => isInRegion(level, 'thoracic');
  if (numbers.some((number) => CPT_LUMBAR.has(number))) return (level) => isInRegion(level, 'lumbar');
  return () => true;
}
