/** The unsigned orders of the small EHR, and what a suggestion makes of them. */
import type { Suggestion } from '../../cds-hooks/card.js';

export interface DraftOrder extends Record<string, unknown> {
  readonly resourceType: string;
  readonly id: string;
}

/** What can be ordered from the list; words only, as orders often are before their codes. */
export interface Orderable {
  readonly name: string;
  readonly resourceType: 'ServiceRequest' | 'MedicationRequest';
}

export const orderables: readonly Orderable[] = [
  { name: 'Kyphoplasty', resourceType: 'ServiceRequest' },
  { name: 'Vertebroplasty', resourceType: 'ServiceRequest' },
  { name: 'Referral to spine surgery', resourceType: 'ServiceRequest' },
  { name: 'MRI of the lumbar spine', resourceType: 'ServiceRequest' },
  { name: 'Lumbar brace', resourceType: 'ServiceRequest' },
  { name: 'Bone density scan', resourceType: 'ServiceRequest' },
  { name: 'Physiotherapy', resourceType: 'ServiceRequest' },
  { name: 'Oxycodone', resourceType: 'MedicationRequest' },
];

/** @param text what the order says: its name, with a level where one was given */
export function draftOf(
  text: string,
  { resourceType }: Orderable,
  patientId: string,
  id: string,
): DraftOrder {
  const concept = { text };
  return {
    resourceType,
    id,
    status: 'draft',
    intent: 'order',
    subject: { reference: `Patient/${patientId}` },
    ...(resourceType === 'MedicationRequest' ? { medicationCodeableConcept: concept } : { code: concept }),
  };
}

/** What the order is, in words. */
export function wordsOf(order: DraftOrder): string {
  const concept = (order.code ?? order.medicationCodeableConcept) as
    | {
        readonly text?: string;
        readonly coding?: readonly { readonly display?: string; readonly code?: string }[];
      }
    | undefined;
  const { display, code } = concept?.coding?.[0] ?? {};
  return concept?.text ?? display ?? code ?? order.resourceType;
}

/** All actions of a suggestion, deletions first, as a FHIR transaction carries them out. */
export function accepted(
  drafts: readonly DraftOrder[],
  { actions }: Pick<Suggestion, 'actions'>,
  newId: () => string,
): readonly DraftOrder[] {
  const deleted = new Set<string>();
  const updated = new Map<string, DraftOrder>();
  const created: DraftOrder[] = [];
  for (const action of actions ?? []) {
    switch (action.type) {
      case 'delete':
        deleted.add(action.resourceId);
        break;
      case 'update': {
        const resource = action.resource as unknown as DraftOrder;
        updated.set(referenceTo(resource), resource);
        break;
      }
      case 'create': {
        const resource = action.resource as unknown as DraftOrder;
        created.push({ ...resource, id: newId() });
        break;
      }
      default:
        action satisfies never;
    }
  }
  return [
    ...drafts
      .filter((draft) => !deleted.has(referenceTo(draft)) && !deleted.has(draft.id))
      .map((draft) => updated.get(referenceTo(draft)) ?? draft),
    ...created,
  ];
}

function referenceTo({ resourceType, id }: DraftOrder): string {
  return `${resourceType}/${id}`;
}
