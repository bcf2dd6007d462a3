/** The charts of the dashboard as SVG, drawn on the server: they are there without JavaScript. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Group } from '../../feedback/statistics.js';

const WIDTH = 720;
const percent = '%';

/** Acceptance by week, with the interval it may lie in. Weeks without cards leave a gap. */
export function acceptanceOverTime(weeks: readonly Group[]): string {
  const data = weeks.flatMap(({ name, acceptance }) =>
    acceptance === undefined ? [] : [{ week: new Date(name), ...acceptance }],
  );
  return svg({
    width: WIDTH,
    height: 240,
    marginLeft: 44,
    marginBottom: 44,
    x: { label: null, type: 'utc' },
    y: { label: 'accepted', domain: [0, 1], tickFormat: percent, grid: true },
    ariaLabel: 'Share of cards accepted, week by week',
    marks: [
      Plot.ruleX(data, { x: 'week', y1: 'low', y2: 'high', strokeOpacity: 0.45, strokeWidth: 4 }),
      Plot.lineY(data, { x: 'week', y: 'rate', strokeWidth: 1.5 }),
      Plot.dot(data, { x: 'week', y: 'rate', r: 3.5, fill: 'currentColor' }),
    ],
  });
}

/** A bar for each rule with the interval of its acceptance. */
export function acceptanceByRule(rules: readonly Group[]): string {
  const data = rules.flatMap(({ name, acceptance, shown }) =>
    acceptance === undefined ? [] : [{ rule: name, shown, ...acceptance }],
  );
  return svg({
    width: WIDTH,
    height: 40 + data.length * 26,
    marginLeft: 64,
    marginRight: 56,
    x: { label: null, domain: [0, 1], tickFormat: percent, grid: true, axis: 'top' },
    y: { label: null, domain: data.map(({ rule }) => rule) },
    ariaLabel: 'Share of cards accepted, rule by rule',
    marks: [
      Plot.barX(data, { x: 'rate', y: 'rule', fillOpacity: 0.35, insetTop: 3, insetBottom: 3 }),
      Plot.ruleY(data, { x1: 'low', x2: 'high', y: 'rule', strokeWidth: 2 }),
      Plot.text(data, {
        x: 'high',
        y: 'rule',
        text: ({ rate }: { rate: number }) => `${Math.round(100 * rate)} %`,
        textAnchor: 'start',
        dx: 6,
      }),
    ],
  });
}

function svg(options: Plot.PlotOptions): string {
  const { document } = parseHTML('<html><body></body></html>');
  const plot = Plot.plot({ ...options, document: document });
  // Styles in the picture would need to be allowed one by one: the page styles it.
  for (const style of plot.querySelectorAll('style')) style.remove();
  for (const styled of plot.querySelectorAll('[style]')) styled.removeAttribute('style');
  // The picture has one name; what its parts are called inside is nobody's to hear.
  for (const part of plot.querySelectorAll('g')) {
    part.removeAttribute('aria-label');
    part.removeAttribute('aria-description');
  }
  plot.setAttribute('role', 'img');
  return plot.outerHTML;
}
