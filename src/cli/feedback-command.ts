/** `vertebral-cds feedback report|export|comments`: the figures of the dashboard, the cards behind them, the comments. */
import { openComment } from '../feedback/comments.js';
import { exportedCards } from '../feedback/export.js';
import {
  defaultIgnoredAfterHours,
  defaultSmallestGroup,
  statistics,
  type Breakdown,
  type Figures,
  type Statistics,
} from '../feedback/statistics.js';
import type { CommandResult } from './assess-command.js';
import { unusable, withDatabase } from './database-command.js';

export interface FeedbackPeriodOptions {
  readonly since?: string;
  readonly until?: string;
}

export interface FeedbackReportOptions extends FeedbackPeriodOptions {
  readonly json?: boolean;
  /** Tells groups of fewer than five cards too. */
  readonly allCells?: boolean;
  readonly ignoredAfter?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

const DAY_MS = 86_400_000;
const DAYS = 30;

/** @param now ms since 1970. Exit 64 for what is no date or no number of hours. */
export async function feedbackReportCommand(
  options: FeedbackReportOptions,
  env: Env,
  now: number,
): Promise<CommandResult> {
  const period = periodOf(options, now);
  const hours = Number(options.ignoredAfter ?? defaultIgnoredAfterHours);
  if (typeof period === 'string') return usage(period);
  if (!Number.isInteger(hours) || hours < 1)
    return usage(`"${options.ignoredAfter ?? ''}" is no number of hours`);
  return withDatabase(env, async (database) => {
    const found = await statistics(database, {
      ...period,
      now: new Date(now),
      ignoredAfterHours: hours,
      smallestGroup: options.allCells === true ? 1 : defaultSmallestGroup,
    });
    return { exitCode: 0, stdout: options.json === true ? JSON.stringify(found, null, 2) : report(found) };
  });
}

/** One card a line. */
export async function feedbackExportCommand(
  options: FeedbackPeriodOptions,
  env: Env,
  now: number,
  write: (line: string) => void,
): Promise<CommandResult> {
  const period = periodOf(options, now);
  if (typeof period === 'string') return usage(period);
  return withDatabase(env, async (database) => {
    for await (const card of exportedCards(database, period.from, period.until)) write(JSON.stringify(card));
    return { exitCode: 0 };
  });
}

/** Comments in the clear, for the person the site trusts with them; they may name patients. */
export async function feedbackCommentsCommand(
  options: FeedbackPeriodOptions,
  env: Env,
  now: number,
): Promise<CommandResult> {
  const period = periodOf(options, now);
  if (typeof period === 'string') return usage(period);
  return withDatabase(env, async ({ tables }, { commentKey }) => {
    if (commentKey === undefined) return unusable('COMMENT_KEY: is needed to read comments');
    const rows = await tables
      .selectFrom('feedback')
      .select(['card_uuid', 'received_at', 'comment'])
      .where('received_at', '>=', period.from)
      .where('received_at', '<', `${period.until}T99`)
      .where('comment', 'is not', null)
      .orderBy('received_at')
      .execute();
    const lines = rows.map(({ card_uuid: card, received_at: at, comment }) =>
      JSON.stringify({
        card,
        receivedAt: at,
        comment: openComment(comment ?? '', commentKey) ?? null,
      }),
    );
    return { exitCode: 0, stdout: lines.join('\n') };
  });
}

function periodOf({ since, until }: FeedbackPeriodOptions, now: number) {
  const end = until === undefined ? now : Date.parse(until);
  const start = since === undefined ? end - (DAYS - 1) * DAY_MS : Date.parse(since);
  if (Number.isNaN(end)) return `"${until ?? ''}" is no date such as 2026-11-23`;
  if (Number.isNaN(start)) return `"${since ?? ''}" is no date such as 2026-11-23`;
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { from: day(start), until: day(end) };
}

function usage(problem: string): CommandResult {
  return { exitCode: 64, stderr: `vertebral-cds feedback: ${problem}` };
}

function report(found: Statistics): string {
  const { total, missingData, repeats, shadow } = found;
  return [
    `Cards from ${found.from} to ${found.until}`,
    '',
    line('all', total),
    ...(total.secondsToAct === undefined ? [] : [`time to act: ${total.secondsToAct} s on average`]),
    `cards with missing data: ${missingData.cards}; said before: ${repeats.cards}; in shadow: ${shadow.shown}; feedback on unknown cards: ${found.unknownCards}`,
    ...table('by rule', found.byRule),
    ...table('by outcome', found.byOutcome),
    ...table('by hook', found.byHook),
    ...table('by client', found.byClient),
    ...table('by knowledge version', found.byKnowledgeVersion),
    ...table('by week', found.byWeek),
    ...(found.reasons.length === 0 ? [] : ['', 'reasons to override']),
    ...found.reasons.map(({ rule, code, count }) => `  ${rule.padEnd(6)} ${code ?? 'none given'}: ${count}`),
    ...(missingData.byFinding.length === 0 ? [] : ['', 'missing']),
    ...missingData.byFinding.map(({ finding, cards }) => `  ${finding}: ${cards}`),
  ].join('\n');
}

function table(title: string, { groups, hidden }: Breakdown): readonly string[] {
  return [
    '',
    title,
    ...groups.map((group) => `  ${line(group.name, group)}`),
    ...(hidden === 0 ? [] : [`  (${hidden} with fewer cards than may be told)`]),
  ];
}

function line(name: string, { shown, accepted, overridden, ignored, acceptance }: Figures): string {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const rate =
    acceptance === undefined
      ? ''
      : `, accepted ${percent(acceptance.rate)} (${percent(acceptance.low)} to ${percent(acceptance.high)})`;
  return `${name}: ${shown} shown, ${accepted} accepted, ${overridden} overridden, ${ignored} ignored${rate}`;
}
