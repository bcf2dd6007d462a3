import { bundledPackages } from './scripts/jest/packages.mjs';

export default {
  testEnvironment: 'node',
  // By default one core is left free; a test run has nothing to leave it for.
  maxWorkers: '100%',
  // Far more than any test takes: what is promised of time is measured in the tests, whatever else the machine does.
  testTimeout: 30_000,
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  globalSetup: '<rootDir>/scripts/build-for-tests.mjs',
  globalTeardown: '<rootDir>/scripts/jest/after-all.mjs',
  reporters: ['default', '<rootDir>/scripts/conformance-reporter.mjs'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // TypeScript names its imports .js; a package names one .xml.js.
  moduleNameMapper: { '^(\\.{1,2}/.*)(?<!\\.xml)\\.js$': '$1', ...bundledPackages },
  // Looked for in this order.
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2022',
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
