/** Loads the knowledge files once at start and hands them out as typed, read-only values. */
import { readFileSync, readdirSync } from 'node:fs';
import { z } from 'zod';

const here = new URL('./knowledge/', import.meta.url);

function readJson<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  return schema.parse(JSON.parse(readFileSync(new URL(file, here), 'utf8')));
}

const phrases = z.array(z.string().min(1)).readonly();
const phraseRule = z.object({ phrases, unless: phrases.optional() }).readonly();
const valueRules = z.array(phraseRule.unwrap().extend({ value: z.string() })).readonly();

export const lexicon = readJson(
  'lexicon.json',
  z.object({
    observations: z.array(
      phraseRule.unwrap().extend({ finding: z.string(), inverse: z.literal(true).optional() }),
    ),
    neurologicalExamination: z.object({ normal: phraseRule, abnormal: phraseRule }),
    fractureConditions: phraseRule
      .unwrap()
      .extend({ aetiology: valueRules, morphology: valueRules, stability: valueRules }),
    medications: z.array(
      phraseRule.unwrap().extend({
        group: z.enum(['opioid', 'nsaid', 'anticoagulantOrAntiplatelet', 'boneAgent']),
      }),
    ),
    cementOrContrastAllergy: phrases,
    noKnownAllergy: phrases,
    augmentation: z.object({ kyphoplasty: phrases, vertebroplasty: phrases }),
    orders: z.object({
      referral: phrases,
      surgeons: z.object({ spinal: phrases, any: phrases }),
      operations: phrases,
      imaging: phrases,
      boneDensity: phrases,
      brace: phrases,
      physiotherapy: phrases,
      analgesic: phraseRule,
      thoracic: phrases,
      lumbar: phrases,
    }),
    imagingReports: phrases,
    spine: phrases,
    thoracicSpine: phrases,
    lumbarSpine: phrases,
    thoracolumbarSpine: phrases,
    wholeSpine: phrases,
    yes: phrases,
    no: phrases,
  }),
);

export const snomedFractures = readJson(
  'snomed-vertebral-fracture.json',
  z.object({
    concepts: z.array(
      z.object({
        code: z.string(),
        mark: z.enum(['V', 'V2']),
        region: z.enum(['thoracic', 'lumbar', 'unspecified']),
        part: z.literal('not-body').optional(),
        morphology: z.enum(['burst', 'wedge', 'crush', 'collapse', 'compression', 'tricolumnar']).optional(),
        aetiology: z.enum(['osteoporotic', 'malignant', 'pathological', 'fatigue']).optional(),
        cordOrCaudaInjury: z.enum(['yes', 'denied']).optional(),
      }),
    ),
  }),
).concepts;

const phraseLists = <Names extends string>() =>
  z.record(z.string(), phrases).transform((lists) => lists as Record<Names, readonly string[]>);

export const reportSpelling = readJson(
  'report-spelling.json',
  z.object({ forms: z.record(z.string(), phrases), mended: phrases }),
);

export type ReportHeading =
  | 'history'
  | 'technique'
  | 'comparison'
  | 'findings'
  | 'impression'
  | 'addendum'
  | 'recommendation'
  | 'anatomy';

export const reportHeadings = readJson(
  'report-headings.json',
  z.object({ headings: phraseLists<ReportHeading>() }),
);

/** What a phrase of a report may stand for. */
export type ReportConcept =
  | 'nothing'
  | 'otherFracture'
  | 'notTheBody'
  | 'fracture'
  | 'compressedBody'
  | 'wedge'
  | 'wedgeFracture'
  | 'wedgeLoss'
  | 'biconcave'
  | 'biconcaveFracture'
  | 'crush'
  | 'crushFracture'
  | 'vertebraPlana'
  | 'burst'
  | 'pincer'
  | 'chance'
  | 'translation'
  | 'heightLoss'
  | 'heightKept'
  | 'heightRemains'
  | 'height'
  | 'loss'
  | 'discWord'
  | 'maintained'
  | 'genant'
  | 'grade'
  | 'severityMinimal'
  | 'severityMild'
  | 'severityModerate'
  | 'severitySevere'
  | 'severityMildToModerate'
  | 'severityModerateToSevere'
  | 'severityComplete'
  | 'acute'
  | 'subacute'
  | 'chronic'
  | 'healed'
  | 'acuteOnChronic'
  | 'ageIndeterminate'
  | 'oedema'
  | 'oedemaSignal'
  | 'uptake'
  | 'marrowNormal'
  | 'softTissue'
  | 'posteriorWall'
  | 'wallBroken'
  | 'wallIntact'
  | 'bulging'
  | 'retropulsion'
  | 'canal'
  | 'canalNarrowed'
  | 'canalNormal'
  | 'cordCompression'
  | 'cordNormal'
  | 'cord'
  | 'compressing'
  | 'caudaCompression'
  | 'caudaNormal'
  | 'cauda'
  | 'compressWord'
  | 'unstable'
  | 'stableFracture'
  | 'osteoporotic'
  | 'malignant'
  | 'lesionWord'
  | 'traumatic'
  | 'metastaticDisease'
  | 'osteoporosis'
  | 'infection'
  | 'augmentation'
  | 'cementLeak'
  | 'kyphosis'
  | 'normalKyphosis'
  | 'severeDeformity'
  | 'progressed'
  | 'notProgressed'
  | 'noneChanged'
  | 'unchanged'
  | 'since'
  | 'noNew'
  | 'others'
  | 'neighbours'
  | 'both'
  | 'former'
  | 'someOf'
  | 'correction'
  | 'latter'
  | 'respectively'
  | 'it'
  | 'mimic'
  | 'gradeAo'
  | 'gradeTlics'
  | 'gradeSins'
  | 'gradeBilsky'
  | 'transitional';

