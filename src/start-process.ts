/**
 * The composition root: site configuration, database, services, pages and server, put together and started.
 */
import cluster from 'node:cluster';
import {
  createPages,
  createServices,
  knowledgeVersion,
  publishedDefinitions,
  siteConfigurationSchema,
  wantedExpansions,
} from '../cds-services/index.js';
import { decideAccess } from './config/access.js';
import type { Environment } from './config/environment.js';
import { loadSiteConfiguration } from './config/site-configuration.js';
import { openDatabase } from './database/open-database.js';
import { createLog } from './operations/log.js';
import { readProduct } from './operations/product.js';
import { reviewAppsOf } from './review/review-app.js';
import { sentence } from './self-check/terminology.js';
import { startServer, type RunningServer } from './server.js';
import { refuse, say } from './standard-error.js';
import { eventsOf, extendedAtStart, terminologyProblem } from './terminology/at-start.js';
import { listeningMessage } from './workers.js';

const debugWarning =
  'warning: NODE_DEBUG is set: Node prints addresses of FHIR reads, and with them ids of patients';

/** Starts a process of the service and returns once it listens, or has refused to start. */
export async function startProcess(environment: Environment): Promise<void> {
  const {
    host,
    port,
    publicUrl,
    databaseUrl,
    configFile,
    logLevel,
    auditKey,
    commentKey,
    adminToken,
    workers,
  } = environment;

  const site = loadSiteConfiguration(configFile, siteConfigurationSchema);
  if (!site.ok) {
    refuse(site.problem);
    return;
  }
  const configuration = site.configuration.server;
  const decided = decideAccess(environment, configuration);
  if (!decided.ok) {
    refuse(decided.problem);
    return;
  }
  const reviewApps = reviewAppsOf(configuration.reviewApps, process.env);
  if (!reviewApps.ok) {
    refuse(reviewApps.problem);
    return;
  }
  const wanted = wantedExpansions(site.configuration.services);
  const terminology = terminologyProblem(wanted, configuration.terminology);
  if (terminology !== undefined) {
    refuse(terminology);
    return;
  }

  const opened = await openDatabase(databaseUrl);
  if (!opened.ok) {
    refuse(`DATABASE_URL: ${opened.problem}`);
    return;
  }

  const log = createLog(logLevel);
  const extended = await extendedAtStart(wanted, configuration.terminology, new Date());
  eventsOf(extended).forEach(log.event);
  const services = createServices(site.configuration.services, extended.extensions);

  const started = await startServer(
    {
      host,
      port,
      publicUrl,
      access: decided.access,
      configuration,
      database: opened.database,
      auditKey,
      commentKey,
      adminToken,
      log,
      product: readProduct(),
      knowledgeVersion,
      processes: workers,
      reviewApps: reviewApps.apps,
      isDemo: decided.access.kind === 'trial' && configFile === undefined,
      pages: createPages(site.configuration.services, extended.extensions),
      definitions: publishedDefinitions(),
    },
    services,
  );
  if (!started.ok) {
    refuse(started.problem);
    return;
  }

  stopOnSignals(started.server);
  readRolloutOnHangup(configFile, started.server);
  const isFirst = cluster.worker === undefined || cluster.worker.id === 1;
  if (isFirst) {
    say(`listening on ${started.server.url} (services: ${started.server.url}/cds-services)`);
    if (process.env.NODE_DEBUG !== undefined) say(debugWarning);
    for (const { subject, text } of decided.warnings) say(`warning: ${subject} ${text}`);
    for (const report of extended.reports) say(`value set ${report.valueSet} ${sentence(report)}`);
  }
  // Last, so that what is said of all processes follows what the first says of itself.
  if (cluster.isWorker) process.send?.(listeningMessage);
}

/** SIGHUP reads the rollout of the configuration again; a file with any mistake in it changes nothing. */
function readRolloutOnHangup(configFile: string | undefined, server: RunningServer): void {
  process.on('SIGHUP', () => {
    const site = loadSiteConfiguration(configFile, siteConfigurationSchema);
    if (!site.ok) {
      say(`${site.problem}; nothing was changed`);
      return;
    }
    const { rollout } = site.configuration.server;
    server.changeRollout(rollout);
    say(
      `rollout read again: ${rollout.shadow.length} in shadow, ${rollout.off.length} off; other settings need a restart`,
    );
  });
}

function stopOnSignals(server: RunningServer): void {
  const stop = () => {
    void server.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
