/** The interface as OpenAPI 3.1: every route for programmes, with the very schemas that requests and answers are checked by. */
import { z } from 'zod';
import { discoverySchema } from '../cds-hooks/discovery.js';
import { feedbackRequestSchema } from '../cds-hooks/feedback.js';
import { requestSchemas } from '../cds-hooks/request.js';
import { responseSchema } from '../cds-hooks/response.js';
import type { CdsService } from '../cds-hooks/service.js';
import type { Product } from '../operations/product.js';
import { statusOf } from './failure.js';

export interface OpenApiParts {
  readonly product: Product;
  readonly publicUrl: string;
  readonly services: readonly Pick<CdsService, 'id' | 'hook' | 'title'>[];
  /** Whether anybody may call: a trial. */
  readonly isTrial: boolean;
}

/** Built once at start. */
export function openApi({ product, publicUrl, services, isTrial }: OpenApiParts): object {
  const secured = isTrial ? {} : { security: [{ cdsHooksToken: [] }] };
  return {
    openapi: '3.1.0',
    info: {
      title: product.name,
      version: product.version,
      description: 'A CDS Hooks 2.0.1 service for vertebral fractures.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    paths: {
      '/cds-services': {
        get: {
          operationId: 'discovery',
          summary: 'The services and the data they ask for',
          ...secured,
          responses: { 200: json('The services', 'Discovery'), ...refusals([401, 429]) },
        },
      },
      ...Object.fromEntries(services.flatMap((service) => pathsOf(service, secured))),
      '/fhir/metadata': fhir('metadata', 'What can be read of the published knowledge'),
      ...Object.fromEntries(
        publishedTypes.map((type) => [`/fhir/${type}`, fhir(type, `Published ${type} resources`)]),
      ),
      '/knowledge.json': {
        get: {
          operationId: 'knowledge',
          summary: 'What is disclosed of the knowledge: use, limits, validation, rows, thresholds, sources',
          responses: {
            200: {
              description: 'The knowledge',
              content: { 'application/json': { schema: { type: 'object' } } },
            },
          },
        },
      },
      '/health/live': health('Whether the process runs'),
      '/health/ready': health('Whether it takes calls'),
      '/metrics': {
        get: {
          operationId: 'metrics',
          summary: 'Figures in the format of Prometheus',
          responses: {
            200: { description: 'Figures', content: { 'text/plain': { schema: { type: 'string' } } } },
          },
        },
      },
    },
    components: {
      schemas: {
        Discovery: schemaOf(discoverySchema, 'output'),
        Response: schemaOf(responseSchema, 'output'),
        Feedback: schemaOf(feedbackRequestSchema, 'input'),
        ...Object.fromEntries(
          services.map(({ hook }) => [nameOf(hook), schemaOf(requestSchemas[hook], 'input')]),
        ),
        OperationOutcome: OPERATION_OUTCOME,
      },
      securitySchemes: { cdsHooksToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function pathsOf(
  { id, hook, title }: OpenApiParts['services'][number],
  secured: object,
): readonly (readonly [string, object])[] {
  const call = {
    post: {
      operationId: hook,
      summary: title,
      ...secured,
      requestBody: body(nameOf(hook)),
      responses: {
        200: json('Cards; none when there is nothing to say', 'Response'),
        ...refusals([400, 401, 412, 413, 415, 429, 500]),
      },
    },
  };
  const feedback = {
    post: {
      operationId: `${hook}-feedback`,
      summary: `What became of its cards: ${title}`,
      ...secured,
      requestBody: body('Feedback'),
      responses: {
        200: { description: 'Stored', content: { 'application/json': { schema: { type: 'object' } } } },
        ...refusals([400, 401, 413, 415, 429, 503]),
      },
    },
  };
  return [[`/cds-services/${id}`, call] as const, [`/cds-services/${id}/feedback`, feedback] as const];
}

function health(summary: string): object {
  return {
    get: {
      summary,
      responses: {
        200: { description: 'Yes', content: { 'application/json': { schema: { type: 'object' } } } },
        ...refusals([503]),
      },
    },
  };
}

/** Searched by url, version, name and status; one is read by its id. */
const publishedTypes = [
  'ActivityDefinition',
  'CodeSystem',
  'Library',
  'PlanDefinition',
  'StructureDefinition',
  'ValueSet',
];

function fhir(operationId: string, summary: string): object {
  return {
    get: {
      operationId: `fhir-${operationId}`,
      summary,
      responses: {
        200: { description: 'FHIR R4', content: { 'application/fhir+json': { schema: { type: 'object' } } } },
        ...refusals([400]),
      },
    },
  };
}

/** `PatientViewRequest` for `patient-view`. */
function nameOf(hook: string): string {
  const words = hook.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Request`;
}

function body(schema: string): object {
  const content = { schema: { $ref: `#/components/schemas/${schema}` } };
  return { required: true, content: { 'application/json': content, 'application/fhir+json': content } };
}

function json(description: string, schema: string): object {
  return {
    description,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
  };
}

function refusals(statuses: readonly number[]): object {
  return Object.fromEntries(
    statuses.map((status) => [status, json(MEANINGS[status] ?? 'Refused', 'OperationOutcome')]),
  );
}

const MEANINGS: Readonly<Partial<Record<number, string>>> = {
  [statusOf({ failure: 'invalid-request' })]: 'The body is not what the standard has',
  [statusOf({ failure: 'unauthenticated' })]: 'No token, or not one of a registered client',
  [statusOf({ failure: 'data-unavailable' })]: 'Required data was neither sent nor readable',
  [statusOf({ failure: 'too-large' })]: 'Too large',
  [statusOf({ failure: 'wrong-media-type' })]: 'Not JSON',
  [statusOf({ failure: 'too-many-calls' })]: 'Too many calls; Retry-After says when',
  [statusOf({ failure: 'internal' })]: 'A mistake of this service',
  [statusOf({ failure: 'not-ready' })]: 'Not now',
};

/** What zod checks with code of its own is anything to a schema. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return $schema === undefined ? {} : rest;
}

const OPERATION_OUTCOME = {
  type: 'object',
  required: ['resourceType', 'issue'],
  properties: {
    resourceType: { const: 'OperationOutcome' },
    issue: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['severity', 'code'],
        properties: {
          severity: { enum: ['error', 'fatal', 'warning', 'information'] },
          code: { type: 'string' },
          details: { type: 'object', properties: { text: { type: 'string' } } },
          diagnostics: { type: 'string' },
          expression: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
};
