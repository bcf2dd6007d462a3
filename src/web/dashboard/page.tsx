/** The feedback dashboard as HTML: a period picker, four tiles, two charts, reasons, and the table behind them. */
import type { Breakdown, Figures, Group, Statistics } from '../../feedback/statistics.js';
import type { Rate } from '../../feedback/wilson.js';
import type { PageContent } from '../page/document.js';
import type * as drawn from './charts.js';
import { type Asked, queryOf, readyPeriods, type SortKey } from './period.js';

export interface PageParts {
  readonly asked: Asked;
  readonly found: Statistics;
  readonly names: Names;
  readonly charts: Charts | undefined;
}

/** Drawn by a library that takes a fifth of a second to load. */
export type Charts = typeof drawn;

/** What codes mean, in a few words. */
export interface Names {
  /** By rule. */
  readonly rules: ReadonlyMap<string, string>;
  /** Reasons for overriding, by code. */
  readonly reasons: ReadonlyMap<string, string>;
}

export const dashboardPath = '/feedback';

/** The page, which works without a script. */
export function dashboardPage({ asked, found, names, charts }: PageParts): PageContent {
  const title = 'Feedback on vertebral fracture cards';
  return {
    title,
    path: dashboardPath,
    main: (
      <>
        <h1>{title}</h1>
        <p class="soft">
          What became of the cards shown from {asked.from} to {asked.until} (UTC). Shares are of cards shown,
          with the 95 % interval (Wilson).
        </p>
        <Picker asked={asked} />
        <Tiles found={found} />
        {found.total.shown === 0 ? (
          <Empty />
        ) : (
          <Body asked={asked} found={found} names={names} charts={charts} />
        )}
      </>
    ),
  };
}

function Picker({ asked }: { readonly asked: Asked }) {
  return (
    <>
      <nav aria-label="Period" class="periods">
        {readyPeriods.map((days) => (
          <a
            key={days}
            href={`/feedback?${queryOf(asked, { days })}`}
            {...(asked.days === days && { 'aria-current': 'page' as const })}
          >
            {days} days
          </a>
        ))}
      </nav>
      <form method="get" action="/feedback" class="between no-print">
        <label>
          From
          <input type="date" name="from" value={asked.from} required />
        </label>
        <label>
          To
          <input type="date" name="until" value={asked.until} required />
        </label>
        <button>Show</button>
      </form>
    </>
  );
}

function Tiles({ found }: { readonly found: Statistics }) {
  const { total, ignoredAfterHours } = found;
  return (
    <ul class="tiles">
      <li>
        Cards shown <b>{total.shown}</b>
        <span class="soft">{found.shadow.shown} more in shadow</span>
      </li>
      <li>
        Accepted <b>{share(total.acceptance)}</b>
        <span class="soft">{span(total.acceptance)}</span>
      </li>
      <li>
        Overridden <b>{share(total.override)}</b>
        <span class="soft">{span(total.override)}</span>
      </li>
      <li>
        Ignored <b>{total.ignored}</b>
        <span class="soft">no answer within {ignoredAfterHours} h</span>
      </li>
    </ul>
  );
}

function Empty() {
  return (
    <p class="empty soft">
      No card was shown in this period. Pick a longer one, or see whether calls reach the service: /metrics
      counts them.
    </p>
  );
}

function Drawings({ found, charts }: { readonly found: Statistics; readonly charts: Charts }) {
  return (
    <>
      <h2>Acceptance over time</h2>
      <figure class="drawing">
        <Chart name="Acceptance over time" svg={charts.acceptanceOverTime(found.byWeek.groups)} />
        <figcaption>By week, from its Monday. The bar behind each point is its interval.</figcaption>
      </figure>
      <h2>Which rule helps, which annoys</h2>
      <figure class="drawing">
        <Chart name="Acceptance by rule" svg={charts.acceptanceByRule(found.byRule.groups)} />
        <figcaption>Share accepted by rule, with its interval. Few cards make it wide.</figcaption>
      </figure>
    </>
  );
}

function Body({ asked, found, names, charts }: PageParts) {
  const { total, byRule, missingData, repeats } = found;
  return (
    <>
      {charts && <Drawings found={found} charts={charts} />}
      <h2>Rules</h2>
      <Table asked={asked} breakdown={byRule} first="rule" isSortable told={names.rules} />
      <p class="no-print">
        Download <a href={`/feedback.csv?${queryOf(asked)}`}>CSV</a> or{' '}
        <a href={`/feedback.json?${queryOf(asked)}`}>JSON</a>
      </p>
      <h2>Why cards are overridden</h2>
      <Reasons found={found} names={names.reasons} />
      <h2>Outcomes, moments, clients, versions</h2>
      <Table asked={asked} breakdown={found.byOutcome} first="outcome" />
      <p />
      <Table asked={asked} breakdown={found.byHook} first="hook" />
      <p />
      <Table asked={asked} breakdown={found.byClient} first="client" />
      <p />
      <Table asked={asked} breakdown={found.byKnowledgeVersion} first="knowledge version" />
      <h2>Data and repetition</h2>
      <p>
        {missingData.cards} of {total.shown} cards ({share(missingData.share)}) said that something decisive
        is missing
        {missingData.byFinding.length === 0
          ? '.'
          : `: ${missingData.byFinding.map(({ finding, cards }) => `${finding} ${cards}`).join(', ')}.`}
      </p>
      <p>
        {repeats.cards} ({share(repeats.share)}) said the same about the same patient as an earlier card.{' '}
        {total.secondsToAct === undefined
          ? ''
          : `An answer took ${duration(total.secondsToAct)} on average. `}
        {found.unknownCards} answers were about cards nobody here knows.
      </p>
    </>
  );
}

