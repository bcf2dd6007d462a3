/** Which rows were tried, what became of each, and which decided. */
import type { FractureAssessment } from '../../decision/assess.js';
import { decisionTable } from '../../decision/decide.js';
import type { Truth } from '../../decision/three-valued.js';
import { Sources } from '../knowledge/sources.js';

const RESULTS: Readonly<Record<Truth, readonly [string, string]>> = {
  true: ['true', 'badge good'],
  false: ['not so', 'badge'],
  unknown: ['unknown', 'badge warning'],
};

export function DecisionPath({ assessed }: { readonly assessed: FractureAssessment }) {
  const { trace, rule } = assessed;
  const decidedAt = trace.findIndex((entry) => entry.rule === rule);
  return (
    <details class="path">
      <summary>
        Decision path: {decidedAt + 1} rows tried, row {rule} decided
      </summary>
      <div class="scroll" role="region" aria-label="Decision path" tabIndex={0}>
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">row</th>
              <th scope="col">when</th>
              <th scope="col">here</th>
              <th scope="col">by</th>
            </tr>
          </thead>
          <tbody>
            {trace.map(({ rule: id, result }, index) => {
              const row = decisionTable.find((one) => one.id === id);
              return (
                <tr key={id} class={index === decidedAt ? 'deciding' : index > decidedAt ? 'after' : ''}>
                  <th scope="row">
                    <a href={`/knowledge#row-${id}`}>{id}</a>
                  </th>
                  <td>{row?.condition}</td>
                  <td>
                    <span class={RESULTS[result][1]}>{RESULTS[result][0]}</span>
                    {index === decidedAt && <strong> decided</strong>}
                    {index > decidedAt && <small>not needed any more</small>}
                  </td>
                  <td>
                    <Sources ids={row?.sources ?? []} page="/knowledge" />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}
