import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { startHarness } from '../../support/harness.ts';

interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
  readonly events?: readonly { readonly name: string }[];
  readonly status: { readonly code?: number };
}

interface WireTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: WireSpan['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

/** Takes OTLP over HTTP, as JSON. */
const startCollector = async () => {
  const received: WireTraces[] = [];
  const texts: string[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString();
    if (request.url === '/v1/traces') received.push(JSON.parse(text) as WireTraces);
    texts.push(text);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    texts,
    spans: () => received.flatMap((of) => of.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans))),
    close: () => void server.close(),
  };
};

const NESTED =
  'query Nested { findings(first: 3) { nodes { id resource { name } } } hosts(first: 2) { nodes { id } } }';

describe('traces', () => {
  let stop = (): void => {};
  afterEach(() => stop());

  const start = async (fault: boolean) => {
    const collector = await startCollector();
    const harness = await startHarness({
      scanorbit: [{}],
      scanopy: [{}],
      config: { tracing: { endpoint: collector.url, serviceName: 'under test' } },
    });
    if (fault) harness.scanopy[0]?.faults.add({ kind: 'status-500' });
    stop = collector.close;
    return { collector, harness };
  };

  it('lead from the operation over the loader and its plan to each upstream request, in the trace of the caller', async () => {
    const { collector, harness } = await start(false);
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const { errors } = await harness.query(NESTED, {}, { traceparent });
    const calls = harness.upstreamCalls();
    await harness.close();
    expect(errors).toBeUndefined();

    const spans = collector.spans();
    const [operation] = spans.filter(({ name }) => name === 'query Nested');
    expect(operation).toMatchObject({ traceId, parentSpanId: '00f067aa0ba902b7' });
    const upstream = spans.filter(({ name }) => name.startsWith('GET '));
    expect(upstream).toHaveLength(calls);
    const loader = spans.find(({ name }) => name === 'load resourceById');
    expect(loader?.parentSpanId).toBe(operation?.spanId);
    expect(loader?.events?.map(({ name }) => name)).toContain('plan');
    expect(upstream.map(({ parentSpanId }) => parentSpanId)).toContain(loader?.spanId);
    const known = new Set(spans.map(({ spanId }) => spanId));
    for (const { parentSpanId, traceId: of } of upstream) {
      expect(of).toBe(traceId);
      expect(known).toContain(parentSpanId);
    }
  });

  it('have a span for each operation, also for those that kept answers answer', async () => {
    const { collector, harness } = await start(false);
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    for (let i = 0; i < 4; i++) await harness.query('query Accounts { accounts { name } }', {}, { traceparent });
    await harness.close();

    const operations = collector.spans().filter(({ name }) => name === 'query Accounts');
    expect(operations.map(({ parentSpanId }) => parentSpanId)).toEqual(Array(4).fill('00f067aa0ba902b7'));
    const kept = operations.filter(({ events }) => events?.some(({ name }) => name === 'kept answer'));
    expect(kept).toHaveLength(2);
  });

  it('say which request failed and why, and hold no key', async () => {
    const { collector, harness } = await start(true);
    await harness.query(NESTED);
    const keys = [...harness.scanorbit, ...harness.scanopy].map(({ apiKey }) => apiKey);
    await harness.close();

    const failed = collector.spans().filter(({ name, status }) => name.startsWith('GET ') && status.code === 2);
    const outcomes = failed.flatMap(({ attributes }) => attributes.filter(({ key }) => key === 'outcome'));
    expect(new Set(outcomes.map(({ value }) => value.stringValue))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
    for (const key of keys) expect(collector.texts.join('\n')).not.toContain(key);
  });

  it('load nothing of OpenTelemetry where no endpoint is configured', async () => {
    const loadedBy = async (tracing: object): Promise<string> => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', PROGRAM], {
        env: { ...process.env, TRACING: JSON.stringify(tracing) },
      });
      return stdout;
    };
    expect(await loadedBy({})).toBe('0');
    expect(Number(await loadedBy({ endpoint: 'http://127.0.0.1:9' }))).toBeGreaterThan(3);
  });
});

/** Starts a gateway in a process of its own and writes how many modules of the OpenTelemetry SDK it has loaded. */
const PROGRAM = `
  import { createRequire } from 'node:module';
  import { defineConfig } from '#sources/kinds.ts';
  import { createGateway } from '#server/create-gateway.ts';
  const sources = [{ name: 'a', kind: 'scanopy', url: 'http://127.0.0.1:9', apiKey: 'k' }];
  const tracing = JSON.parse(process.env.TRACING);
  const log = { level: 'silent' };
  const gateway = await createGateway(defineConfig({ sources, tracing, log, server: { port: 0 }, index: { enabled: false } }));
  await gateway.close();
  const loaded = Object.keys(createRequire('file:///').cache);
  process.stdout.write(String(loaded.filter((path) => /@opentelemetry.(sdk|exporter|otlp)/.test(path)).length));
`;
