/**
 * An entry of the audit trail in the shape of a FHIR R4 AuditEvent, after the patterns of IHE BALP 1.1.4
 * (https://profiles.ihe.net/ITI/BALP): the client as source, this service as destination, the user as recipient, the
 * patient and the request id as entities. People are named by keyed hashes, never by their ids.
 */
import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding } from 'fhir/r4.js';
import type { Pseudonym } from '../../database/pseudonym.js';
import type { RequestLine } from '../log.js';
import type { Product } from '../product.js';
import type { AuditEntry } from './audit-entry.js';

const dicom = 'http://dicom.nema.org/resources/ontology/DCM';
const ownEvents = 'https://vertebral-cds.org/fhir/CodeSystem/audit-event';
const pseudonyms = 'https://vertebral-cds.org/fhir/sid/pseudonym';

/** R4 "AuditEvent.type": operations over REST, and what an application does by itself. */
const rest: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
  code: 'rest',
  display: 'RESTful Operation',
};
const activity: Coding = { system: dicom, code: '110100', display: 'Application Activity' };
const started: Coding = { system: dicom, code: '110120', display: 'Application Start' };
const stopped: Coding = { system: dicom, code: '110121', display: 'Application Stop' };

export function auditEvent(entry: AuditEntry, product: Product, pseudonym: Pseudonym): AuditEvent {
  const { subtype, type, ...rest } = meaningOf(entry);
  return {
    resourceType: 'AuditEvent',
    type,
    subtype: [subtype],
    action: 'E',
    recorded: entry.at.toISOString(),
    ...rest,
    agent: [...agentsOf(entry, pseudonym), service(product)],
    source: {
      observer: { display: product.name },
      type: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/security-source-type',
          code: '4',
          display: 'Application Server',
        },
      ],
    },
    ...entitiesOf(entry, pseudonym),
  };
}

type Meaning = Pick<AuditEvent, 'type' | 'outcome' | 'outcomeDesc'> & { readonly subtype: Coding };

function meaningOf(entry: AuditEntry): Meaning {
  switch (entry.kind) {
    case 'hook-call':
    case 'feedback': {
      const { status, failure } = entry.line;
      return {
        type: rest,
        subtype: own(entry.kind),
        outcome: outcomeFor(status),
        ...(failure === undefined ? {} : { outcomeDesc: failure }),
      };
    }
    case 'start':
      return { type: activity, subtype: started, outcome: '0' };
    case 'stop':
      return { type: activity, subtype: stopped, outcome: '0' };
    case 'purge':
      return { type: activity, subtype: own('purge'), outcome: '0' };
    case 'lost':
      return { type: activity, subtype: own('lost'), outcome: '8' };
    default:
      return entry satisfies never;
  }
}

function own(code: string): Coding {
  return { system: ownEvents, code };
}

/** 0 success, 4 minor failure (the caller's), 8 serious failure (ours); R4 "AuditEventOutcome". */
function outcomeFor(status: number): '0' | '4' | '8' {
  if (status < 400) return '0';
  return status < 500 ? '4' : '8';
}

function service({ name, version }: Product): AuditEventAgent {
  return {
    type: { coding: [{ system: dicom, code: '110152', display: 'Destination Role ID' }] },
    who: { display: `${name} ${version}` },
    requestor: false,
  };
}

function agentsOf(entry: AuditEntry, pseudonym: Pseudonym): readonly AuditEventAgent[] {
  if (entry.kind !== 'hook-call' && entry.kind !== 'feedback') return [];
  const { client, concerns } = entry;
  const system: AuditEventAgent = {
    type: { coding: [{ system: dicom, code: '110153', display: 'Source Role ID' }] },
    who: { display: client },
    requestor: concerns === undefined,
  };
  if (concerns === undefined) return [system];
  const user: AuditEventAgent = {
    type: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
          code: 'IRCP',
          display: 'information recipient',
        },
      ],
    },
    who: { identifier: { system: pseudonyms, value: pseudonym('user', client, concerns.userId) } },
    requestor: true,
  };
  return [system, user];
}

function entitiesOf(entry: AuditEntry, pseudonym: Pseudonym): Pick<AuditEvent, 'entity'> {
  switch (entry.kind) {
    case 'hook-call':
    case 'feedback': {
      const { line, client, concerns } = entry;
      return {
        entity: [
          ...(concerns === undefined ? [] : [patient(pseudonym('patient', client, concerns.patientId))]),
          transaction(line.requestId),
          answer(line, concerns?.hookInstance),
        ],
      };
    }
    case 'purge':
      return { entity: [counted(entry.deleted)] };
    case 'lost':
      return { entity: [counted({ entries: entry.count })] };
    case 'start':
    case 'stop':
      return {};
    default:
      return entry satisfies never;
  }
}

function patient(value: string): AuditEventEntity {
  return {
    what: { identifier: { system: pseudonyms, value } },
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type', code: '1', display: 'Person' },
    role: { system: 'http://terminology.hl7.org/CodeSystem/object-role', code: '1', display: 'Patient' },
  };
}

function transaction(requestId: string): AuditEventEntity {
  return {
    what: { identifier: { value: requestId } },
    type: {
      system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType',
      code: 'XrequestId',
    },
  };
}

const systemObject: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type',
  code: '2',
  display: 'System Object',
};

/** What went out, without a word of what came in. */
function answer(line: RequestLine, hookInstance: string | undefined): AuditEventEntity {
  const {
    service: id,
    hook,
    cards,
    outcomes = [],
    rules = [],
    prefetch = {},
    otherPatients,
    feedback,
  } = line;
  const facts: Readonly<Record<string, string | number | undefined>> = {
    service: id,
    hook,
    hookInstance,
    status: line.status,
    cards,
    outcomes: outcomes.length === 0 ? undefined : outcomes.join(' '),
    rules: rules.length === 0 ? undefined : rules.join(' '),
    ...Object.fromEntries(Object.entries(prefetch).map(([state, count]) => [`prefetch-${state}`, count])),
    'other-patient-resources': otherPatients,
    feedback,
  };
  return counted(facts);
}

function counted(facts: Readonly<Record<string, string | number | undefined>>): AuditEventEntity {
  return {
    type: systemObject,
    detail: Object.entries(facts).flatMap(([type, value]) =>
      value === undefined ? [] : [{ type, valueString: String(value) }],
    ),
  };
}