/** What a phrase may do to the words around it. */
export type ReportContext =
  | 'negation'
  | 'hedgedNegation'
  | 'noNegation'
  | 'negatedBefore'
  | 'doubt'
  | 'doubtBefore'
  | 'either'
  | 'hypothetical'
  | 'history'
  | 'noHistory'
  | 'previously'
  | 'end';

/** Words for the signal of the marrow, which say something only together. */
export type ReportSignal =
  'sequence' | 'bright' | 'dull' | 'signal' | 'marrow' | 'normal' | 'isointense' | 'hot' | 'cold';

/**
 * What takes the certainty from a denial: anywhere in its sentence, or in its part of it; `fracture` takes it from the
 * denial of a fracture alone, `none` only looks like it.
 */
export type ReportTurn = 'none' | 'sentence' | 'part' | 'fracture';

export const reportPhrases = readJson(
  'report-phrases.json',
  z.object({
    concepts: phraseLists<ReportConcept>(),
    context: phraseLists<ReportContext>(),
    turns: phraseLists<ReportTurn>(),
    signals: phraseLists<ReportSignal>(),
  }),
);

const level = z.string().regex(/^(T([1-9]|1[0-2])|L[1-5])$/);

export const icdFractures = readJson(
  'icd-10-cm-vertebral-fracture.json',
  z.object({
    families: z.array(
      z.object({
        prefix: z.string(),
        aetiology: z.enum(['osteoporotic', 'malignant', 'traumatic']).optional(),
        region: z.enum(['thoracic', 'lumbar']).optional(),
        levelDigit: z.record(z.string(), z.array(level)).optional(),
        siteDigit: z
          .record(z.string(), z.enum(['thoracic', 'thoracolumbar', 'lumbar', 'outside']).nullable())
          .optional(),
      }),
    ),
    morphologyDigit: z.record(
      z.string(),
      z.object({ morphology: z.enum(['wedge', 'burst']), stability: z.enum(['stable', 'unstable']) }),
    ),
  }),
);

export const bodyStructures = readJson(
  'body-structures.json',
  z.object({
    vertebrae: z.record(level, z.string()),
    regions: z.record(z.string(), z.enum(['thoracic', 'thoracolumbar', 'lumbar'])),
    wholeSpine: z.array(z.string()),
  }),
);

export const painAnswers: ReadonlyMap<string, number> = new Map(
  Object.entries(
    readJson('pain-answers.json', z.object({ answers: z.record(z.string(), z.number()) })).answers,
  ),
);

/** Of a group of codes: how it was verified, V or V2 (see artifacts/verification.ts). */
const verification = z.object({ url: z.string(), valueCode: z.enum(['V', 'V2']) });

const valueSetSchema = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  copyright: z.string(),
  compose: z.object({
    include: z.array(
      z.object({
        extension: z.array(verification).length(1),
        system: z.string(),
        version: z.string().exactOptional(),
        concept: z.array(z.object({ code: z.string(), display: z.string().exactOptional() })).exactOptional(),
        filter: z
          .array(z.object({ property: z.literal('concept'), op: z.literal('is-a'), value: z.string() }))
          .exactOptional(),
      }),
    ),
  }),
});

/** Every value set of the folder, by id. */
export const valueSetFiles: ReadonlyMap<string, z.infer<typeof valueSetSchema>> = new Map(
  readdirSync(new URL('value-sets/', here))
    .filter((name) => name.endsWith('.json'))
    .map((name) => readJson(`value-sets/${name}`, valueSetSchema))
    .map((set) => [set.id, set]),
);

const outcomeTexts = z.record(z.string(), z.array(z.string()).readonly());

const evidenceFile = z.object({
  sourceNames: z.record(z.string(), z.string()),
  for: outcomeTexts,
  dissent: outcomeTexts,
  risks: z.string(),
  afterCare: z.object({ boneDensity: z.string(), boneAgent: z.string(), visit: z.string() }),
});
export type Evidence = z.infer<typeof evidenceFile>;

const evidence: ReadonlyMap<string, Evidence> = new Map([
  ['en', readJson('evidence.json', evidenceFile)],
  ['el', readJson('evidence.el.json', evidenceFile)],
]);

/** Evidence and its dissent, risks and after-care, as cards cite them in a language. */
export function evidenceIn(language: string): Evidence {
  const file = evidence.get(language);
  if (file === undefined) throw new Error(`no evidence file in the language ${language}`);
  return file;
}

/** Every source that rows, thresholds and cards name, by its id. */
export const sources = readJson(
  'sources.json',
  z.object({
    sources: z.record(
      z.string(),
      z.object({
        kind: z.enum(['article', 'guideline', 'trial', 'policy']),
        year: z.number().int().optional(),
        citation: z.string(),
        strength: z.string().optional(),
        /** V: read in a stored source; V2: in a secondary source only. */
        read: z.enum(['V', 'V2']),
      }),
    ),
  }),
).sources;

const reason = z.object({ code: z.string(), display: z.object({ en: z.string(), el: z.string() }) });
const fitting = reason.extend({ outcomes: z.array(z.string()) });

/** Reasons for overriding a card; those to snooze it say for how many months. */
export const overrideReasons = readJson(
  'override-reasons.json',
  z.object({
    hl7System: z.string(),
    hl7: z.array(reason),
    ownSystem: z.string(),
    own: z.array(fitting),
    snooze: z.array(fitting.extend({ months: z.number() })),
  }),
);
