import { describe, expect, test } from '@jest/globals';
import { contentsOf } from '../../src/fhir/contents.js';

const condition = { resourceType: 'Condition', id: 'c1' };
const outcome = (issue: unknown) => ({ resourceType: 'OperationOutcome', issue });
const bundle = (resources: readonly unknown[], more: object = {}) => ({
  resourceType: 'Bundle',
  entry: resources.map((resource) => ({ resource })),
  ...more,
});

describe('an OperationOutcome among the entries', () => {
  const rows: readonly [string, unknown, boolean][] = [
    ['of severity error means that something is missing', [{ severity: 'error', code: 'exception' }], false],
    ['of severity fatal means so', [{ severity: 'fatal', code: 'exception' }], false],
    ...['incomplete', 'throttled', 'suppressed', 'timeout', 'too-costly'].map(
      (code): [string, unknown, boolean] => [
        `with the code ${code} means so`,
        [{ severity: 'warning', code }],
        false,
      ],
    ),
    [
      'with one such issue among others means so',
      [
        { severity: 'information', code: 'informational' },
        { severity: 'error', code: 'x' },
      ],
      false,
    ],
    ['without issues may mean so', [], false],
    ['with something else for issues may mean so', 'x', false],
    ['with something else for an issue may mean so', [5], false],
    ['that is a warning is ignored', [{ severity: 'warning', code: 'not-supported' }], true],
    ['that informs is ignored', [{ severity: 'information', code: 'informational' }], true],
  ];
  test.each(rows)('%s', (_, issue, complete) => {
    expect(contentsOf(bundle([outcome(issue), condition]))).toEqual({
      kind: 'resources',
      resources: [condition],
      complete,
    });
    // Alone it decides between a refusal and an honest nothing.
    expect(contentsOf(bundle([outcome(issue)]))).toEqual({ kind: complete ? 'empty' : 'refusal' });
  });
});

describe('a next page', () => {
  const contents = (link: unknown) => contentsOf(bundle([condition], { link }));
  const resources = [condition];

  test('is named', () => {
    const link = [
      { relation: 'self', url: 'a' },
      { relation: 'next', url: 'b' },
    ];
    expect(contents(link)).toEqual({ kind: 'resources', resources, complete: true, next: 'b' });
  });

  test('without an address is out of reach', () => {
    expect(contents([{ relation: 'next' }])).toEqual({ kind: 'resources', resources, complete: false });
  });

  test('may follow an empty one', () => {
    const link = [{ relation: 'next', url: 'b' }];
    expect(contentsOf({ resourceType: 'Bundle', link })).toMatchObject({ resources: [], next: 'b' });
  });

  test.each([[undefined], ['x'], [[5, null]]])('is not in %j', (link) => {
    expect(contents(link)).toEqual({ kind: 'resources', resources, complete: true });
  });
});
