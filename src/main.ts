/**
 * The composition root: environment and site configuration, services, store, server.
 */
import cluster from 'node:cluster';
import {
  createPages,
  createServices,
  knowledgeVersion,
  siteConfigurationSchema,
} from '../cds-services/index.js';
import { decideAccess } from './config/access.js';
import { readEnvironment } from './config/environment.js';
import { loadSiteConfiguration } from './config/site-configuration.js';
import { openDatabase } from './database/open-database.js';
import { createLog } from './operations/log.js';
import { readProduct } from './operations/product.js';
import { reviewAppsOf } from './review/review-app.js';
import { startServer, type RunningServer } from './server.js';
import { listeningMessage, superviseWorkers } from './workers.js';

/** sysexits EX_CONFIG: the start was refused because of what the operator has set. */
const configurationExitCode = 78;

const debugWarning =
  'warning: NODE_DEBUG is set: Node prints addresses of FHIR reads, and with them ids of patients';

/**
 * Starts the service and returns once it listens. When it can't, one line on standard error says why,
 * and the process ends with exit code 78.
 */
export async function serve(): Promise<void> {
  // Nobody reads the warnings any more: no reason to end.
  process.stderr.on('error', () => undefined);
  const read = readEnvironment(process.env);
  if (!read.ok) {
    refuse(read.problem);
    return;
  }
  const { workers } = read.environment;
  if (workers > 1 && cluster.isPrimary) {
    process.exitCode = await superviseWorkers(workers, say).ended;
    return;
  }
  const { host, port, publicUrl, databaseUrl, configFile, logLevel, auditKey, commentKey, adminToken } =
    read.environment;

  const site = loadSiteConfiguration(configFile, siteConfigurationSchema);
  if (!site.ok) {
    refuse(site.problem);
    return;
  }
  const configuration = site.configuration.server;
  const decided = decideAccess(read.environment, configuration);
  if (!decided.ok) {
    refuse(decided.problem);
    return;
  }
  const reviewApps = reviewAppsOf(configuration.reviewApps, process.env);
  if (!reviewApps.ok) {
    refuse(reviewApps.problem);
    return;
  }
  const services = createServices(site.configuration.services);

  const opened = await openDatabase(databaseUrl);
  if (!opened.ok) {
    refuse(`DATABASE_URL: ${opened.problem}`);
    return;
  }

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
      log: createLog(logLevel),
      product: readProduct(),
      knowledgeVersion,
      processes: workers,
      reviewApps: reviewApps.apps,
      isDemo: decided.access.kind === 'trial' && configFile === undefined,
      pages: createPages(site.configuration.services),
    },
    services,
  );
  if (!started.ok) {
    refuse(started.problem);
    return;
  }

  stopOnSignals(started.server);
  if (cluster.isWorker) process.send?.(listeningMessage);
  readRolloutOnHangup(configFile, started.server);
  if (cluster.worker !== undefined && cluster.worker.id > 1) return;
  say(`listening on ${started.server.url} (services: ${started.server.url}/cds-services)`);
  if (process.env.NODE_DEBUG !== undefined) say(debugWarning);
  for (const { subject, text } of decided.warnings) say(`warning: ${subject} ${text}`);
}

function refuse(problem: string): void {
  say(problem);
  process.exitCode = configurationExitCode;
  // The line to the process that started it would keep a worker alive.
  if (cluster.isWorker) process.exit(configurationExitCode);
}

function say(line: string): void {
  process.stderr.write(`vertebral-cds ${line}\n`);
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
