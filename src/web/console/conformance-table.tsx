/** The conformance statement as a table, and its sum. */
import type { ConformanceState, ConformanceStatement } from './conformance.js';

const NAMES: Readonly<Record<ConformanceState, string>> = {
  passed: 'passed',
  failed: 'failed',
  'not-run': 'not run',
  'by-operation': 'in operation',
};
const LOOKS: Readonly<Record<ConformanceState, string>> = {
  passed: 'badge good',
  failed: 'badge critical',
  'not-run': 'badge',
  'by-operation': 'badge',
};

export function ConformanceTotals({ statement }: { readonly statement: ConformanceStatement }) {
  const count = (state: ConformanceState) => statement.lines.filter((line) => line.state === state).length;
  return (
    <p>
      {statement.lines.length} lines of {statement.standard}: {count('passed')} passed, {count('failed')}{' '}
      failed, {count('not-run')} not run, {count('by-operation')} seen in operation only.{' '}
      <RunOf statement={statement} />
    </p>
  );
}

function RunOf({ statement: { run } }: { readonly statement: ConformanceStatement }) {
  if (run === undefined)
    return (
      <>
        This installation holds no test run; <code>npm test</code> makes one, and a release brings its own.
      </>
    );
  return (
    <>
      From the test run of version {run.version} at {run.at.slice(0, 16).replace('T', ' ')} UTC on Node{' '}
      {run.node}.
    </>
  );
}

export function ConformanceTable({ statement }: { readonly statement: ConformanceStatement }) {
  return (
    <div class="scroll" role="region" aria-label="Conformance" tabIndex={0}>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">line</th>
            <th scope="col">requirement</th>
            <th scope="col">state</th>
          </tr>
        </thead>
        <tbody>
          {statement.lines.map(({ id, strength, requirement, note, state }) => (
            <tr key={id}>
              <th scope="row">{id}</th>
              <td>
                {strength === 'own' ? requirement : `${strength}: ${requirement}`}
                {note !== undefined && <small>{note}</small>}
              </td>
              <td>
                <span class={LOOKS[state]}>{NAMES[state]}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
