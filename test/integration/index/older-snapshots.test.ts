import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { createGateway, type Gateway } from '#server/create-gateway.ts';
import { type Answer, type Harness, post, startHarness } from '../../support/harness.ts';
import { untilIndexed } from '../../support/indexed-gateway.ts';
import { skippingClock } from '../../support/skipping-clock.ts';

/** What each version that changed the format wrote of one company, by its own code. */
const SAMPLES = join(import.meta.dirname, '../../support/snapshots');
const FILES = ['scanorbit.index.json.gz', 'scanopy.index.json.gz'];
const DAY_MS = 86_400_000;

/** Answered from the index alone, however old it is. */
const INDEXED =
  '{ correlations { totalCount nodes { host { id } resource { id } } } lookup(any: ["orders-db"]) { node { __typename id } } }';
interface Indexed {
  readonly correlations: { readonly totalCount: number };
  readonly lookup: readonly { readonly node: { readonly __typename: string } }[];
}

const sampleOf = (format: number): string => join(SAMPLES, `format-${format}`);
const textOf = (file: string): string => gunzipSync(readFileSync(file)).toString('utf8');
const formatOf = (text: string): number => Number(/^\{"format":(\d+),/.exec(text)?.[1]);
const identityOf = (text: string): string => /"identity":"(\w+)"/.exec(text)?.[1] ?? '';
const FORMATS = readdirSync(SAMPLES)
  .map((name) => Number(name.split('-')[1]))
  .toSorted((a, b) => a - b);

// The demo shows another company than the samples, so that what was taken from a sample cannot pass for what was read.
describe('a gateway that is started on the snapshots of another version', () => {
  const world = createWorld({ seed: 8, resources: 160, findings: 20, hosts: 160 });
  const own = mkdtempSync(join(tmpdir(), 'own-snapshots-'));
  let first: Harness;
  let fresh: Answer<Indexed>;
  let current: number;

  beforeAll(async () => {
    const index = { enabled: true, directory: own };
    first = await startHarness({
      scanorbit: [{}],
      scanopy: [{}],
      world: () => world,
      config: { index, history: { enabled: false } },
    });
    await untilIndexed(first);
    fresh = await first.query<Indexed>(INDEXED);
    await first.gateway.close();
    current = formatOf(textOf(join(own, FILES[0] ?? '')));
  });
  afterAll(async () => {
    await Promise.all([...first.scanorbit, ...first.scanopy].map((upstream) => upstream.close()));
    rmSync(own, { recursive: true });
  });

  /** Runs `use` with a gateway over the files of a sample, as if they were of these servers and keys. */
  const startedOn = async (
    files: (name: string) => string,
    use: (gateway: Gateway, directory: string) => Promise<void>,
  ): Promise<void> => {
    const directory = mkdtempSync(join(tmpdir(), 'older-snapshots-'));
    for (const name of FILES) {
      const mine = join(own, name);
      if (!existsSync(files(name))) copyFileSync(mine, join(directory, name));
      else {
        const text = textOf(files(name));
        writeFileSync(join(directory, name), gzipSync(text.replace(identityOf(text), identityOf(textOf(mine)))));
      }
    }
    // However long ago the sample was made.
    const clock = skippingClock();
    clock.skip(400 * DAY_MS);
    first.resetUpstreamCalls();
    const gateway = await createGateway({ ...first.config, index: { ...first.config.index, directory } }, { clock });
    try {
      await use(gateway, directory);
    } finally {
      await gateway.close();
      rmSync(directory, { recursive: true });
    }
  };

  it('is tested with a sample of every format there has been', () => {
    expect(FORMATS).toEqual(Array.from({ length: current }, (_, i) => i + 1));
    for (const format of FORMATS) expect(formatOf(textOf(join(sampleOf(format), FILES[0] ?? '')))).toBe(format);
  });

  it.each(FORMATS.slice(0, -1))(
    'reads the source anew where the format is the older one %i, and writes its own',
    async (format) => {
      await startedOn(
        (name) => join(sampleOf(format), name),
        async (gateway, directory) => {
          await untilIndexed({ query: (document) => post(gateway.url, { query: document }) });
          const answer = await post<Indexed>(gateway.url, { query: INDEXED });
          expect(answer.errors).toBeUndefined();
          expect(answer.data).toEqual(fresh.data);
          expect(first.scanorbit[0]?.countOf('/resources')).toBeGreaterThan(0);
          await gateway.close();
          expect(formatOf(textOf(join(directory, FILES[0] ?? '')))).toBe(current);
        },
      );
    },
  );

  it('reads the source anew where the format is a newer one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'newer-snapshots-'));
    for (const name of FILES) {
      const text = textOf(join(sampleOf(current), name)).replace(/^\{"format":\d+/, `{"format":${current + 1}`);
      writeFileSync(join(folder, name), gzipSync(text));
    }
    await startedOn(
      (name) => join(folder, name),
      async (gateway) => {
        await untilIndexed({ query: (document) => post(gateway.url, { query: document }) });
        expect((await post<Indexed>(gateway.url, { query: INDEXED })).data).toEqual(fresh.data);
      },
    );
    rmSync(folder, { recursive: true });
  });

  it('uses what the first version of its own format wrote, even while no source answers', async () => {
    await Promise.all([...first.scanorbit, ...first.scanopy].map((upstream) => upstream.close()));
    await startedOn(
      (name) => join(sampleOf(current), name),
      async (gateway) => {
        const { data, errors } = await post<Indexed>(gateway.url, { query: INDEXED });
        expect(errors).toBeUndefined();
        expect(data.correlations.totalCount).toBe(8);
        expect(data.lookup.map(({ node }) => node.__typename).toSorted()).toEqual([
          'Host',
          'Host',
          'Resource',
          'Resource',
        ]);
        expect(data).not.toEqual(fresh.data);
      },
    );
  });
});
