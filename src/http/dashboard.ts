/**
 * The feedback dashboard over HTTP: for whoever holds the admin token, and for nobody where none is set.
 */
import {
  defaultIgnoredAfterHours,
  defaultSmallestGroup,
  type Statistics,
  type StatisticsAsked,
} from '../feedback/statistics.js';
import { statisticsCsv } from '../web/dashboard/csv.js';
import { type Charts, dashboardPage, type Names } from '../web/dashboard/page.js';
import { type Asked, periodOf } from '../web/dashboard/period.js';
import { whyNotAdmin } from './admin.js';
import type { Answer } from './answer.js';
import type { Route } from './exchange.js';
import { pageAnswer, type PageFrame } from './page.js';

export interface DashboardParts {
  /** ADMIN_TOKEN; without one there is no dashboard. */
  readonly adminToken: string | undefined;
  readonly statistics: (asked: StatisticsAsked) => Promise<Statistics>;
  readonly names: Names;
  /** Loaded where there is a dashboard. */
  readonly charts: Charts | undefined;
  readonly clock: () => Date;
  readonly frame: PageFrame;
}

export type DashboardFormat = 'page' | 'json' | 'csv';

export function dashboardRoute(format: DashboardFormat, parts: DashboardParts): Route {
  const { adminToken, clock } = parts;
  return async ({ request }): Promise<Answer> => {
    const refusal = whyNotAdmin(request, adminToken);
    if (refusal !== undefined) return refusal;
    const now = clock();
    const period = periodOf(request.query, now);
    if (!period.ok)
      return { failure: 'invalid-address', problems: [{ path: period.path, message: period.message }] };
    const { asked } = period;
    const found = await parts.statistics({
      from: asked.from,
      until: asked.until,
      now,
      ignoredAfterHours: defaultIgnoredAfterHours,
      smallestGroup: asked.allCells ? 1 : defaultSmallestGroup,
    });
    return answerAs(format, asked, found, parts);
  };
}

function answerAs(
  format: DashboardFormat,
  asked: Asked,
  found: Statistics,
  { names, charts, frame }: DashboardParts,
): Answer {
  const headers = { 'Cache-Control': 'no-store' };
  switch (format) {
    case 'json':
      return { text: JSON.stringify(found), contentType: 'application/json; charset=utf-8', headers };
    case 'csv':
      return {
        text: statisticsCsv(found),
        contentType: 'text/csv; charset=utf-8',
        headers: {
          ...headers,
          'Content-Disposition': `attachment; filename="feedback-${asked.from}-${asked.until}.csv"`,
        },
      };
    case 'page':
      return pageAnswer(dashboardPage({ asked, found, names, charts }), frame);
  }
}
