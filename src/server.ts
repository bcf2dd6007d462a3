/**
 * The running server: every room of the house put together on a socket, from start to an orderly stop.
 */
import { randomUUID } from 'node:crypto';
import type { FhirResource } from 'fhir/r4.js';
import { queryKind } from './cds-hooks/prefetch-template.js';
import type { Problem } from './cds-hooks/problem.js';
import type { CdsService } from './cds-hooks/service.js';
import type { Access } from './config/access.js';
import type { ServerConfiguration } from './config/server-configuration.js';
import type { BatchedWriterOptions } from './database/batched-writer.js';
import type { Database } from './database/open-database.js';
import { startPurgeSchedule } from './database/purge-schedule.js';
import { purge } from './database/purge.js';
import { createAttention } from './attention/attention.js';
import { createHistory } from './attention/history.js';
import { demoClientId } from './demo/smart-server.js';
import { demoFhirPath } from './http/demo.js';
import type { ReviewApp } from './review/review-app.js';
import { launchSeal } from './review/sealed-launch.js';
import { createSmartClient } from './review/smart-client.js';
import { createDemoFhir } from './demo/fhir-endpoint.js';
import type { Rollout } from './rollout/rollout.js';
import { createSeenTokens } from './database/seen-tokens.js';
import { commentSeal } from './feedback/comments.js';
import { statistics } from './feedback/statistics.js';
import { createFeedbackStore } from './feedback/database-store.js';
import { createDecisionKeeper } from './decisions/decision-keeper.js';
import { createFeedbackIntake } from './feedback/intake.js';
import { createFhirReader } from './fhir/kit-reader.js';
import { createAdmission } from './http/admission.js';
import { createApp } from './http/app.js';
import { createAuthenticator } from './http/authentication/authenticator.js';
import { keepKeysFresh } from './http/authentication/key-refresh.js';
import { tokenRefusals } from './http/authentication/refusal.js';
import { shareReplayGuard } from './http/authentication/shared-replay-guard.js';
import { createReplayGuard } from './http/authentication/replay-guard.js';
import type { AllowedOrigins } from './http/cors.js';
import type { Finished } from './http/exchange.js';
import { createRateLimit } from './http/rate-limit.js';
import { listen } from './http/socket.js';
import { createAuditTrail } from './operations/audit/audit-trail.js';
import { checkpointSeal } from './operations/audit/chain.js';
import type { NotWritten, OperationsLog } from './operations/log.js';
import { createMetrics } from './operations/metrics.js';
import { installationFolder, type Product } from './operations/product.js';
import { createOutbound, type OutboundOptions } from './outbound/outbound.js';
import { createPublication } from './published/publication.js';
import { readConformanceRun } from './web/console/conformance.js';
import { registrationOf } from './web/console/registration.js';
import type { ServicePages } from './web/page/service-pages.js';
import { loadAssets } from './web/page/assets.js';
import { placesOf } from './web/page/places.js';

export interface ServerParts {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The base that clients call, without a slash at the end; the address of the socket unless given. */
  readonly publicUrl?: string | undefined;
  readonly access: Access;
  readonly configuration: ServerConfiguration;
  /** Belongs to the server from here on: stopping closes it. */
  readonly database: Database;
  /** AUDIT_KEY. */
  readonly auditKey?: string | undefined;
  /** COMMENT_KEY. */
  readonly commentKey?: string | undefined;
  /** ADMIN_TOKEN. */
  readonly adminToken?: string | undefined;
  readonly log: OperationsLog;
  readonly product: Product;
  /** Version of what the services decide by. */
  readonly knowledgeVersion?: string | undefined;
  /** Where the fracture review is registered. */
  readonly reviewApps: readonly ReviewApp[];
  /** Processes of this installation on this machine; more than one share the database. */
  readonly processes: number;
  /** Whether synthetic patients are offered to try the services with. */
  readonly isDemo: boolean;
  /** What people read about the services. */
  readonly pages: ServicePages;
  /** What they decide by, published at `/fhir`. */
  readonly definitions?: readonly FhirResource[];
  readonly outbound?: OutboundOptions;
}

export interface RunningServer {
  /** Base URL of the socket, without a slash at the end. */
  readonly url: string;
  /** Accepts nothing new, finishes what is in flight, writes what waits, closes the database. */
  readonly stop: () => Promise<void>;
  /** What runs in shadow or is switched off from now on. */
  readonly changeRollout: (rollout: Rollout) => void;
}

/** A problem is one line that names the variable to change. */
export type Started =
  { readonly ok: true; readonly server: RunningServer } | { readonly ok: false; readonly problem: string };

const limits = {
  pages: 10,
  depth: 64,
  values: 200_000,
  feedbackBytes: 256_000,
};