/** Wider than a phone: it scrolls by itself, by keyboard too. */
function Chart({ name, svg }: { readonly name: string; readonly svg: string }) {
  return (
    <div
      class="chart"
      role="region"
      aria-label={name}
      tabIndex={0}
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}

const COLUMNS: readonly (readonly [SortKey, string])[] = [
  ['shown', 'shown'],
  ['accepted', 'accepted'],
  ['overridden', 'overridden'],
  ['ignored', 'ignored'],
  ['acceptance', 'share accepted'],
];

function Table({
  asked,
  breakdown,
  first,
  isSortable = false,
  told,
}: {
  readonly asked: Asked;
  readonly breakdown: Breakdown;
  readonly first: string;
  readonly isSortable?: boolean;
  /** What a group is about, below its name. */
  readonly told?: ReadonlyMap<string, string>;
}) {
  const groups = isSortable ? sorted(breakdown.groups, asked.sort) : breakdown.groups;
  const heading = (key: SortKey, text: string) => {
    const isCurrent = isSortable && asked.sort === key;
    return (
      <th scope="col" {...(isCurrent && { 'aria-sort': key === 'name' ? 'ascending' : 'descending' })}>
        {isSortable ? <a href={`/feedback?${queryOf(asked, { sort: key })}`}>{text}</a> : text}
      </th>
    );
  };
  return (
    <>
      <div class="scroll" role="region" aria-label={`Cards by ${first}`} tabIndex={0}>
        <table class="figures">
          <thead>
            <tr>
              {heading('name', first)}
              {COLUMNS.map(([key, text]) => heading(key, text))}
              <th scope="col">interval</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.name}>
                <th scope="row">
                  {group.name}
                  {told?.has(group.name) === true && <small>{told.get(group.name)}</small>}
                </th>
                <td>{group.shown}</td>
                <td>{group.accepted}</td>
                <td>{group.overridden}</td>
                <td>{group.ignored}</td>
                <td>{share(group.acceptance)}</td>
                <td>{span(group.acceptance)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Hidden asked={asked} count={breakdown.hidden} />
    </>
  );
}

function Hidden({ asked, count }: { readonly asked: Asked; readonly count: number }) {
  if (count === 0) return null;
  return (
    <p class="soft">
      {count} with fewer than five cards are not told.{' '}
      <a href={`/feedback?${queryOf(asked, { allCells: true })}`}>Show them</a>
    </p>
  );
}

function sorted(groups: readonly Group[], key: SortKey): readonly Group[] {
  if (key === 'name') return [...groups].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...groups].sort((a, b) => numberOf(b, key) - numberOf(a, key) || (a.name < b.name ? -1 : 1));
}

function numberOf(figures: Figures, key: Exclude<SortKey, 'name'>): number {
  return key === 'acceptance' ? (figures.acceptance?.rate ?? -1) : figures[key];
}

function Reasons({ found, names }: { readonly found: Statistics; readonly names: Names['reasons'] }) {
  if (found.reasons.length === 0) return <p class="soft">No reason was given often enough to be told.</p>;
  const rules = [...new Set(found.reasons.map(({ rule }) => rule))];
  return (
    <div class="scroll" role="region" aria-label="Reasons by rule" tabIndex={0}>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">rule</th>
            <th scope="col">overridden</th>
            <td class="words">reasons, the commonest first</td>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => {
            const own = found.reasons.filter((one) => one.rule === rule);
            return (
              <tr key={rule}>
                <th scope="row">{rule}</th>
                <td>{own.reduce((sum, { count }) => sum + count, 0)}</td>
                <td class="words">
                  <ul>
                    {own.map(({ system, code, count }) => (
                      <li key={`${system} ${code}`}>
                        {count} × {code === null ? 'none given' : (names.get(code) ?? code)}
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function share(rate: Rate | undefined): string {
  return rate === undefined ? '–' : `${(100 * rate.rate).toFixed(0)} %`;
}

function span(rate: Rate | undefined): string {
  return rate === undefined ? '' : `${(100 * rate.low).toFixed(0)} to ${(100 * rate.high).toFixed(0)} %`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
