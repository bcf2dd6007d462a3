/** Shadow mode and the kill switch: nothing rather than something half. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import { everythingLive, modeOf, rolloutSchema, type Rollout } from '../../src/rollout/rollout.js';
import { attentiveApp, type AttentiveApp } from '../support/attentive-app.js';
import { draftOrder } from '../support/hook-answer.js';
import { icd, level, observed, study } from '../support/record.js';

const shown = (rules: readonly string[], patient = 'hash') => ({
  client: 'north',
  service: 'vertebral-fracture-order-select',
  patient,
  records: rules.map((rule) => ({ rules: [rule] })),
});
const rollout = (more: object): Rollout => rolloutSchema.parse(more);

describe('an answer goes out', () => {
  test.each<[string, object, string]>([
    ['as it is when nothing is set', {}, 'live'],
    ['in shadow for a client', { shadow: [{ client: 'north' }] }, 'shadow'],
    ['as it is for another client', { shadow: [{ client: 'south' }] }, 'live'],
    ['in shadow for a service', { shadow: [{ service: 'vertebral-fracture-order-select' }] }, 'shadow'],
    ['in shadow whole, when one of its rules is', { shadow: [{ rule: 'T6' }] }, 'shadow'],
    ['as it is when another rule is', { shadow: [{ rule: 'T3' }] }, 'live'],
    ['in shadow for everybody', { shadow: [{}] }, 'shadow'],
    ['as it is for a share of nobody', { shadow: [{ share: 0 }] }, 'live'],
    ['not at all, when one of its rules is off', { off: [{ rule: '0.1' }] }, 'off'],
    ['not at all, when both are set', { off: [{ rule: '0.1' }], shadow: [{}] }, 'off'],
  ])('%s', (_, set, mode) => {
    expect(modeOf(rollout(set), shown(['0.1', 'T6']))).toBe(mode);
  });

  test('in shadow for a share of the patients, always the same ones', () => {
    const half = rollout({ shadow: [{ share: 0.5 }] });
    const modes = () => Array.from({ length: 1000 }, (_, n) => modeOf(half, shown(['T6'], `patient ${n}`)));
    const shadowed = modes().filter((mode) => mode === 'shadow').length;
    expect(shadowed).toBeGreaterThan(430);
    expect(shadowed).toBeLessThan(570);
    expect(modes()).toEqual(modes());
  });
});

test('switching off nothing in particular, or a share that is none, is refused', () => {
  expect(rolloutSchema.safeParse({ off: [{}] }).success).toBe(false);
  expect(rolloutSchema.safeParse({ shadow: [{ share: 1.5 }] }).success).toBe(false);
  expect(rolloutSchema.safeParse({ shadow: [{ rules: 'T6' }] }).success).toBe(false);
});

describe('over HTTP', () => {
  const resources: readonly FhirResource[] = [
    icd('S32.030A', { onsetDateTime: '2026-11-05' }),
    study('MR', { description: 'MRI lumbar spine' }),
    observed('height-loss-percent', { valueQuantity: { value: 40, unit: '%' } }, level('L3')),
    observed('marrow-oedema', { valueBoolean: true }, level('L3')),
    observed('neurological-deficit', { valueBoolean: false }),
    observed('pain-score', { valueInteger: 8 }),
    observed('conservative-therapy-failed', { valueBoolean: true }),
  ];
  const brace = { orders: [draftOrder('Lumbar brace')] };
  let folder: string;
  let set: Rollout;
  let service: AttentiveApp;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollout-'));
    set = everythingLive;
    service = await attentiveApp(`file:${join(folder, 'x.db')}`, {
      now: () => new Date('2026-11-23T23:59:59Z'),
      rollout: () => set,
    });
  });
  afterEach(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });
  const kept = async () => {
    await service.flush();
    return service.database.tables.selectFrom('cards').select(['rule', 'mode']).execute();
  };

  test('in shadow nobody sees a card, and the card is kept', async () => {
    set = rollout({ shadow: [{ client: 'trial' }] });
    expect(await service.ask(resources, brace)).toEqual([]);
    expect(await kept()).toEqual([{ rule: 'T6', mode: 'shadow' }]);
  });

  test('what ran in shadow counts as never shown', async () => {
    set = rollout({ shadow: [{}] });
    expect(await service.ask(resources, { ...brace, encounterId: 'e1' })).toEqual([]);
    set = everythingLive;
    expect(await service.ask(resources, { ...brace, encounterId: 'e1' })).toHaveLength(1);
  });

  test('a rule is switched off and on without a restart; of what is off nothing is kept', async () => {
    set = rollout({ off: [{ rule: 'T6' }] });
    expect(await service.ask(resources, brace)).toEqual([]);
    expect(await kept()).toEqual([]);
    set = everythingLive;
    expect(await service.ask(resources, brace)).toHaveLength(1);
  });
});