export async function startServer(parts: ServerParts, services: readonly CdsService[]): Promise<Started> {
  const { access, configuration, database, log, product } = parts;
  const clock = () => new Date();
  let isOpen = true;

  const metrics = createMetrics({
    product,
    services,
    knowledgeVersion: parts.knowledgeVersion,
    refusals: tokenRefusals,
    ...namesIn(access),
  });
  const onTrouble = (event: NotWritten, count: number) => {
    log.event({ event, count });
    metrics.notWritten(event, count);
  };
  const writer = (what: 'audit' | 'tokens' | 'decisions'): BatchedWriterOptions => ({
    onTrouble: ({ kind, count }) => onTrouble(`${what}-${kind}`, count),
  });
  const audit = createAuditTrail({ database, product, key: parts.auditKey, ...writer('audit') });
  const feedback = createFeedbackIntake(
    createFeedbackStore(database, parts.commentKey === undefined ? undefined : commentSeal(parts.commentKey)),
    {
      onTrouble: ({ event, count }) => onTrouble(event, count),
    },
  );
  const attention = createAttention({
    history: createHistory(database, feedback.waitingCards),
    pseudonym: database.pseudonym,
    onUnread: () => onTrouble('history-not-read', 1),
  });
  const decisions =
    configuration.decisionRecords === undefined
      ? undefined
      : createDecisionKeeper(database, writer('decisions'));
  let rollout = configuration.rollout;
  const seenTokens = createSeenTokens(database, writer('tokens'));
  const isShared = parts.processes > 1 || database.kind === 'postgres';
  const ownTokens = createReplayGuard(isShared ? {} : { onSeen: (seen) => seenTokens.add([seen]) });
  ownTokens.load(await seenTokens.load(clock()));
  const replayGuard = shareReplayGuard(
    ownTokens,
    isShared ? { claim: seenTokens.claim, onUnshared: () => onTrouble('replay-not-shared', 1) } : undefined,
  );

  const charts = parts.adminToken === undefined ? undefined : await import('./web/dashboard/charts.js');

  // From here to the application on the socket nothing may wait: a request in between would find nobody.
  const listening = await listen(parts.host, parts.port);
  if (!listening.ok) {
    await database.close();
    return listening;
  }
  const { socket } = listening;
  const publicUrl = parts.publicUrl ?? socket.url;
  const outbound = createOutbound(parts.outbound);
  const authenticator = createAuthenticator({
    clients: access.kind === 'clients' ? access.clients : [],
    replayGuard,
    outbound,
    clock,
  });
  const keys = keepKeysFresh(authenticator, (client) => log.event({ event: 'keys-not-fetched', client }));
  const admission = createAdmission({
    access,
    budget: configuration,
    publicUrl,
    authenticator,
    rateLimit: createRateLimit(),
  });
  const fhirReader = createFhirReader({
    outbound,
    resourceTypes: templateTypes(services),
    ...(configuration.fhirReadTimeoutMs === undefined
      ? {}
      : { readTimeoutMs: configuration.fhirReadTimeoutMs }),
    observer: {
      onRead: metrics.fhirRead,
      onBreaker: ({ server, state }) => {
        metrics.breaker({ server, state });
        log.event({ event: 'breaker', server: metrics.serverLabel(server), state });
      },
    },
  });
  const reviewApps = [...parts.reviewApps, ...(parts.isDemo ? [demoReviewApp(publicUrl)] : [])];
  const app = createApp({
    services,
    admission,
    fhirReader,
    feedback,
    decisions,
    attention,
    pseudonym: database.pseudonym,
    rollout: () => rollout,
    dashboard: {
      adminToken: parts.adminToken,
      statistics: (asked) => statistics(database, asked),
      charts,
      names: {
        rules: new Map(services.flatMap(({ rules = {} }) => Object.entries(rules))),
        reasons: new Map(
          services.flatMap(({ overrideReasons = [] }) =>
            overrideReasons.map(({ code, display }) => [code, display] as const),
          ),
        ),
      },
    },
    pages: parts.pages,
    review: {
      apps: reviewApps,
      smart: createSmartClient(outbound),
      seal: launchSeal(Buffer.from(database.pseudonym('review', undefined, 'cookie'), 'hex')),
    },
    demo: parts.isDemo ? createDemoFhir() : undefined,
    frame: { assets: loadAssets(installationFolder()), places: placesOf(parts.isDemo) },
    publication: createPublication({
      definitions: parts.definitions ?? [],
      software: product,
      base: `${parts.publicUrl ?? socket.url}/fhir`,
    }),
    clock,
    newId: randomUUID,
    limits: { ...limits, callBytes: configuration.bodyLimitBytes },
    corsOrigins: originsFor(access, configuration),
    console: {
      registration: registrationOf({
        product,
        knowledgeVersion: parts.knowledgeVersion,
        publicUrl,
        services,
        facts: parts.pages.registration,
        configuration,
        isTrial: access.kind === 'trial',
        areCommentsKept: parts.commentKey !== undefined,
        conformanceRun: readConformanceRun(installationFolder()),
      }),
      clients: access.kind === 'clients' ? access.clients : [],
      inspectToken: authenticator.inspect,
      adminToken: parts.adminToken,
      isDemo: parts.isDemo,
    },
    whyNotReady,
    metrics: async () => {
      metrics.ready((await whyNotReady()).length === 0);
      metrics.notWritten('log-lost', log.takeLost());
      return metrics.render();
    },
    isOpen: () => isOpen,
    onFinished: (finished) => {
      log.request(finished.line);
      metrics.request(finished.line);
      const entry = auditEntry(finished, clock());
      if (entry !== undefined) audit.record(entry);
    },
    onFault: log.fault,
  });
  socket.onRequest(app);
  const seal = (last: { readonly seq: number; readonly hash: string }) =>
    checkpointSeal(last, parts.auditKey);
  const purges = startPurgeSchedule(() => purge(database, configuration.retentionDays, clock(), { seal }), {
    onPurged: (deleted) => {
      if (Object.values(deleted).every((rows) => rows === 0)) return;
      log.event({ event: 'purged', rows: deleted });
      audit.record({ kind: 'purge', at: clock(), deleted });
    },
    onFailed: () => log.event({ event: 'purge-failed' }),
  });
  log.event({ event: 'started' });
  audit.record({ kind: 'start', at: clock() });

  async function whyNotReady(): Promise<readonly Problem[]> {
    return [
      ...(isOpen ? [] : [{ path: 'server', message: 'is stopping' }]),
      ...((await database.isReady()) ? [] : [{ path: 'database', message: 'does not answer' }]),
      ...(isEverybodyLockedOut(access, keys.missing())
        ? [{ path: 'configuration', message: 'names clients, but the keys of none of them could be fetched' }]
        : []),
    ];
  }

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    isOpen = false;
    log.event({ event: 'stopping' });
    await socket.drain();
    keys.stop();
    audit.record({ kind: 'stop', at: clock() });
    await Promise.all([
      purges.stop(),
      feedback.flush(),
      decisions?.flush(),
      seenTokens.flush(),
      outbound.close(),
    ]);
    await audit.flush();
    await database.close();
    log.event({ event: 'stopped' });
    await log.flush();
  }
  return {
    ok: true,
    server: {
      url: socket.url,
      stop: () => (stopped ??= stop()),
      changeRollout: (changed) => {
        rollout = changed;
        log.event({ event: 'rollout-changed', shadow: changed.shadow.length, off: changed.off.length });
      },
    },
  };
}

