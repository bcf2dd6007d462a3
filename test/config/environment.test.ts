import { describe, expect, test } from '@jest/globals';
import { readEnvironment } from '../../src/config/environment.js';

test('an empty environment gives the defaults', () => {
  const expected = {
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: 'file:./data/vertebral-cds.db',
    logLevel: 'info',
    isProduction: false,
    workers: 1,
  };
  expect(readEnvironment({})).toEqual({ ok: true, environment: expected });
  expect(readEnvironment({ PORT: '', AUTH: '', NODE_ENV: '', DATABASE_URL: undefined })).toEqual({
    ok: true,
    environment: expected,
  });
});

test('every variable is read', () => {
  const env = {
    PORT: '8080',
    HOST: '::1',
    PUBLIC_URL: 'https://cds.example.org/',
    DATABASE_URL: 'file:/var/lib/x.db',
    CONFIG_FILE: 'site.json',
    LOG_LEVEL: 'silent',
    AUTH: 'required',
    NODE_ENV: 'production',
    WORKERS: '4',
  };
  expect(readEnvironment(env)).toEqual({
    ok: true,
    environment: {
      port: 8080,
      host: '::1',
      publicUrl: 'https://cds.example.org',
      databaseUrl: 'file:/var/lib/x.db',
      configFile: 'site.json',
      logLevel: 'silent',
      auth: 'required',
      isProduction: true,
      workers: 4,
    },
  });
});

describe('the start is refused in one line that names the variable', () => {
  const rows: readonly [string, string][] = [
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'cds.example.org'],
    ['PUBLIC_URL', 'ftp://cds.example.org'],
    ['DATABASE_URL', 'postgres://db'],
    ['DATABASE_URL', 'postgresql:db/x'],
    ['DATABASE_URL', './x.db'],
    ['DATABASE_URL', 'file:'],
    ['DATABASE_URL', 'file://host/x.db'],
    ['LOG_LEVEL', 'loud'],
    ['AUTH', 'maybe'],
    ['WORKERS', '0'],
    ['WORKERS', '-1'],
    ['WORKERS', 'two'],
    ['WORKERS', '100'],
  ];
  test.each(rows)('%s=%s', (name, value) => {
    const reading = readEnvironment({ [name]: value });
    expect(reading).toEqual({ ok: false, problem: expect.stringMatching(new RegExp(`^${name} [^\n]+$`)) });
  });
});
