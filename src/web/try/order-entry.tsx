/** Drafting and signing: a list of orders, a level where one fits, the drafts, the signature. */
import { useState } from 'preact/hooks';
import { type DraftOrder, draftOf, orderables, wordsOf } from './draft-orders.js';

export interface OrderEntryParts {
  readonly patientId: string;
  readonly drafts: readonly DraftOrder[];
  readonly newId: () => string;
  readonly onDraft: (draft: DraftOrder) => void;
  readonly onRemove: (draft: DraftOrder) => void;
  readonly onSign: () => void;
}

const LEVELS = [
  ...Array.from({ length: 12 }, (_, index) => `T${index + 1}`),
  ...Array.from({ length: 5 }, (_, index) => `L${index + 1}`),
];

export function OrderEntry({ patientId, drafts, newId, onDraft, onRemove, onSign }: OrderEntryParts) {
  const [name, choose] = useState(orderables[0]?.name ?? '');
  const [level, setLevel] = useState('');
  return (
    <section aria-label="Orders" class="orders">
      <h2>Orders</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const orderable = orderables.find((one) => one.name === name);
          if (orderable !== undefined)
            onDraft(draftOf(level === '' ? name : `${name} of ${level}`, orderable, patientId, newId()));
        }}
      >
        <label>
          Order
          <select value={name} onChange={(event) => choose(event.currentTarget.value)}>
            {orderables.map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </select>
        </label>
        <label>
          Level
          <select value={level} onChange={(event) => setLevel(event.currentTarget.value)}>
            <option value="">not said</option>
            {LEVELS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <button>Draft order</button>
      </form>
      {drafts.length > 0 && (
        <>
          <ul class="drafts">
            {drafts.map((draft) => (
              <li key={draft.id}>
                {wordsOf(draft)}
                <button type="button" class="secondary outline" onClick={() => onRemove(draft)}>
                  Remove<span class="hidden"> {wordsOf(draft)}</span>
                </button>
              </li>
            ))}
          </ul>
          <button type="button" onClick={onSign}>
            Sign orders
          </button>
        </>
      )}
    </section>
  );
}
