/** The three hook entries of the vertebral fracture service. */
import type { CdsService, Hook, HookAnswer, HookCall, KeyData } from '../../src/cds-hooks/service.js';
import { cardsFor } from './cards/cards.js';
import { everyReason } from './cards/override-reasons.js';
import { optionsOf } from './cards/card-types.js';
import { dataGaps } from './cards/data-gaps.js';
import { textsIn } from './cards/texts/texts.js';
import { assess } from './decision/assess.js';
import { decisionTable } from './decision/decide.js';
import { gatherFindings } from './findings/gather.js';
import { patientRecord, whatCounts } from './findings/patient-record.js';
import { decisionRecordOf } from './versions/decision-record.js';
import { draftOrders } from './orders/draft-orders.js';
import { seenActs } from './orders/seen-acts.js';
import { standingOrders } from './orders/standing-orders.js';
import { type PrefetchKey, prefetchTemplates } from './prefetch.js';
import { createRunAhead, type RunAhead } from './run-ahead.js';
import { isInformed } from './user-roles.js';
import type { Site } from './site.js';

export const DESCRIPTION =
  'Weighs the diagnoses, imaging findings and safety facts of a patient with a vertebral fracture and advises ' +
  'kyphoplasty, vertebroplasty or surgical referral, or says what is missing or why neither fits.';

export const USAGE =
  'For clinicians who treat adults with a thoracic or lumbar vertebral fracture. Supports clinical judgement and does not ' +
  'replace it. Reads coded findings and the text of imaging reports; does not look at images.';

export const TITLES: Readonly<Record<Hook, string>> = {
  'patient-view': 'Vertebral fracture advice when the chart is opened',
  'order-select': 'Vertebral fracture advice while orders are selected',
  'order-sign': 'Vertebral fracture check before orders are signed',
};

const RULES = Object.fromEntries(decisionTable.map(({ id, condition }) => [id, condition]));

/** One service for each hook, configured for a site. */
export function vertebralFractureServices(site: Site): readonly CdsService[] {
  const prefetch = prefetchTemplates(site);
  const runAhead = createRunAhead();
  return (Object.keys(TITLES) as Hook[]).map((hook) => ({
    id: `vertebral-fracture-${hook}`,
    hook,
    title: TITLES[hook],
    description: DESCRIPTION,
    usageRequirements: USAGE,
    prefetch,
    options: optionsOf(hook),
    rules: RULES,
    overrideReasons: everyReason(site.language),
    evaluate: (call) => evaluate(call, site, runAhead),
  }));
}

/** Data of the call to findings, assessment and cards: one pass forward. */
function evaluate(call: HookCall, site: Site, runAhead: RunAhead): HookAnswer {
  const { context } = call;
  const resources = [...call.data.values()].flatMap((data) =>
    data.state === 'present' ? data.resources : [],
  );
  const record = patientRecord({
    entries: resources.map((resource) => ({ resource })),
    patientId: context.patientId,
    asOf: call.asOf.getTime(),
    fhirServer: call.fhirServer,
    valueSets: site.valueSets,
    localCodes: site.localCodes,
  });
  const data = {
    patientId: context.patientId,
    fhirServer: call.fhirServer,
    record: whatCounts(record),
    asOf: call.asOf,
  };
  const assessment = runAhead.assessment(context.hook, data, () =>
    assess(gatherFindings(record, site.policy), site.policy),
  );
  const texts = textsIn(site.language);
  const orders = draftOrders(context, record.keyOf, site);
  const standing = standingOrders(record, site);
  const answer = cardsFor(assessment, {
    hook: context.hook,
    profile: call.profile,
    options: call.options,
    patientId: context.patientId,
    encounterId: context.encounterId,
    orders,
    standing,
    isInformed: isInformed(call.data.get('userRoles'), site),
    gaps: dataGaps(call.data, texts),
    isRecordComplete: FRACTURE_SOURCES.every((key) => isWhole(call.data.get(key))),
    site,
    texts,
    pages: call.pages ?? {},
    newId: call.newId,
  });
  return {
    ...answer,
    acts: seenActs(orders, standing, record, context.hook, site),
    decision: () => decisionRecordOf(assessment, site.policyChanges),
  };
}

/** Where a fracture may be recorded. */
const FRACTURE_SOURCES: readonly PrefetchKey[] = [
  'conditions',
  'reports',
  'imagingStudies',
  'imagingFindings',
];

function isWhole(data: KeyData | undefined): boolean {
  return data?.state === 'none' || (data?.state === 'present' && data.complete);
}
