/** Cards in Greek say the same as in English: the same numbers, levels, codes and quotes, and no English left over. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import { textsIn } from '../../../../cds-services/vertebral-fracture/cards/texts/texts.js';
import { evidenceIn, overrideReasons } from '../../../../cds-services/vertebral-fracture/knowledge.js';
import type { Card } from '../../../../src/cds-hooks/card.js';
import { responseSchema } from '../../../../src/cds-hooks/response.js';
import type { Hook } from '../../../../src/cds-hooks/service.js';
import { answerTo, draftOrder } from '../../../support/hook-answer.js';
import { expectedOf, fixtureNames, storedResourcesOf } from '../../../support/synthetic-patients.js';

const ORDERS = ['Kyphoplasty L3', 'Vertebroplasty', 'Lumbar brace'];

const changed = { policy: { kyphoplastyBelowHeightLoss: 69 }, notOffered: ['vertebroplasty' as const] };
const SITES = { en: { language: 'en' as const, ...changed }, el: { language: 'el' as const, ...changed } };

function cardsIn(language: 'en' | 'el', fixture: string, hook: Hook, order: string): readonly Card[] {
  const { patient, asOf } = expectedOf(fixture);
  const draft = draftOrder(order, { subject: { reference: `Patient/${patient.id}` } });
  const { cards } = answerTo(storedResourcesOf(fixture), {
    hook,
    patientId: patient.id,
    asOf: Date.parse(`${asOf}T12:00:00Z`),
    orders: hook === 'patient-view' ? [] : [draft],
    site: SITES[language],
  });
  return cards;
}

/** Every order is chosen for every patient; signed is one of them, by turns. */
const calls = fixtureNames.flatMap((fixture, index) => [
  { fixture, hook: 'patient-view' as const, order: '' },
  ...ORDERS.map((order) => ({ fixture, hook: 'order-select' as const, order })),
  { fixture, hook: 'order-sign' as const, order: ORDERS[index % ORDERS.length] ?? '' },
]);

/** Both answers to every call, made once. */
const answers = calls.map(({ fixture, hook, order }) => ({
  english: cardsIn('en', fixture, hook, order),
  greek: cardsIn('el', fixture, hook, order),
}));

/** Quotes and references, and beside them numbers with their level letter: what a reader acts on. */
function factsIn(text: string): readonly string[] {
  const quotes = text.match(/`[^`]*`/g) ?? [];
  const rest = text.replace(/`[^`]*`|\([0-9a-f]{12}\)/g, ' ');
  return [...quotes, ...(rest.match(/\b[A-Z]?\d+(?:[.,]\d+)*[a-z]?\b/g) ?? [])].sort();
}

describe('every card of every synthetic patient, in Greek', () => {
  test('has the same facts as in English, line by line of its detail', () => {
    let compared = 0;
    for (const { english, greek } of answers) {
      expect(greek.map(({ indicator, extension }) => ({ indicator, extension }))).toEqual(
        english.map(({ indicator, extension }) => ({ indicator, extension })),
      );
      greek.forEach((card, index) => {
        const lines = (one: Card | undefined) => (one?.detail ?? '').split('\n').map(factsIn);
        expect(lines(card)).toEqual(lines(english[index]));
        const known = factsIn(`${english[index]?.summary ?? ''} ${english[index]?.detail ?? ''}`);
        expect(known).toEqual(expect.arrayContaining([...factsIn(card.summary)]));
        compared += 1;
      });
    }
    expect(compared).toBeGreaterThan(500);
  });

  test('fits the standard, and offers the same with the same actions', () => {
    for (const { english, greek } of answers) {
      expect(responseSchema.safeParse({ cards: greek })).toMatchObject({ success: true });
      const kinds = (cards: readonly Card[]) =>
        cards.map(({ suggestions = [] }) =>
          suggestions.map(({ actions = [] }) => actions.map(({ type }) => type)),
        );
      expect(kinds(greek)).toEqual(kinds(english));
    }
  });

  test('holds no English words beside names and quotes', () => {
    // Names of studies, societies, scores, codes and thresholds, and the hash of the knowledge, are the same in every language.
    const names =
      /^(?:MRI|CT|STIR|INR|NRS|SINS|TLICS|ESCC|OF\d?|TA279|Spine-DGOU|x10|[ab]|AO|AIS|ASA|AUC|KAVIAR|FREE|VAPOUR|INVEST|VERTOS|IV|II|NASS|ACR|AAOS|NICE|TA|SIR|CMS|RAND|UCLA|NOMS|DGOU|Spine|Bilsky|Genant|Buchbinder|Perez|Chance|FHIR|PDF|T|L|D|A|B|C|E|T-score|score|x|kyphoplastyBelowHeightLoss|[TLASGR]\d\w*)$/;
    const left = new Set<string>();
    for (const { greek } of answers) {
      for (const { summary, detail = '', source, overrideReasons: reasons = [], suggestions = [] } of greek) {
        const told = [summary, detail, source.label, source.topic?.display ?? ''];
        const offered = [...reasons.map(({ display }) => display), ...suggestions.map(({ label }) => label)];
        const plain = [...told, ...offered].join('\n').replace(/`[^`]*`|\([0-9a-f]{12}\)/g, ' ');
        for (const word of plain.match(/[A-Za-z][A-Za-z-]*\d*\w*/g) ?? [])
          if (!names.test(word)) left.add(word);
      }
    }
    expect([...left]).toEqual([]);
  });
});

describe('no text is forgotten', () => {
  /** Every sentence of a catalogue, functions called with stand-ins. */
  function sentences(value: unknown, path: string): readonly (readonly [string, string])[] {
    if (typeof value === 'string') return [[path, value]];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, member]) => sentences(member, `${path}.${name}`));
  }

  const same = new Set(['.perVolume', '.summary.confirm']);
  test('in the catalogues: every Greek text is there and is not the English one', () => {
    const english = new Map(sentences(textsIn('en'), ''));
    const greek = sentences(textsIn('el'), '');
    expect(greek.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    const untranslated = greek.filter(([path, text]) => text === english.get(path) && !same.has(path));
    expect(untranslated).toEqual([]);
  });

  test('in the evidence: the same statements with the same figures', () => {
    const english = sentences(evidenceIn('en'), '').filter(([path]) => !path.startsWith('.sourceNames'));
    const greek = sentences(evidenceIn('el'), '').filter(([path]) => !path.startsWith('.sourceNames'));
    expect(greek.map(([path, text]) => [path, factsIn(text)])).toEqual(
      english.map(([path, text]) => [path, factsIn(text)]),
    );
    expect(Object.keys(evidenceIn('el').sourceNames)).toEqual(Object.keys(evidenceIn('en').sourceNames));
  });

  test('in the reasons to override', () => {
    const all = [...overrideReasons.hl7, ...overrideReasons.own, ...overrideReasons.snooze];
    for (const { display } of all) expect(display.el).toMatch(/^[\u0370-\u03ff\u1f00-\u1fff\d\s.,:·]+$/);
  });
});

test('a resource of the record is quoted as it is, whatever the language', () => {
  const resources: readonly FhirResource[] = storedResourcesOf('2-2-anticoagulated');
  expect(resources.length).toBeGreaterThan(0);
  const [card] = cardsIn('el', '2-2-anticoagulated', 'order-select', 'Lumbar brace');
  expect(card?.detail).toContain('`Condition/');
});
