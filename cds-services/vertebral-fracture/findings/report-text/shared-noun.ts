/** "Moderate T12 and mild L2 compression deformities": the noun in the plural belongs to the vertebrae before the last one too. */
import type { Mention } from './levels.js';
import type { Cue } from './phrases.js';
import type { SaidStatus } from './said.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const ADJECTIVES = words(`
  mild moderate severe marked minimal slight acute chronic old subacute healed osteoporotic a an the
  anterior and , new recent remote wedge compression superior inferior upper lower endplate vertebral body crush
  biconcave burst insufficiency central
`);

export function sharedNoun(sentence: ReadSentence, cue: Cue): readonly SaidStatus[] {
  const own = sentence.ownerAt(cue.from);
  const isPlural = sentence.tokens[cue.to - 1]?.plural === true;
  const { denied, doubtful } = sentence.contextAt(cue.from);
  if (!isPlural || own.kind !== 'mention' || own.mention.to > cue.from || denied !== 'no') return [];
  return rowBefore(sentence, own.mention).map((mention) => ({
    kind: 'status',
    status: doubtful ? 'possible' : 'present',
    quote: { from: mention.from, to: cue.to },
    owner: { kind: 'mention', mention },
  }));
}

/** The vertebrae before it, as long as nothing but adjectives stands between each and the next. */
function rowBefore(sentence: ReadSentence, last: Mention): readonly Mention[] {
  const row: Mention[] = [];
  let next = last;
  for (let index = sentence.mentions.indexOf(last) - 1; index >= 0; index -= 1) {
    const mention = sentence.mentions[index];
    if (mention?.kind !== 'vertebrae' || !isJoined(sentence, mention, next)) return row;
    row.unshift(mention);
    next = mention;
  }
  return row;
}

function isJoined({ wordAt }: ReadSentence, mention: Mention, next: Mention): boolean {
  for (let at = mention.to; at < next.from; at += 1) if (!ADJECTIVES.has(wordAt(at))) return false;
  return true;
}
