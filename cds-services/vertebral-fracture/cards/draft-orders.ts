/** The draft orders a call is about: all of them at signing, the selected ones while selecting. */
import type { CodeableConcept, DeviceRequest, MedicationRequest, Resource, ServiceRequest } from 'fhir/r4.js';
import type { HookContext } from '../../../src/cds-hooks/service.js';
import { levelsOf } from '../findings/body-site.js';
import type { Level } from '../findings/level.js';
import type { PatientRecord } from '../findings/patient-record.js';
import { isWellShaped } from '../findings/resource-shape.js';
import type { Site } from '../site.js';
import { type OrderMeaning, orderMeaning } from './order-meaning.js';

export interface DraftOrder {
  /** `Type/id`, where the order has an id: needed to suggest its removal. */
  readonly reference: string | undefined;
  readonly meaning: OrderMeaning;
  /** Vertebrae the order names. */
  readonly levels: readonly Level[];
}

/** Orders of this call that are for this patient; another patient's are never judged. */
export function judgedOrders(
  context: HookContext,
  keyOf: PatientRecord['keyOf'],
  site: Site,
): readonly DraftOrder[] {
  if (context.hook === 'patient-view') return [];
  const drafts = (context.draftOrders.entry ?? []).flatMap(({ resource }) =>
    resource !== undefined && isOrder(resource) ? [resource] : [],
  );
  const selected = context.hook === 'order-select' ? new Set(context.selections) : undefined;
  return drafts
    .filter((draft) => selected === undefined || selected.has(`${draft.resourceType}/${draft.id ?? ''}`))
    .filter((draft) => isForPatient(draft, context.patientId, keyOf))
    .map((draft) => ({
      reference: draft.id === undefined ? undefined : `${draft.resourceType}/${draft.id}`,
      meaning: orderMeaning(conceptOf(draft), site),
      levels: levelsOf(bodySiteOf(draft), conceptOf(draft)),
    }));
}

type Order = ServiceRequest | MedicationRequest | DeviceRequest;

const ORDER_TYPES: ReadonlySet<string> = new Set(['ServiceRequest', 'MedicationRequest', 'DeviceRequest']);

function isOrder(resource: Resource): resource is Order {
  return ORDER_TYPES.has(resource.resourceType) && isWellShaped(resource);
}

/** A draft without a subject is taken for the patient of the context, whose drafts these are. */
function isForPatient(draft: Order, patientId: string, keyOf: PatientRecord['keyOf']): boolean {
  const { reference } = (draft as Partial<Pick<Order, 'subject'>>).subject ?? {};
  return reference === undefined || keyOf({ reference }) === `Patient/${patientId}`;
}

function conceptOf(draft: Order): CodeableConcept | undefined {
  switch (draft.resourceType) {
    case 'ServiceRequest':
      return draft.code;
    case 'MedicationRequest':
      return draft.medicationCodeableConcept;
    case 'DeviceRequest':
      return draft.codeCodeableConcept;
  }
}

function bodySiteOf(draft: Order): readonly CodeableConcept[] | undefined {
  return draft.resourceType === 'ServiceRequest' ? draft.bodySite : undefined;
}
