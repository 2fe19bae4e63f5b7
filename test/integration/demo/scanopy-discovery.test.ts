import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScanopyDemo } from '#demo/scanopy/server.ts';
import { throughBufferingProxy } from '#demo/scanopy/session-stream.ts';
import { demoKey, get, type Row, START, startDemo, world } from './scanopy-server.ts';

let now = START;
let demo: ScanopyDemo;
beforeEach(async () => {
  now = START;
  demo = await startDemo({ clock: () => now, stream: { tickMs: 5, keepAliveMs: 20 } });
});
afterEach(() => demo.close());

const active = async () => (await get(demo, '/discovery/active-sessions')).data as Row[];
const scanned = world.network.discoveries.find(({ run }) => run.type === 'Scheduled' && run.enabled);

describe('the active session', () => {
  it('moves from pending to complete, leaves the list, becomes a run, and another starts', async () => {
    const before = (await get(demo, '/discovery')).page.total_count;
    expect(await active()).toMatchObject([{ phase: 'Pending', progress: 0, started_at: null }]);
    now += 120_000;
    const [half] = await active();
    expect(half).toMatchObject({ phase: 'Scanning', progress: 50, estimated_remaining_secs: 120, finished_at: null });
    now += 121_000;
    expect(await active()).toEqual([]);
    expect((await get(demo, '/discovery')).page.total_count).toBe(before + 1);
    now += 60_000;
    const [next] = await active();
    expect(next?.session_id).not.toBe(half?.session_id);
  });

  it('the newest run is on the last page, and first from 0.17.21 on', async () => {
    await active();
    now += 241_000;
    const { rows } = await get(demo, '/discovery?limit=1000');
    expect(rows.at(-1)?.run_type).toMatchObject({ type: 'Historical', results: { phase: 'Complete', progress: 100 } });
    demo.setVersion('0.17.21');
    expect((await get(demo, '/discovery?limit=1')).rows[0]?.id).toBe(rows.at(-1)?.id);
    const runs = await get(demo, '/discovery?historical=true&phases=Failed');
    expect(runs.rows.every((row) => ((row.run_type as Row).results as Row).phase === 'Failed')).toBe(true);
    expect(runs.page.total_count).toBeGreaterThan(0);
  });

  it('ends on request, as failed with its reason', async () => {
    await active();
    demo.finishDiscovery({ phase: 'Failed', error: 'Daemon went away' });
    expect(await active()).toEqual([]);
    const { rows } = await get(demo, '/discovery?limit=1000');
    const results = { phase: 'Failed', error: 'Daemon went away' };
    expect(rows.at(-1)?.run_type).toMatchObject({ results });
  });

  it('is hidden from keys of other networks', async () => {
    const others = world.network.networks.filter((network) => network.id !== scanned?.networkId).map(({ id }) => id);
    const elsewhere = await startDemo({ clock: () => now, networkIds: others });
    expect((await get(elsewhere, '/discovery/active-sessions')).data).toEqual([]);
    await elsewhere.close();
  });
});

describe('the event stream', () => {
  async function open(): Promise<{ until(pattern: RegExp): Promise<string>; close(): void }> {
    const abort = new AbortController();
    const headers = { authorization: `Bearer ${demoKey}` };
    const response = await fetch(`${demo.url}/api/v1/discovery/stream`, { headers, signal: abort.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    return {
      async until(pattern) {
        while (!pattern.test(text)) text += new TextDecoder().decode((await reader.read()).value);
        return text;
      },
      close: () => abort.abort(),
    };
  }

  it('sends a nameless frame for every change, and comments in between', async () => {
    const stream = await open();
    await stream.until(/^:$/m);
    now += 120_000;
    const text = await stream.until(/"phase":"Scanning"/);
    expect(text).not.toMatch(/^(event|id|retry):/m);
    demo.finishDiscovery();
    const frames = (await stream.until(/"phase":"Complete".*\n\n/))
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: '));
    const payloads = frames.map((frame) => JSON.parse(frame.slice('data: '.length)) as Row);
    expect(payloads.map((payload) => payload.phase)).toEqual(['Scanning', 'Complete']);
    stream.close();
  });

  it('behind a proxy that buffers, even the head waits until 4 KB have gathered', () => {
    const passedOn: string[] = [];
    let write = (_: string): void => {};
    const behind = throughBufferingProxy({
      status: 200,
      headers: {},
      body: '',
      stream: (response) => {
        response.flushHeaders();
        write = response.write;
      },
    });
    const client = { flushHeaders: () => passedOn.push('head'), write: (text: string) => void passedOn.push(text) };
    behind.stream?.({ ...client, once: () => expect.unreachable() });
    write('x'.repeat(4_095));
    expect(passedOn).toEqual([]);
    write('y');
    expect(passedOn).toEqual([`${'x'.repeat(4_095)}y`]);
    write('z');
    expect(passedOn).toHaveLength(1);
  });

  it('does not replay: what happened before the connection has to be read', async () => {
    now += 120_000;
    const stream = await open();
    expect(await stream.until(/^:$/m)).not.toContain('data:');
    stream.close();
  });

  it('needs a key like everything else', async () => {
    expect((await get(demo, '/discovery/stream', null)).status).toBe(401);
  });
});
