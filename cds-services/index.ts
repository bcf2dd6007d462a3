/** The services this server offers, and what the commands need of them. */
import type { CdsService, SeenAct } from '../src/cds-hooks/service.js';
import type { ServicePages } from '../src/web/page/service-pages.js';
import { reviewPage } from './vertebral-fracture/pages/review/review-page.js';
import { registrationFacts } from './vertebral-fracture/pages/registration-facts.js';
import { knowledgePage } from './vertebral-fracture/pages/knowledge/page.js';
import { gatherFindings } from './vertebral-fracture/findings/gather.js';
import { patientRecord } from './vertebral-fracture/findings/patient-record.js';
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

export { assessmentJson, siteConfigurationSchema };
export type { Assessment, RecordEntry, SiteConfiguration };
export { type ReadReport, readReport } from './vertebral-fracture/findings/report-text/read-report.js';
export { reportJson } from './vertebral-fracture/report-json.js';
export { knowledgeVersion } from './vertebral-fracture/policy.js';

/** Every service, configured for a site. Built once at start. */
export function createServices(configuration: SiteConfiguration): readonly CdsService[] {
  return vertebralFractureServices(siteOf(configuration));
}

/** Cement and surgery of the spine that a record says were done, whatever was advised. Parameters as of `assessRecord`. */
export function proceduresDone(
  entries: readonly RecordEntry[],
  patientId: string,
  asOf: number,
  configuration: SiteConfiguration,
): readonly SeenAct[] {
  return proceduresIn(patientRecord(entries, patientId, asOf), madeReady(configuration));
}

/** What people read about the services, for a site. Built once at start. */
export function createPages(configuration: SiteConfiguration): ServicePages {
  const site = siteOf(configuration);
  return {
    knowledge: knowledgePage(site),
    review: (patient) => reviewPage(patient, site),
    registration: registrationFacts(site),
  };
}

/**
 * Assesses one patient's record outside a hook call.
 * @param entries the resources, with fullUrls where a Bundle gave them
 * @param patientId the patient to assess; resources of others are left out and named
 * @param asOf moment of judgement, ms since 1970
 */
export function assessRecord(
  entries: readonly RecordEntry[],
  patientId: string,
  asOf: number,
  configuration: SiteConfiguration,
): Assessment {
  const site = madeReady(configuration);
  const record = patientRecord(entries, patientId, asOf);
  return assess(gatherFindings(record, site.localCodes, site.policy), site.policy);
}

const ready = new WeakMap<SiteConfiguration, Site>();

/** Once for each configuration: a population is assessed by one. */
function madeReady(configuration: SiteConfiguration): Site {
  const known = ready.get(configuration);
  if (known !== undefined) return known;
  const site = siteOf(configuration);
  ready.set(configuration, site);
  return site;
}
