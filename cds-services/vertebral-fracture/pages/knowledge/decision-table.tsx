/** The decision table, row by row, as it is run. */
import { textsIn } from '../../cards/texts/texts.js';
import { tier0, tier1, tier2, tier3 } from '../../decision/safety-rows.js';
import { techniqueRows } from '../../decision/technique-rows.js';
import type { Effect, Row } from '../../decision/row.js';
import { Sources } from './sources.js';

const { outcomeLabels } = textsIn('en');

const TIERS: readonly (readonly [string, string, readonly Row[]])[] = [
  ['0', 'Dangers that end the search at once', tier0],
  ['1', 'Reasons not to treat this fracture with cement, or not now', tier1],
  ['2', 'Contraindications and risks', tier2],
  ['3', 'Is everything known that decides, and is the pain severe despite therapy', tier3],
  ['T', 'Which procedure', techniqueRows],
];

export function DecisionTable() {
  return (
    <section id="table">
      <h2>Decision table</h2>
      <p>
        Rows run from top to bottom, once for each fractured vertebra. The first row that is true and has an
        outcome decides; warnings of every true row are kept. A fact that is unknown makes a row neither true
        nor false: where it could hide a danger, row 3.1 asks for it.
      </p>
      {TIERS.map(([tier, name, rows]) => (
        <Tier key={tier} name={name} rows={rows} />
      ))}
    </section>
  );
}

function Tier({ name, rows }: { readonly name: string; readonly rows: readonly Row[] }) {
  return (
    <>
      <h3>{name}</h3>
      <div class="scroll" role="region" aria-label={name} tabIndex={0}>
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">row</th>
              <th scope="col">when</th>
              <th scope="col">then</th>
              <th scope="col">by</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} id={`row-${row.id}`}>
                <th scope="row">{row.id}</th>
                <td>{row.condition}</td>
                <td>
                  <Then row={row} />
                </td>
                <td>
                  <Sources ids={row.sources} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Then({ row: { effect, advice } }: { readonly row: Row }) {
  return (
    <>
      <Verdict effect={effect} />
      {advice !== undefined && <small>{advice}</small>}
    </>
  );
}

function Verdict({ effect }: { readonly effect: Effect }) {
  switch (effect.kind) {
    case 'decide':
      return (
        <>
          <strong>{outcomeLabels[effect.outcome]}</strong>{' '}
          {typeof effect.indicator === 'string' ? (
            <span class={`badge ${effect.indicator}`}>{effect.indicator}</span>
          ) : (
            <span class="badge critical">warning or critical</span>
          )}
        </>
      );
    case 'warn':
      return <>Warn and go on: {effect.text}</>;
    case 'go-on':
      return <>Go on to the technique rows</>;
    default:
      return effect satisfies never;
  }
}
