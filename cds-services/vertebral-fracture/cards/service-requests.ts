/** The draft orders that suggestions create: ServiceRequests with subject, body site, reason and code. */
import type { CodeableConcept, ServiceRequest } from 'fhir/r4.js';
import type { Action } from '../../../src/cds-hooks/card.js';
import { codeOfLevel } from '../findings/body-site.js';
import { CPT, LOINC, SNOMED_CT } from '../findings/code-systems.js';
import type { Level } from '../findings/level.js';
import type { Side } from '../orders/order-place.js';
import type { OrderKind, Site, Technique } from '../site.js';
import type { Texts } from './texts/texts.js';

/** Whose order it is. */
export interface OrderContext {
  readonly patientId: string;
  readonly encounterId: string | undefined;
  readonly newId: () => string;
}

/** The action that places an order. */
export function creation(description: string, resource: ServiceRequest): Action {
  return { type: 'create', description, resource };
}

/** The part every order has: a draft proposal for this patient. */
export function orderBase({ patientId, encounterId, newId }: OrderContext): ServiceRequest {
  return {
    resourceType: 'ServiceRequest',
    id: newId(),
    status: 'draft',
    intent: 'proposal',
    subject: { reference: `Patient/${patientId}` },
    ...(encounterId !== undefined && { encounter: { reference: `Encounter/${encounterId}` } }),
  };
}

/** The vertebrae, in SNOMED CT; the side in words, where the order that is replaced named one. */
export function bodySite(
  levels: readonly Level[],
  side: Side | undefined,
  t: Texts,
): Pick<ServiceRequest, 'bodySite'> {
  const sites = levels.map((level) => ({
    coding: [{ system: SNOMED_CT, code: codeOfLevel(level) }],
    text: side === undefined ? level : `${level}, ${t.sides[side]}`,
  }));
  return sites.length === 0 ? {} : { bodySite: sites };
}

/** The diagnoses behind the order, or the advice in words where none is recorded. */
export function reasons(
  conditions: readonly string[],
  text: string,
): Pick<ServiceRequest, 'reasonReference' | 'reasonCode'> {
  if (conditions.length === 0) return { reasonCode: [{ text }] };
  return { reasonReference: [...new Set(conditions)].map((reference) => ({ reference })) };
}

/** CPT numbers (2 sources) by technique and region; descriptions are the site's, CPT texts are licensed. */
export const CPT_NUMBER: Readonly<Record<Technique, Readonly<Record<'thoracic' | 'lumbar', string>>>> = {
  kyphoplasty: { thoracic: '22513', lumbar: '22514' },
  vertebroplasty: { thoracic: '22510', lumbar: '22511' },
};

/** The site's own codes first, then the CPT number for the level. */
export function procedureCode(
  technique: Technique,
  level: Level | undefined,
  site: Site,
  t: Texts,
): CodeableConcept {
  const own = siteCodings(technique, site);
  const number =
    level === undefined ? undefined : CPT_NUMBER[technique][level.startsWith('T') ? 'thoracic' : 'lumbar'];
  const coding = [...own, ...(number === undefined ? [] : [{ system: CPT, code: number }])];
  const text = `${t.procedureText[technique]}${level === undefined ? '' : ` ${level}`}`;
  return { ...(coding.length > 0 && { coding }), text };
}

/** The site's own code for an order, with its words. */
export function siteCode(kind: OrderKind, text: string, site: Site): CodeableConcept {
  const coding = siteCodings(kind, site);
  return { ...(coding.length > 0 && { coding }), text };
}

function siteCodings(kind: OrderKind, site: Site) {
  return (site.orderCodes[kind] ?? []).map(({ system, code, display }) => ({
    system,
    code,
    ...(display !== undefined && { display }),
  }));
}

/** LOINC of an MR study without contrast, by region. */
export function mriCode(levels: readonly Level[], site: Site, t: Texts): CodeableConcept {
  const isThoracic = levels.length > 0 && levels.every((level) => level.startsWith('T'));
  const isLumbar = levels.length > 0 && levels.every((level) => level.startsWith('L'));
  const loinc = isThoracic ? '36532-0' : isLumbar ? '30679-5' : '36531-2';
  const part = isThoracic ? 'thoracic' : isLumbar ? 'lumbar' : 'spine';
  return {
    coding: [...siteCodings('spineImaging', site), { system: LOINC, code: loinc }],
    text: t.mriText[part],
  };
}
