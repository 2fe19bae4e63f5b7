import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { read } from './read-deploy.ts';

const image = read('Dockerfile');
/** Instructions of each stage, with what follows them. */
const stages = image
  .replace(/\\\n/g, ' ')
  .split(/^(?=FROM )/m)
  .slice(1)
  .map((stage) =>
    [...stage.matchAll(/^([A-Z]+) (.+)$/gm)].map(([, name = '', rest = '']) => [name, rest.trim()] as const),
  );
const last = (name: string): string | undefined => stages.at(-1)?.findLast(([one]) => one === name)?.[1];

// Parsed and held against rules; no image is built here.
describe('the image', () => {
  it('is a Dockerfile that the parser finds nothing wrong with', () => {
    expect(validate(image).map(({ message }) => message)).toEqual([]);
    expect(validate('FROM node\nEXPOSE house').map(({ message }) => message)).toEqual(['Invalid containerPort: house']);
  });

  it('takes from the stages that build it no more than what runs, on a small base of a fixed line', () => {
    expect(stages).toHaveLength(3);
    for (const [from] of stages) expect(from?.[1]).toMatch(/^node:\$\{NODE_VERSION\}-alpine\b/);
    expect(image).toMatch(/^ARG NODE_VERSION=\d+$/m);
    const copied = stages
      .at(-1)
      ?.filter(([name]) => name === 'COPY')
      .map(([, rest]) => rest);
    expect(copied).toEqual([
      '--from=dependencies /app/node_modules node_modules',
      '--from=build /app/dist dist',
      'package.json LICENSE ./',
    ]);
    expect(stages[1]?.map(([, rest]) => rest)).toContainEqual(
      expect.stringMatching(/^npm ci --omit=dev --ignore-scripts/),
    );
  });

  it('runs without root, as the user that the manifests name, and says by itself whether it is healthy', () => {
    // The official images of Node give this user the id 1000.
    expect(last('USER')).toBe('node');
    expect(read('deploy/kubernetes/deployment.yaml')).toContain('runAsUser: 1000');
    expect(last('HEALTHCHECK')).toMatch(/--start-period=\d+s .*\/healthz/);
    expect(stages.at(-1)?.findIndex(([name]) => name === 'USER')).toBeLessThan(
      stages.at(-1)?.findIndex(([name]) => name === 'ENTRYPOINT') ?? 0,
    );
  });

  it('copies what exists, runs without root and starts what the package starts', () => {
    const image = read('Dockerfile');
    const { scripts, bin } = JSON.parse(read('package.json')) as {
      scripts: Record<string, string>;
      bin: Record<string, string>;
    };
    expect(image).toMatch(/^USER node$/m);
    expect(image).toContain('/healthz');
    expect(image).toContain(`ENTRYPOINT ["node", "${bin['inventory-gateway']}"]`);
    expect(scripts).toHaveProperty('build');
    const copied = [...image.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) => paths?.split(' ') ?? []);
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(copied.filter((path) => !allowed.includes(path))).toEqual([]);
  });
});
