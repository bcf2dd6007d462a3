/** The decision table as an event-condition-action rule: the three hooks as events, an action a row. */
import type { PlanDefinition, PlanDefinitionAction } from 'fhir/r4.js';
import { decisionTable } from '../decision/decide.js';
import type { Outcome, Urgency } from '../decision/outcome.js';
import type { Row } from '../decision/row.js';
import { DESCRIPTION, TITLES, USAGE } from '../service.js';
import { activity, type ActivityId } from './activities.js';
import { citationsOf, everySource } from './citations.js';
import { LOGIC_LIBRARY } from './logic-content.js';
import { capabilities, cpgProfiles, metadataOf, pinned } from './metadata.js';
import { outcomeCoding } from './outcome-codes.js';

/** Card indicators as request priorities: the ConceptMap http://cds-hooks.hl7.org/ConceptMap/indicator-to-request-priority (HL7). */
const PRIORITY = { info: 'routine', warning: 'urgent', critical: 'stat' } as const satisfies Readonly<
  Record<Urgency, PlanDefinitionAction['priority']>
>;

const PROPOSALS: Readonly<Record<Outcome, readonly ActivityId[]>> = {
  kyphoplasty: ['kyphoplasty'],
  vertebroplasty: ['vertebroplasty'],
  'kyphoplasty-or-vertebroplasty': ['kyphoplasty', 'vertebroplasty'],
  'surgical-referral': ['spine-surgery-referral'],
  'specialist-review': ['spine-surgery-referral'],
  'insufficient-data': ['spine-imaging'],
  'medical-management': [],
  defer: [],
  'not-applicable': [],
};

export const planDefinition: PlanDefinition = {
  resourceType: 'PlanDefinition',
  meta: {
    profile: cpgProfiles(
      'cpg-shareableplandefinition',
      'cpg-computableplandefinition',
      'cpg-publishableplandefinition',
      'cpg-recommendationdefinition',
    ),
  },
  extension: capabilities('shareable', 'computable', 'publishable'),
  ...metadataOf('PlanDefinition', {
    id: 'vertebral-fracture',
    name: 'VertebralFracture',
    title: 'Vertebral fracture: kyphoplasty, vertebroplasty, surgical referral, or none of these',
    description: DESCRIPTION,
  }),
  type: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/plan-definition-type', code: 'eca-rule' }],
  },
  usage: USAGE,
  relatedArtifact: citationsOf(everySource),
  library: [pinned('Library', LOGIC_LIBRARY)],
  action: [
    {
      id: 'decision',
      title: 'Decide for each fractured vertebra',
      description:
        'Rows are tried from top to bottom. The first that is true and has an outcome decides; the warnings of every true row are kept. A condition may be true, false or unknown, and unknown is never read as false: row 3.1 asks for what blocks.',
      trigger: Object.keys(TITLES).map((name) => ({ type: 'named-event', name })),
      action: decisionTable.map(actionOf),
    },
  ],
};

function actionOf(row: Row): PlanDefinitionAction {
  return {
    id: `row-${row.id}`,
    prefix: row.id,
    title: row.condition,
    documentation: citationsOf(row.sources),
    condition: [
      {
        kind: 'applicability',
        expression: {
          description: row.condition,
          language: 'text/cql-identifier',
          expression: conditionName(row),
          reference: pinned('Library', LOGIC_LIBRARY),
        },
      },
    ],
    ...effectOf(row),
  };
}

/** The CQL definition that says whether a row takes effect; for a deciding row that none before it decides. */
export function conditionName({ id, effect }: Pick<Row, 'id' | 'effect'>): string {
  switch (effect.kind) {
    case 'decide':
      return `Row ${id} decides`;
    case 'warn':
      return `Row ${id} warns`;
    case 'go-on':
      return `Row ${id} holds`;
    default:
      return effect satisfies never;
  }
}

function effectOf({ id, condition, effect, advice }: Row): Partial<PlanDefinitionAction> {
  switch (effect.kind) {
    case 'decide': {
      const { outcome, indicator } = effect;
      return {
        description: advice ?? condition,
        // Where the indicator depends on the case (row 0.4), the plan names the most urgent.
        priority: PRIORITY[typeof indicator === 'string' ? indicator : 'critical'],
        code: [{ coding: [outcomeCoding(outcome)] }],
        ...proposing(id === 'T2' ? [...PROPOSALS[outcome], 'spine-surgery-referral'] : PROPOSALS[outcome]),
      };
    }
    case 'warn':
      return { description: effect.text };
    case 'go-on':
      return { description: 'Goes on to the next rows.' };
    default:
      return effect satisfies never;
  }
}

/** One proposal stands in the action itself; of several, whoever orders chooses. */
function proposing(proposals: readonly ActivityId[]): Partial<PlanDefinitionAction> {
  const [only, ...others] = proposals;
  if (only === undefined) return {};
  if (others.length === 0) return { definitionCanonical: activity(only) };
  return {
    groupingBehavior: 'logical-group',
    selectionBehavior: 'any',
    action: proposals.map((id) => ({ title: id.replaceAll('-', ' '), definitionCanonical: activity(id) })),
  };
}
