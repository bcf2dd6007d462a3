/** Which synthetic patient: a few to begin with, and all of them. */
import { useState } from 'preact/hooks';
import type { TryPatient } from './page.js';

export interface PatientChoiceParts {
  readonly patients: readonly TryPatient[];
  readonly isReady: boolean;
  readonly onOpen: (id: string) => void;
}

/** Shown as buttons, when they are there: one for each kind of answer. */
const FIRST: readonly (readonly [string, string])[] = [
  ['t6-l3-wedge-40-percent', 'L3 wedge, 40 %'],
  ['0-1-cauda-equina', 'Cauda equina'],
  ['2-5-retropulsion', 'Retropulsion'],
  ['1-4-no-oedema', 'Healed'],
  ['3-1-not-examined', 'Not examined'],
];

export function PatientChoice({ patients, isReady, onOpen }: PatientChoiceParts) {
  const [chosen, choose] = useState(patients[0]?.id ?? '');
  const first = FIRST.flatMap(([name, label]) => {
    const patient = patients.find((one) => one.name === name);
    return patient === undefined ? [] : [{ ...patient, label }];
  });
  return (
    <div class="choice">
      <div class="first">
        {first.map(({ id, label, why }) => (
          <button
            key={id}
            type="button"
            class="outline"
            title={why}
            disabled={!isReady}
            onClick={() => {
              choose(id);
              onOpen(id);
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onOpen(chosen);
        }}
      >
        <label>
          Patient
          <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
            {patients.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button disabled={!isReady}>Open chart</button>
      </form>
    </div>
  );
}
