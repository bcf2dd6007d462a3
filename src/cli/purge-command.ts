/** `vertebral-cds purge`: deletes now what the service would delete within a day. */
import { siteConfigurationSchema } from '../../cds-services/index.js';
import { loadSiteConfiguration } from '../config/site-configuration.js';
import { purge } from '../database/purge.js';
import { createAuditTrail } from '../operations/audit/audit-trail.js';
import { checkpointSeal } from '../operations/audit/chain.js';
import { readProduct } from '../operations/product.js';
import type { CommandResult } from './assess-command.js';
import { unusable, withDatabase } from './database-command.js';

export interface PurgeOptions {
  readonly dryRun?: boolean;
  readonly asOf?: string;
}

/** `now`: ms since 1970, unless `--as-of` names another moment. Exit 64 when that is no date. */
export async function purgeCommand(
  { dryRun = false, asOf }: PurgeOptions,
  env: Readonly<Record<string, string | undefined>>,
  now: number,
): Promise<CommandResult> {
  const at = asOf === undefined ? now : Date.parse(asOf);
  if (Number.isNaN(at)) {
    return { exitCode: 64, stderr: `vertebral-cds purge: "${asOf ?? ''}" is no date such as 2026-11-23` };
  }
  return withDatabase(env, async (database, { configFile, auditKey }) => {
    const site = loadSiteConfiguration(configFile, siteConfigurationSchema);
    if (!site.ok) return unusable(site.problem);
    const { retentionDays } = site.configuration.server;
    const deleted = await purge(database, retentionDays, new Date(at), {
      dryRun,
      seal: (last) => checkpointSeal(last, auditKey),
    });
    if (!dryRun && Object.values(deleted).some((rows) => rows > 0)) {
      const trail = createAuditTrail({ database, product: readProduct(), key: auditKey });
      trail.record({ kind: 'purge', at: new Date(now), deleted });
      await trail.flush();
    }
    const verb = dryRun ? 'would be deleted' : 'deleted';
    // What was ordered or done is kept as long as the cards it is compared with.
    const days: Readonly<Record<string, number>> = {
      ...retentionDays,
      acts: retentionDays.cards,
      days: retentionDays.cards,
    };
    const kept = (name: string) =>
      days[name] === undefined ? 'kept until they expire' : `kept ${days[name]} days`;
    const lines = Object.entries(deleted).map(([name, rows]) => `${name}: ${kept(name)}, ${rows} ${verb}`);
    return { exitCode: 0, stdout: lines.join('\n') };
  });
}
