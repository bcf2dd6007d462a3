/** The import rules of the house; see docs/architecture.md. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'server-knows-no-medicine',
      comment: 'Only the composition root and the commands reach the services, and only through their index.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(start-process\\.ts$|cli/)' },
      to: { path: '^cds-services/' },
    },
    {
      name: 'services-through-their-index',
      severity: 'error',
      from: { path: '^src/(start-process\\.ts$|cli/)' },
      to: { path: '^cds-services/', pathNot: '^cds-services/index\\.ts$' },
    },
    {
      name: 'services-know-no-server',
      comment:
        'The medicine knows the types of the CDS Hooks standard, and its pages the frame of all pages; nothing else of the server.',
      severity: 'error',
      from: { path: '^cds-services/' },
      to: { path: '^src/', pathNot: '^src/(cds-hooks|web/page)/' },
    },
    {
      name: 'the-standard-stands-alone',
      severity: 'error',
      from: { path: '^src/cds-hooks/' },
      to: { path: '^(src/(?!cds-hooks/)|cds-services/)' },
    },
    {
      name: 'pure-rooms-do-no-io',
      comment: 'Decision and cards are functions of plain data: no I/O, no clock, no randomness.',
      severity: 'error',
      from: { path: '^cds-services/[^/]+/(decision|cards)/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/@types/fhir' },
    },
    {
      name: 'no-decision-from-cards',
      comment: 'Data flows one way: findings, decision, cards.',
      severity: 'error',
      from: { path: '^cds-services/[^/]+/(findings|decision)/' },
      to: { path: '^cds-services/[^/]+/cards/' },
    },
    {
      name: 'no-findings-from-decision',
      severity: 'error',
      from: { path: '^cds-services/[^/]+/findings/' },
      to: { path: '^cds-services/[^/]+/decision/' },
    },
    {
      name: 'one-way-out',
      comment:
        'Every request that leaves the service is bounded and goes to an allowed address: see src/outbound.',
      severity: 'error',
      from: { path: '^(src|cds-services)/', pathNot: '^src/(outbound|fhir/(exchange|silent-client)\\.ts$)' },
      to: { path: 'node_modules/(undici|fhir-kit-client)/', pathNot: 'node_modules/undici-types' },
    },
    {
      name: 'rooms-below-http',
      comment: 'What reads, keeps and watches does not know how it is called.',
      severity: 'error',
      from: { path: '^src/(fhir|outbound|json|database|feedback|operations|published)/' },
      to: { path: '^src/http/' },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      from: { path: '^(src|cds-services)/' },
      to: { path: '^(test|fixtures|benchmarks)/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^fhir/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.d.ts'],
    },
  },
};
