/** What if a finding were otherwise: the same table, run in the browser; marked as hypothetical, never sent anywhere. */
import { useState } from 'preact/hooks';
import { textsIn } from '../../../cards/texts/texts.js';
import { capitalised, valueText, whereText } from '../../../cards/wording.js';
import { catalogue, fractureFindingNames, patientFindingNames } from '../../../findings/catalogue.js';
import type { Finding, FindingName } from '../../../findings/finding.js';
import type { Interval } from '../../../findings/interval.js';
import type { WhatIfData } from '../what-if-data.js';
import { outcomeIf, type Supposed, type Suppositions, UNKNOWN } from './hypothesis.js';

const t = textsIn('en');

const AS_RECORDED = 'as-recorded';

type AnyFinding = Finding<boolean | string | Interval>;

export function WhatIf({ data }: { readonly data: WhatIfData }) {
  const { fractures, patientFindings } = data.record;
  const [index, chooseFracture] = useState(0);
  const [suppositions, suppose] = useState<Suppositions>({});
  const recorded = outcomeIf(data, index, {});
  const hypothetical = outcomeIf(data, index, suppositions);
  if (recorded === undefined || hypothetical === undefined) return null;
  const { fracture } = recorded;
  const known: Readonly<Partial<Record<FindingName, AnyFinding>>> = {
    ...fracture.findings,
    ...patientFindings,
  };
  const count = Object.keys(suppositions).length;
  const set = (name: FindingName, value: Supposed | undefined) => {
    const others = Object.entries(suppositions).filter(([other]) => other !== name);
    suppose(Object.fromEntries(value === undefined ? others : [...others, [name, value]]));
  };
  const controls = (names: readonly FindingName[]) =>
    names.map((name) => (
      <Control
        key={`${index} ${name}`}
        name={name}
        recorded={known[name]}
        supposed={suppositions[name]}
        onSet={set}
      />
    ));
  return (
    <form class="what-if" onSubmit={(event) => event.preventDefault()}>
      <h2>What if</h2>
      <p class="soft">
        Suppose a finding were otherwise and see at once what the same table would say. Hypothetical: nothing
        is recorded, sent or kept.
      </p>
      {fractures.length > 1 && (
        <label>
          Fracture
          <select
            value={index}
            onChange={(event) => {
              chooseFracture(Number(event.currentTarget.value));
              suppose({});
            }}
          >
            {fractures.map((one, at) => (
              <option key={at} value={at}>
                {whereText([one], t)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="compared" aria-live="polite">
        <p>
          As recorded: <strong>{t.outcomes[recorded.outcome]}</strong> <small>row {recorded.rule}</small>
        </p>
        <p class={count === 0 ? 'soft' : 'hypothetical'}>
          <span class="badge warning">hypothetical</span>{' '}
          {count === 0 ? (
            'nothing supposed yet'
          ) : (
            <>
              <strong>{t.outcomes[hypothetical.outcome]}</strong> <small>row {hypothetical.rule}</small>
              {hypothetical.outcome === recorded.outcome ? ' (no change)' : ' (changed)'}
            </>
          )}
        </p>
        <button type="button" class="secondary outline" disabled={count === 0} onClick={() => suppose({})}>
          Reset
        </button>
      </div>
      <details open>
        <summary>Findings at {whereText([fracture], t)}</summary>
        <div class="controls">{controls(fractureFindingNames)}</div>
      </details>
      <details>
        <summary>Findings of the patient</summary>
        <div class="controls">{controls(patientFindingNames)}</div>
      </details>
    </form>
  );
}

interface ControlParts {
  readonly name: FindingName;
  readonly recorded: AnyFinding | undefined;
  readonly supposed: Supposed | undefined;
  /** Without a value it is as recorded again. */
  readonly onSet: (name: FindingName, value: Supposed | undefined) => void;
}

function Control({ name, recorded, supposed, onSet }: ControlParts) {
  const { value: kind } = catalogue[name];
  const asRecorded = recorded === undefined ? 'not known' : valueText(name, recorded, t);
  return (
    <label class={supposed === undefined ? '' : 'supposed'}>
      {capitalised(t.findings[name])}
      {kind.kind === 'quantity' ? (
        <input
          type="number"
          min={kind.least}
          max={kind.most}
          step="any"
          placeholder={asRecorded}
          value={typeof supposed === 'number' ? supposed : ''}
          onInput={(event) => {
            const { value, valueAsNumber, validity } = event.currentTarget;
            if (value === '') onSet(name, undefined);
            else if (validity.valid) onSet(name, valueAsNumber);
          }}
        />
      ) : (
        <select
          value={supposed === undefined ? AS_RECORDED : String(supposed)}
          onChange={(event) => onSet(name, supposedIn(event.currentTarget.value))}
        >
          <option value={AS_RECORDED}>as recorded: {asRecorded}</option>
          {optionsOf(kind).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
          {recorded !== undefined && <option value={UNKNOWN}>not known</option>}
        </select>
      )}
    </label>
  );
}

type NamedKind = Exclude<(typeof catalogue)[FindingName]['value'], { readonly kind: 'quantity' }>;

function optionsOf(kind: NamedKind): readonly (readonly [string, string])[] {
  switch (kind.kind) {
    case 'yes-no':
      return [
        ['true', t.yes],
        ['false', t.no],
      ];
    case 'choice':
      return kind.choices.map((choice) => [
        choice,
        choice in t.values ? t.values[choice as keyof typeof t.values] : choice,
      ]);
    default:
      return kind satisfies never;
  }
}

function supposedIn(value: string): Supposed | undefined {
  switch (value) {
    case AS_RECORDED:
      return undefined;
    case 'true':
      return true;
    case 'false':
      return false;
    default:
      return value;
  }
}
