/** Where the calls of the benchmarks go. */
export const publicUrl = 'https://cds.example.org';
export const hookPath = '/cds-services/vertebral-fracture-order-select';
