/** The knowledge in the field's own formats: every definition this service publishes, built once. */
import type {
  ActivityDefinition,
  CodeSystem,
  Library,
  PlanDefinition,
  StructureDefinition,
  ValueSet,
} from 'fhir/r4.js';
import { activityDefinitions } from './activities.js';
import { findingCodeSystem } from './finding-codes.js';
import { fractureMeanings } from './fracture-meanings.js';
import { type LogicContent, logicContents } from './logic-content.js';
import { logicLibraries } from './logic-library.js';
import { outcomeCodes } from './outcome-codes.js';
import { overrideReasonCodes } from './override-reason-codes.js';
import { planDefinition } from './plan-definition.js';
import { policyLibrary } from './policy-library.js';
import { recognitionValueSets } from './recognition-value-sets.js';
import { verificationCodes, verificationExtension, verificationValueSet } from './verification.js';

export type Artifact =
  ActivityDefinition | CodeSystem | Library | PlanDefinition | StructureDefinition | ValueSet;

/** What is needed first stands first. @param logic CQL and ELM; what the build has, unless given */
export function knowledgeArtifacts(logic: readonly LogicContent[] = logicContents()): readonly Artifact[] {
  return [
    verificationExtension,
    verificationCodes,
    ...outcomeCodes,
    ...findingCodeSystem,
    ...overrideReasonCodes,
    fractureMeanings,
    verificationValueSet,
    ...recognitionValueSets(),
    policyLibrary,
    ...logicLibraries(logic),
    ...activityDefinitions,
    planDefinition,
  ];
}