function isEverybodyLockedOut(access: Access, missing: readonly string[]): boolean {
  return access.kind === 'clients' && missing.length === access.clients.length;
}

/** Calls and feedback that were let in; refused strangers stand in the log, where they can't fill a database. */
function auditEntry({ line, keptAs, concerns }: Finished, at: Date) {
  if (keptAs === undefined || (line.route !== 'call' && line.route !== 'feedback')) return undefined;
  const kind = line.route === 'call' ? ('hook-call' as const) : ('feedback' as const);
  return { kind, at, line, client: keptAs, ...(concerns === undefined ? {} : { concerns }) };
}

/** The review as the authorization server of the demonstration knows it. */
function demoReviewApp(publicUrl: string): ReviewApp {
  return {
    fhirServer: { url: `${publicUrl}${demoFhirPath}`, network: 'trial' },
    clientId: demoClientId,
    framedBy: [],
  };
}

/** What metrics may name: a trial has neither clients nor, unless they are registered, servers. */
function namesIn(access: Access) {
  switch (access.kind) {
    case 'clients':
      return {
        clients: access.clients.map(({ id }) => id),
        fhirServers: access.clients.flatMap(({ fhirServers }) => fhirServers.map(({ url }) => url)),
      };
    case 'trial':
      return {
        clients: [],
        fhirServers: access.fhirServers === 'any' ? [] : access.fhirServers.map(({ url }) => url),
      };
    default:
      return access satisfies never;
  }
}

/** The resource types that the services ask for. */
function templateTypes(services: readonly CdsService[]): ReadonlySet<string> {
  const queries = services.flatMap(({ prefetch }) => Object.values(prefetch).map(({ query }) => query));
  return new Set(queries.map((query) => queryKind(query).resourceType));
}

/** A trial is open to every page; clients name the origins that they have. */
function originsFor(access: Access, { corsOrigins }: ServerConfiguration): AllowedOrigins {
  if (access.kind === 'trial') return corsOrigins ?? 'any';
  return [...(corsOrigins ?? []), ...access.clients.flatMap((client) => client.corsOrigins)];
}
