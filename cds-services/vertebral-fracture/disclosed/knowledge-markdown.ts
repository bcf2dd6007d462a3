/** The disclosed knowledge as a page of the documentation. */
import type { KnowledgeFile } from './knowledge-file.js';

/** docs/knowledge.md, ready to be formatted and written. */
export function knowledgeMarkdown(knowledge: KnowledgeFile): string {
  const { knowledgeVersion, knowledgeHash, date } = knowledge;
  return [
    '# What the service decides by',
    '<!-- Made by `npm run knowledge:docs` from the knowledge files; edit those. -->',
    `Knowledge version ${knowledgeVersion} of ${date}, content \`${knowledgeHash.slice(0, 12)}\`; every card names both. The same for machines: [knowledge.json](knowledge.json), served at \`/knowledge.json\`; for people with a running service: \`/knowledge\`.`,
    '## Intended use',
    knowledge.intendedUse,
    `**For whom.** ${knowledge.intendedUsers}`,
    `**Patients.** ${knowledge.population}`,
    '**Not for**',
    list(knowledge.exclusions),
    '**Reads**',
    list(knowledge.inputs),
    `**Decides by.** ${knowledge.logic}`,
    '## Limits',
    list(knowledge.limits),
    '## Validation',
    list(knowledge.validation.map(({ what, done }) => `**${what}.** ${done}`)),
    '## Source attributes',
    'The 13 attributes of an evidence-based decision support intervention, 45 CFR 170.315(b)(11).',
    knowledge.sourceAttributes
      .map(({ name, text }, index) => `${index + 1}. **${name}.** ${text}`)
      .join('\n'),
    '## Decision table',
    'Tried from top to bottom; the first row that is true and has an outcome decides. Unknown is never false. The same in CQL: [cql.md](cql.md).',
    table(
      ['row', 'when', 'then', 'sources'],
      knowledge.rows.map(({ id, condition, effect, sources }) => [id, condition, effect, sources.join(', ')]),
    ),
    '## Thresholds',
    'A site may change each of them; its cards then say so.',
    table(
      ['name', 'value', 'unit', 'set by', 'source', 'note'],
      knowledge.thresholds.map(({ name, value, unit, kind, source, note = '' }) => [
        name,
        Array.isArray(value) ? value.join(', ') : String(value),
        unit,
        kind,
        source,
        note,
      ]),
    ),
    '## Sources',
    'Read: V in a stored copy of the source, V2 in a secondary source only.',
    table(
      ['id', 'kind', 'citation', 'strength', 'read'],
      knowledge.sources.map(({ id, kind, citation, strength = '', read }) => [
        id,
        kind,
        citation,
        strength,
        read,
      ]),
    ),
    '## Versions of the knowledge',
    list(knowledge.versions.map(({ version, date: day, changes }) => `**${version}**, ${day}: ${changes}`)),
    'A change of any outcome raises the first number, a change that adds facts or rows without changing outcomes the second, wording the third. What each version decided by is kept (`knowledge/versions/`) and can be run again: [versions.md](versions.md).',
  ].join('\n\n');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
