/** Counters, gauges and histograms under the name of the product. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Makers of metrics that belong to one registry; `buckets` are in the unit that the name ends with. */
export function metricsIn(registry: Registry) {
  const family = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) => ({
    name: `vertebral_cds_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  return {
    counter: <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
      new Counter(family(name, help, labels)),
    gauge: <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
      new Gauge(family(name, help, labels)),
    histogram: <Label extends string>(
      name: string,
      help: string,
      labels: readonly Label[],
      buckets: number[],
    ) => new Histogram({ ...family(name, help, labels), buckets }),
  };
}
