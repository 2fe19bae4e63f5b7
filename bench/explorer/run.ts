import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { createGateway } from '#server/create-gateway.ts';
import { defineConfig } from '#sources/kinds.ts';
import { madeGraph } from './made-graph.ts';
import { type Frames, framesDuring, sinceAnswer, watchFirstFrame } from './page-measures.ts';

const { values } = parseArgs({
  options: {
    vertices: { type: 'string', default: '5000' },
    runs: { type: 'string', default: '3' },
    out: { type: 'string', default: new URL('../results/explorer.md', import.meta.url).pathname },
  },
});

/** A graphics card is what a server has not: everything is painted by the processor. */
const FLAGS = [
  ...['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
  ...['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
];
const WINDOW = { width: 1280, height: 800 };
const MOVING_MS = 5000;

const [load = 0] = loadavg();
const graph = madeGraph(Number(values.vertices));
/** It serves the pages; the one answer that counts is made here, so that nothing else is measured. */
const gateway = await createGateway(
  defineConfig({
    server: { port: 0 },
    index: { enabled: false },
    log: { level: 'silent' },
    sources: [{ name: 'cloud', kind: 'scanorbit', url: 'http://127.0.0.1:9', apiKey: 'none' }],
  }),
);
const profile = await mkdtemp(join(tmpdir(), 'bench-explorer-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: FLAGS,
  viewport: WINDOW,
});

const openGraph = async (): Promise<Page> => {
  const page = await browser.newPage();
  await watchFirstFrame(page);
  await page.route(/\/graphql\?/, (route) =>
    route.fulfill({ json: { data: route.request().url().includes('Surroundings') ? { graph, sources: [] } : {} } }),
  );
  await page.goto(new URL('/explore/graph?root=v0&depth=10&max=5000&severity=off', gateway.url).href);
  return page;
};

/** Drags the picture around in circles. */
const drag = async (page: Page): Promise<void> => {
  const until = performance.now() + MOVING_MS;
  const [x, y] = [WINDOW.width / 3, WINDOW.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 0; performance.now() < until; i += 1)
    await page.mouse.move(x + 150 * Math.sin(i / 15), y + 100 * Math.cos(i / 15));
  await page.mouse.up();
};

const zoom = async (page: Page): Promise<void> => {
  const until = performance.now() + MOVING_MS;
  for (let i = 0; performance.now() < until; i += 1) {
    await page.mouse.wheel(0, i % 12 < 6 ? -240 : 240);
    await page.waitForTimeout(100);
  }
};

const runs: { firstFrame: number; arranged: number; dragging: Frames; zooming: Frames }[] = [];
for (let run = 0; run < Number(values.runs); run += 1) {
  const page = await openGraph();
  const firstFrame = await sinceAnswer(page, 'bench:first-frame');
  const arranged = await sinceAnswer(page, 'picture:arranged');
  const dragging = await framesDuring(page, () => drag(page));
  const zooming = await framesDuring(page, () => zoom(page));
  runs.push({ firstFrame, arranged, dragging, zooming });
  console.log(runs.at(-1));
  await page.close();
}
const version = browser.browser()?.version() ?? '';
await browser.close();
await rm(profile, { recursive: true, force: true });
await gateway.close();

const rows = runs.map(
  ({ firstFrame, arranged, dragging, zooming }, i) =>
    `| ${i + 1} | ${firstFrame.toFixed(0)} | ${(arranged / 1000).toFixed(1)} | ${dragging.perSecond.toFixed(0)} | ${dragging.slowestMs.toFixed(0)} | ${zooming.perSecond.toFixed(0)} | ${zooming.slowestMs.toFixed(0)} |`,
);
const report = `# The explorer's graph

\`npm run bench:explorer\`: ${graph.vertices.length.toLocaleString('en')} vertices and ${graph.arrows.length.toLocaleString('en')} arrows, as one answer of the gateway, drawn by the built explorer in headless
Chromium ${version}, ${WINDOW.width} by ${WINDOW.height}, on ${cpus().length} cores without a graphics card (SwiftShader paints). The first frame shows all of it; a worker
then arranges it while the picture can be moved. While it moves, what was drawn is moved; it is drawn anew once it stands still. Load of the
machine before, by the bench or by others: ${load.toFixed(1)}.

| run | first frame after the answer, ms | arranged, s | dragging: frames/s | 95 % of frames within, ms | zooming: frames/s | 95 % of frames within, ms |
|--:|--:|--:|--:|--:|--:|--:|
${rows.join('\n')}
`;
await writeFile(values.out, report);
console.log(report);
