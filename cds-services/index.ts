/** The services this server offers, the knowledge it publishes, and what the commands need of both. */
import type { FhirResource } from 'fhir/r4.js';
import type { CdsService, SeenAct } from '../src/cds-hooks/service.js';
import type { ServicePages } from '../src/web/page/service-pages.js';
import { reviewPage } from './vertebral-fracture/pages/review/review-page.js';
import { registrationFacts } from './vertebral-fracture/pages/registration-facts.js';
import { knowledgePage } from './vertebral-fracture/pages/knowledge/page.js';
import { knowledgeFile } from './vertebral-fracture/disclosed/knowledge-file.js';
import { knowledgeArtifacts } from './vertebral-fracture/artifacts/artifacts.js';
import { gatherFindings } from './vertebral-fracture/findings/gather.js';
import { patientRecord, type PatientRecord } from './vertebral-fracture/findings/patient-record.js';
import type { RecordEntry } from './vertebral-fracture/findings/reference.js';
import { assess, type Assessment } from './vertebral-fracture/decision/assess.js';
import { assessmentJson } from './vertebral-fracture/assessment-json.js';
import { proceduresIn } from './vertebral-fracture/orders/seen-acts.js';
import { vertebralFractureServices } from './vertebral-fracture/service.js';
import {
  type Site,
  siteConfigurationSchema,
  type SiteConfiguration,
  siteOf,
} from './vertebral-fracture/site.js';
import type { ValueSetExtensions } from './vertebral-fracture/findings/value-sets.js';
import { type ExpansionRequest, expansionRequests } from './vertebral-fracture/value-set-extensions.js';
import { compareFindings, type Difference } from './vertebral-fracture/versions/difference.js';
import { type KnowledgeVersion, withSitePolicy } from './vertebral-fracture/versions/knowledge-version.js';

export { assessmentJson, siteConfigurationSchema };
export type {
  Assessment,
  Difference,
  ExpansionRequest,
  KnowledgeVersion,
  RecordEntry,
  SiteConfiguration,
  ValueSetExtensions,
};
export { type ReadReport, readReport } from './vertebral-fracture/findings/report-text/read-report.js';
export { findingsAsFhir } from './vertebral-fracture/cql/findings-as-fhir.js';
export { compareRecord, isTurned } from './vertebral-fracture/versions/difference.js';
export { type DecisionRecord, decisionRecordSchema } from './vertebral-fracture/versions/decision-record.js';
export { knowledgeHash } from './vertebral-fracture/versions/knowledge-hash.js';
export {
  draftVersion,
  versionNamed,
  versionUnknown,
} from './vertebral-fracture/versions/knowledge-version.js';
export { replay, type ReplayedFracture } from './vertebral-fracture/versions/replay.js';
export { reportJson } from './vertebral-fracture/report-json.js';
export { knowledgeVersion } from './vertebral-fracture/policy.js';

/**
 * Every service, configured for a site. Built once at start.
 * @param extensions codes from a terminology server, by value set; the shipped ones hold all the same
 */
export function createServices(
  configuration: SiteConfiguration,
  extensions?: ValueSetExtensions,
): readonly CdsService[] {
  return vertebralFractureServices(siteOf(configuration, extensions));
}

/** What a site wants to have from its terminology server. */
export function wantedExpansions({
  valueSetExtensions = [],
}: SiteConfiguration): readonly ExpansionRequest[] {
  return expansionRequests(valueSetExtensions);
}

/** What the services decide by, as FHIR definitions: for `GET /fhir/…` and for the Bundle of a release. */
export function publishedDefinitions(): readonly FhirResource[] {
  return knowledgeArtifacts();
}

function recordOf(
  entries: readonly RecordEntry[],
  patientId: string,
  asOf: number,
  { valueSets, localCodes }: Site,
): PatientRecord {
  return patientRecord({ entries, patientId, asOf, valueSets, localCodes });
}

/** Cement and surgery of the spine that a record says were done, whatever was advised. Parameters as of `assessRecord`. */
export function proceduresDone(
  entries: readonly RecordEntry[],
  patientId: string,
  asOf: number,
  configuration: SiteConfiguration,
  extensions?: ValueSetExtensions,
): readonly SeenAct[] {
  const site = madeReady(configuration, extensions);
  return proceduresIn(recordOf(entries, patientId, asOf, site), site);
}

/** What people read about the services, for a site. Built once at start. */
export function createPages(configuration: SiteConfiguration, extensions?: ValueSetExtensions): ServicePages {
  const site = siteOf(configuration, extensions);
  return {
    knowledge: knowledgePage(site),
    knowledgeFile,
    review: (patient) => reviewPage(patient, site),
    registration: registrationFacts(site),
  };
}

/**
 * Assesses one patient's record outside a hook call.
 * @param entries the resources, with fullUrls where a Bundle gave them
 * @param patientId the patient to assess; resources of others are left out and named
 * @param asOf moment of judgement, ms since 1970
 * @param extensions codes from a terminology server, by value set
 */
export function assessRecord(
  entries: readonly RecordEntry[],
  patientId: string,
  asOf: number,
  configuration: SiteConfiguration,
  extensions?: ValueSetExtensions,
): Assessment {
  const site = madeReady(configuration, extensions);
  return assess(gatherFindings(recordOf(entries, patientId, asOf, site), site.policy), site.policy);
}

/**
 * A whole record under two versions of the knowledge; parameters as of `assessRecord`. What the site has changed of the
 * thresholds holds in both.
 */
export function compareVersions(
  subject: string,
  entries: readonly RecordEntry[],
  patientId: string,
  asOf: number,
  { from, to }: { readonly from: KnowledgeVersion; readonly to: KnowledgeVersion },
  configuration: SiteConfiguration,
  extensions?: ValueSetExtensions,
): readonly Difference[] {
  const site = madeReady(configuration, extensions);
  const record = recordOf(entries, patientId, asOf, site);
  const own = (version: KnowledgeVersion) => withSitePolicy(version, site.policyChanges);
  return compareFindings(subject, ({ policy }) => gatherFindings(record, policy), own(from), own(to));
}

const noExtensions: ValueSetExtensions = new Map();
const ready = new WeakMap<SiteConfiguration, WeakMap<ValueSetExtensions, Site>>();

/** Once for each configuration: a population is assessed by one. */
function madeReady(configuration: SiteConfiguration, extensions = noExtensions): Site {
  const byExtensions = ready.get(configuration) ?? new WeakMap<ValueSetExtensions, Site>();
  ready.set(configuration, byExtensions);
  const site = byExtensions.get(extensions) ?? siteOf(configuration, extensions);
  byExtensions.set(extensions, site);
  return site;
}
