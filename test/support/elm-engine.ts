/** The published decision as another engine runs it: CQL translated to ELM, executed by cql-execution over FHIR. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Bundle } from 'fhir/r4.js';
import type { Policy, PolicyName } from '../../cds-services/vertebral-fracture/policy.js';

export const cqlPath = fileURLToPath(
  new URL('../../cds-services/vertebral-fracture/cql/VertebralFractureDecision.cql', import.meta.url),
);

/** An expression of ELM, as JSON. */
export interface ElmNode {
  type: string;
  operand?: ElmNode | ElmNode[];
  [more: string]: unknown;
}
export interface Elm {
  library: {
    identifier: { id: string; version: string };
    parameters: { def: { name: string; default?: ElmNode }[] };
    statements: { def: { name: string; expression: ElmNode; type?: string }[] };
  };
}

/**
 * As it is shipped: translated by the build, which tests begin with. Without the places in the CQL and the names that the
 * engine would keep a result under for each expression.
 */
export function shippedElm(): Elm {
  const built = new URL('../../dist/cds-services/vertebral-fracture/cql/', import.meta.url);
  const read = (name: string) => readFileSync(new URL(name, built), 'utf8');
  if (read('VertebralFractureDecision.cql') !== readFileSync(cqlPath, 'utf8'))
    throw new Error('dist/ holds the ELM of another CQL: run npm run build');
  return JSON.parse(read('VertebralFractureDecision.elm.json'), (name, value: unknown) =>
    name === 'localId' || name === 'locator' || name === 'annotation' ? undefined : value,
  ) as Elm;
}

/** What ELM answers, by the name of its definitions; `null` is unknown. */
export type ElmAnswer = Readonly<Record<string, unknown>>;

/** What is asked: one fracture (the only one, unless named) of the findings in a Bundle. */
export interface ElmQuestion {
  readonly bundle: Bundle;
  readonly asOf: string;
  readonly fracture?: string;
  /** Thresholds that differ from those in the library. */
  readonly policy?: Partial<Policy>;
}

export interface ElmEngine {
  /** The answers, in the order of the questions. Ask again when they have come. */
  readonly answers: (elm: Elm, questions: readonly ElmQuestion[]) => Promise<readonly ElmAnswer[]>;
  readonly stop: () => void;
}

/** A process that answers until it is stopped. */
export function startElmEngine(): ElmEngine {
  const runner = fileURLToPath(new URL('elm-runner.mjs', import.meta.url));
  const child = spawn(process.execPath, ['--max-semi-space-size=64', runner], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity })[Symbol.asyncIterator]();
  return {
    answers: async (elm, questions) => {
      const asked = questions.map(({ policy = {}, ...question }) => ({
        ...question,
        parameters: parametersOf(policy),
      }));
      child.stdin.write(`${JSON.stringify({ elm, questions: asked })}\n`);
      const line: IteratorResult<string, undefined> = await lines.next();
      if (line.value === undefined) throw new Error('the engine ended without an answer: see above');
      return JSON.parse(line.value) as readonly ElmAnswer[];
    },
    stop: () => child.stdin.end(),
  };
}

/** Names of the parameters, by the thresholds they stand for. */
export const parameterNames: Readonly<Partial<Record<PolicyName, string>>> = {
  kyphoplastyBelowHeightLoss: 'Kyphoplasty below height loss',
  vertebroplastyAboveHeightLoss: 'Vertebroplasty above height loss',
  smallHeightLossUpTo: 'Small height loss up to',
  severePainInpatient: 'Severe pain inpatient',
  severePainOutpatient: 'Severe pain outpatient',
  asymptomaticPainUpTo: 'Asymptomatic pain up to',
  malignantPainAbove: 'Malignant pain above',
  malignantHeightLossBelow: 'Malignant height loss below',
  acuteBelowDays: 'Acute below days',
  subacuteUpToDays: 'Subacute up to days',
  severeDeformityKyphosis: 'Severe deformity kyphosis',
  kyphosisFrom: 'Kyphosis from',
  collapseRiskTScoreBelow: 'Collapse risk T-score below',
  collapseRiskLevels: 'Collapse risk levels',
  inrDeferAbove: 'INR defer above',
  inrManageFrom: 'INR manage from',
  plateletsDeferBelow: 'Platelets defer below',
  levelsPerProcedure: 'Levels per procedure',
  sinsUnstableFrom: 'SINS unstable from',
  sinsSpecialistFrom: 'SINS specialist from',
  highGradeEpiduralCompression: 'High-grade epidural compression',
  pregnancyAskedFromYears: 'Pregnancy asked from years',
  pregnancyAskedUpToYears: 'Pregnancy asked up to years',
  adultFromYears: 'Adult from years',
};

function parametersOf(policy: Partial<Policy>): Readonly<Record<string, unknown>> {
  const named = Object.entries(policy) as [PolicyName, Policy[PolicyName]][];
  return Object.fromEntries(
    named.flatMap(([name, value]) => {
      const parameter = parameterNames[name];
      return parameter === undefined ? [] : [[parameter, value]];
    }),
  );
}
