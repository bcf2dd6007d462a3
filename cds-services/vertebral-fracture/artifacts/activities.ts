/** What the outcomes propose, as ActivityDefinitions: the two procedures, the referral and the imaging. */
import type { ActivityDefinition, CodeableConcept } from 'fhir/r4.js';
import { CPT_NUMBER } from '../cards/service-requests.js';
import { LOINC } from '../findings/code-systems.js';
import type { Technique } from '../site.js';
import { capabilities, cpgProfiles, metadataOf, type Naming, pinned } from './metadata.js';

export type ActivityId = Technique | 'spine-surgery-referral' | 'spine-imaging';

interface Activity extends Naming {
  readonly id: ActivityId;
  readonly code: CodeableConcept;
  readonly usage: string;
}

const REGION_NOTE =
  'The level stands in bodySite (SNOMED CT). No code for both regions exists, so the code is text; CPT number, which a site may replace by its own code:';

const ACTIVITIES: readonly Activity[] = [
  {
    id: 'kyphoplasty',
    name: 'KyphoplastyProposal',
    title: 'Balloon kyphoplasty',
    description: 'Proposes balloon kyphoplasty of the fractured vertebra. A draft: a clinician orders it.',
    code: { text: 'Balloon kyphoplasty' },
    usage: usageOf('kyphoplasty'),
  },
  {
    id: 'vertebroplasty',
    name: 'VertebroplastyProposal',
    title: 'Vertebroplasty',
    description: 'Proposes vertebroplasty of the fractured vertebra. A draft: a clinician orders it.',
    code: { text: 'Vertebroplasty' },
    usage: usageOf('vertebroplasty'),
  },
  {
    id: 'spine-surgery-referral',
    name: 'SpineSurgeryReferralProposal',
    title: 'Referral to spine surgery',
    description: 'Proposes a referral to spine surgery, urgent where the row that decides is critical.',
    code: { text: 'Referral to spine surgery' },
    usage: 'The code is text: a site gives its own in orderCodes of its configuration.',
  },
  {
    id: 'spine-imaging',
    name: 'SpineImagingProposal',
    title: 'MRI of the spine',
    description:
      'Proposes MRI of the spine with STIR, where imaging or marrow oedema is what keeps the decision open.',
    code: { coding: [{ system: LOINC, code: '36531-2' }], text: 'MRI of the spine without contrast' },
    usage: 'Where the region is known, cards carry LOINC 36532-0 (thoracic) or 30679-5 (lumbar) instead.',
  },
];

function usageOf(technique: Technique): string {
  const { thoracic, lumbar } = CPT_NUMBER[technique];
  return `${REGION_NOTE} ${thoracic} thoracic, ${lumbar} lumbar.`;
}

export const activityDefinitions: readonly ActivityDefinition[] = ACTIVITIES.map(
  ({ code, usage, ...naming }) => ({
    resourceType: 'ActivityDefinition',
    meta: {
      profile: cpgProfiles(
        'cpg-shareableactivitydefinition',
        'cpg-computableactivity',
        'cpg-publishableactivity',
        'cpg-servicerequestactivity',
      ),
    },
    extension: capabilities('shareable', 'computable', 'publishable'),
    ...metadataOf('ActivityDefinition', naming),
    usage,
    kind: 'ServiceRequest',
    profile: 'http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-servicerequest',
    intent: 'proposal',
    doNotPerform: false,
    code,
  }),
);

/** `url|version` of an activity. */
export function activity(id: ActivityId): string {
  return pinned('ActivityDefinition', id);
}
