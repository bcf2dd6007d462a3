/** The elements of an order that are read, whatever resource of R4 or STU3 carries it. */
import type { CodeableConcept, Reference, Resource } from 'fhir/r4.js';
import { isWellShaped } from '../findings/resource-shape.js';

export interface OrderForm {
  readonly concept: CodeableConcept | undefined;
  readonly sites: readonly CodeableConcept[];
  readonly subject: Reference | undefined;
  readonly status: string | undefined;
  /** ISO date the order was written on. */
  readonly authoredOn: string | undefined;
}

interface AnyOrder extends Resource {
  readonly status?: string;
  readonly doNotPerform?: boolean;
  readonly subject?: Reference;
  readonly authoredOn?: string;
  readonly code?: CodeableConcept;
  readonly codeCodeableConcept?: CodeableConcept;
  readonly serviceRequested?: readonly CodeableConcept[];
  readonly specialty?: CodeableConcept;
  readonly bodySite?: readonly CodeableConcept[];
  readonly medicationCodeableConcept?: CodeableConcept;
  readonly medicationReference?: Reference;
  readonly contained?: readonly (Resource & { readonly code?: CodeableConcept })[];
}

/** Reads an order; undefined for other resources, malformed ones, and orders not to do something. */
export function orderForm(resource: Resource): OrderForm | undefined {
  const conceptOf = CONCEPT_OF[resource.resourceType];
  if (conceptOf === undefined || !isWellShaped(resource)) return undefined;
  const order: AnyOrder = resource;
  if (order.doNotPerform === true) return undefined;
  return {
    concept: conceptOf(order),
    sites: order.bodySite ?? [],
    subject: order.subject,
    status: order.status,
    authoredOn: order.authoredOn,
  };
}

/** ProcedureRequest and ReferralRequest are the STU3 forms of a ServiceRequest. */
const CONCEPT_OF: Readonly<Record<string, (order: AnyOrder) => CodeableConcept | undefined>> = {
  ServiceRequest: ({ code }) => code,
  ProcedureRequest: ({ code }) => code,
  ReferralRequest: ({ serviceRequested, specialty }) => joined([...(serviceRequested ?? []), specialty]),
  DeviceRequest: ({ codeCodeableConcept }) => codeCodeableConcept,
  MedicationRequest: medication,
};

function medication({ medicationCodeableConcept, medicationReference, contained }: AnyOrder) {
  if (medicationCodeableConcept !== undefined) return medicationCodeableConcept;
  const id = medicationReference?.reference?.replace(/^#/, '');
  const inside = (contained ?? []).find((one) => one.id !== undefined && one.id === id)?.code;
  const display = medicationReference?.display;
  return inside ?? (display === undefined ? undefined : { text: display });
}

/** What is asked for, and the specialty it is asked of: "Consultation", "Neurosurgery". */
function joined(parts: readonly (CodeableConcept | undefined)[]): CodeableConcept | undefined {
  const given = parts.filter((part) => part !== undefined);
  const words = given
    .map(({ text, coding }) => text ?? coding?.[0]?.display ?? '')
    .filter((text) => text !== '');
  return {
    coding: given.flatMap(({ coding }) => coding ?? []),
    ...(words.length > 0 && { text: `Referral: ${words.join(', ')}` }),
  };
}
