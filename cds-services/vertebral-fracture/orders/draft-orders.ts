/** The draft orders a call is about: all of them at signing, the selected ones while selecting. */
import type { Resource } from 'fhir/r4.js';
import type { HookContext } from '../../../src/cds-hooks/service.js';
import type { PatientRecord } from '../findings/patient-record.js';
import type { Site } from '../site.js';
import { orderForm, type OrderForm } from './order-form.js';
import { type OrderMeaning, orderMeaning } from './order-meaning.js';
import { type OrderPlace, placeOf } from './order-place.js';

export interface DraftOrder extends OrderPlace {
  /** `Type/id`, where the order has an id: needed to suggest its removal. */
  readonly reference: string | undefined;
  readonly meaning: OrderMeaning;
}

export interface DraftOrders {
  /** The orders the call asks about. */
  readonly judged: readonly DraftOrder[];
  /** Every order that is drafted for this patient, the judged ones among them. */
  readonly all: readonly DraftOrder[];
}

/** Orders of this call that are for this patient; another patient's are never judged. */
export function draftOrders(context: HookContext, keyOf: PatientRecord['keyOf'], site: Site): DraftOrders {
  if (context.hook === 'patient-view') return { judged: [], all: [] };
  const all = (context.draftOrders.entry ?? []).flatMap(({ resource }) => {
    const form = resource === undefined ? undefined : orderForm(resource);
    if (resource === undefined || form === undefined || isTakenBack(form)) return [];
    return isForPatient(form, context.patientId, keyOf) ? [draftOrder(resource, form, site)] : [];
  });
  if (context.hook === 'order-sign') return { judged: all, all };
  const selected = new Set(context.selections);
  return { all, judged: all.filter(({ reference }) => reference !== undefined && selected.has(reference)) };
}

function draftOrder(resource: Resource, form: OrderForm, site: Site): DraftOrder {
  const { id, resourceType } = resource;
  return {
    reference: id === undefined ? undefined : `${resourceType}/${id}`,
    meaning: orderMeaning(form.concept, site),
    ...placeOf(form),
  };
}

const TAKEN_BACK: ReadonlySet<string> = new Set(['entered-in-error', 'revoked', 'cancelled', 'stopped']);

function isTakenBack({ status }: OrderForm): boolean {
  return status !== undefined && TAKEN_BACK.has(status);
}

/** A draft without a subject is taken for the patient of the context, whose drafts these are. */
function isForPatient({ subject }: OrderForm, patientId: string, keyOf: PatientRecord['keyOf']): boolean {
  return subject?.reference === undefined || keyOf(subject) === `Patient/${patientId}`;
}
