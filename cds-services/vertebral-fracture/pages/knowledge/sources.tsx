/** Sources by the names the table uses, each a link to its entry. */
import { evidenceIn } from '../../knowledge.js';

const { sourceNames } = evidenceIn('en');

/** Where a source stands on the page. */
export function sourceAnchor(id: string): string {
  return `source-${id.replaceAll(/[^A-Za-z0-9]+/g, '-')}`;
}

export function nameOfSource(id: string): string {
  return sourceNames[id] ?? id;
}

/** @param page where the entries stand, when it is another page */
export function Sources({ ids, page = '' }: { readonly ids: readonly string[]; readonly page?: string }) {
  return (
    <span class="sources">
      {ids.map((id) => (
        <a key={id} href={`${page}#${sourceAnchor(id)}`} title={nameOfSource(id)}>
          {id}
        </a>
      ))}
    </span>
  );
}
