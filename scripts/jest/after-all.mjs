/** Ends what scripts/build-for-tests.mjs has started. */
export default () => globalThis.endPostgres?.();
