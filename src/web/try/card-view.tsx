/** A card as an EHR shows it: its colour in words too, its suggestions as buttons, its reasons to dismiss it. */
import { useState } from 'preact/hooks';
import type { Card, Link, OverrideReason, Suggestion } from '../../cds-hooks/card.js';
import { rendered } from './markdown.js';

export interface Dismissal {
  readonly reason: OverrideReason | undefined;
  readonly comment: string;
}

export interface CardActions {
  readonly onAccept: (card: Card, suggestion: Suggestion) => void;
  readonly onDismiss: (card: Card, dismissal: Dismissal) => void;
  readonly onLaunch: (link: Link) => string;
}

const INDICATORS: Readonly<Record<Card['indicator'], string>> = {
  info: 'Information',
  warning: 'Warning',
  critical: 'Critical',
};

export function CardView({ card, actions }: { readonly card: Card; readonly actions: CardActions }) {
  const { summary, detail, indicator, source, suggestions = [], links = [], selectionBehavior } = card;
  return (
    <article class={`card ${indicator}`} aria-label={`${INDICATORS[indicator]}: ${summary}`}>
      <header>
        <span class={`badge ${indicator}`}>{INDICATORS[indicator]}</span> <strong>{summary}</strong>
      </header>
      {suggestions.length > 0 && (
        <div class="suggestions">
          {suggestions.map((suggestion) => (
            <button
              key={suggestion.uuid}
              type="button"
              class={suggestion.isRecommended === true ? '' : 'outline'}
              onClick={() => actions.onAccept(card, suggestion)}
            >
              {suggestion.label}
            </button>
          ))}
          {selectionBehavior === 'at-most-one' && suggestions.length > 1 && (
            <small class="soft">one of them at most</small>
          )}
        </div>
      )}
      {detail !== undefined && <Detail text={detail} />}
      {links.length > 0 && (
        <p class="links">
          {links.map((link) => (
            <a key={link.url} href={actions.onLaunch(link)} target="_blank" rel="noopener">
              {link.label}
            </a>
          ))}
        </p>
      )}
      <Dismiss card={card} onDismiss={actions.onDismiss} />
      <footer class="soft">
        <small>
          {source.label}
          {source.topic !== undefined && ` · ${source.topic.display ?? source.topic.code}`}
        </small>
      </footer>
    </article>
  );
}

/** What to do in a paragraph; what it was made from on demand. */
function Detail({ text }: { readonly text: string }) {
  const [first = '', ...others] = text.split('\n\n');
  return (
    <>
      <div class="detail" dangerouslySetInnerHTML={{ __html: rendered(first) }} />
      {others.length > 0 && (
        <details>
          <summary>Why, and what it was made from</summary>
          <div class="detail" dangerouslySetInnerHTML={{ __html: rendered(others.join('\n\n')) }} />
        </details>
      )}
    </>
  );
}

function Dismiss({ card, onDismiss }: { readonly card: Card; readonly onDismiss: CardActions['onDismiss'] }) {
  const { overrideReasons = [] } = card;
  const [chosen, choose] = useState('');
  const [comment, write] = useState('');
  return (
    <form
      class="dismiss"
      onSubmit={(event) => {
        event.preventDefault();
        onDismiss(card, { reason: overrideReasons.find(({ code }) => code === chosen), comment });
      }}
    >
      <label>
        Reason
        <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">none given</option>
          {overrideReasons.map(({ code, display }) => (
            <option key={code} value={code}>
              {display}
            </option>
          ))}
        </select>
      </label>
      <label>
        Comment
        <input value={comment} maxLength={500} onInput={(event) => write(event.currentTarget.value)} />
      </label>
      <button class="secondary outline">Dismiss</button>
    </form>
  );
}
