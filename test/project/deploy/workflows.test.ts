import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TOOLS } from '../../support/tools.ts';
import { read, readYaml } from './read-deploy.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly uses?: string;
  readonly needs?: readonly string[];
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Record<string, string>;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const FOLDER = '.github/workflows';
const SET_UP = './.github/actions/set-up';
const files = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);
const workflow = (name: string): Workflow => readYaml<Workflow>(`${FOLDER}/${name}.yml`)[0] as Workflow;

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const action = readYaml<{ runs: { steps: readonly Step[] } }>(`${SET_UP}/action.yml`)[0];

const jobsOf = (path: string): Job[] => Object.values((readYaml<Workflow>(path)[0] as Workflow).jobs);
const commandsOf = (steps: readonly Step[] = []): string[] => steps.flatMap(({ run }) => run?.split('\n') ?? []);

/** Scripts of package.json that a command line runs. */
const scriptsIn = (command: string): string[] => [
  ...[...command.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name),
  ...(/npm test\b/.test(command) ? ['test'] : []),
];

// Parsed and held against the project; nothing here runs on GitHub.
describe('workflows', () => {
  it('run only scripts, actions and workflows of ours that exist', () => {
    const steps = files.flatMap(jobsOf).flatMap((job) => job.steps ?? []);
    const commands = [...commandsOf(steps), ...read('.ci/run').split('\n'), ...Object.values(scripts)];
    const run = commands.flatMap(scriptsIn);
    const ours = [...files.flatMap(jobsOf), ...steps].flatMap(({ uses }) => (uses?.startsWith('./') ? [uses] : []));
    expect(run).toEqual(expect.arrayContaining(['test', 'test:slow']));
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
    expect(ours).toContain(SET_UP);
    expect(ours.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('test pull requests, run the slow suite each night, and release a tag after both', () => {
    const test = workflow('test');
    const slow = workflow('test-slow');
    const { on, jobs } = workflow('release');
    expect(test.on).toHaveProperty('pull_request');
    expect(commandsOf(test.jobs.test?.steps)).toEqual(['npm test']);
    expect(slow.on).toHaveProperty('schedule');
    expect(commandsOf(slow.jobs['test-slow']?.steps)).toEqual(['npm run test:slow']);
    expect(on).toEqual({ push: { tags: ['v*.*.*'] } });
    expect(jobs.test?.uses).toBe(`./${FOLDER}/test.yml`);
    expect(jobs['test-slow']?.uses).toBe(`./${FOLDER}/test-slow.yml`);
    expect(commandsOf(test.jobs.schema?.steps).filter((line) => line.startsWith('npm run schema:check'))).toHaveLength(
      2,
    );
    expect(jobs.page?.needs).toEqual(['publish', 'image']);
    expect(commandsOf(jobs.page?.steps).join('\n')).toMatch(/npm run --silent sbom > (\S+)\n.*helm package.*\n.* \1 /);
    for (const job of ['publish', 'image']) expect(jobs[job]).toMatchObject({ needs: ['test', 'test-slow'] });
  });

  it('install every tool that tests need, by the command that a run without it names', () => {
    const installs = commandsOf(action?.runs.steps).join('\n');
    const commands = Object.values(TOOLS).map(
      ({ installedBy }) => /apt-get install (\S+)|npm run \S+/.exec(installedBy) ?? [''],
    );
    expect(commands.length).toBeGreaterThan(2);
    for (const [command, debian] of commands) expect(installs).toContain(debian ? ` ${debian}` : command);
    expect(installs).toContain('npm ci');
  });

  it('read the repository and no more, but where they publish, and none runs without end', () => {
    for (const file of files) {
      const [{ permissions, jobs }] = readYaml<Workflow>(file) as [Workflow];
      expect(permissions).toEqual({ contents: 'read' });
      for (const [name, job] of Object.entries(jobs)) {
        if (!job.uses) expect(job['timeout-minutes'], name).toBeLessThanOrEqual(60);
      }
    }
    const { publish, image, page } = workflow('release').jobs;
    expect(publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(page?.permissions).toEqual({ contents: 'write' });
    expect(image?.permissions).toEqual({ contents: 'read', packages: 'write' });
  });

  it('come with issue forms that each ask for something they cannot do without', () => {
    const forms = readdirSync('.github/ISSUE_TEMPLATE').map((name) => `.github/ISSUE_TEMPLATE/${name}`);
    expect(forms).toHaveLength(3);
    for (const path of forms) {
      const [form] = readYaml<{ body: { validations?: { required: boolean } }[] }>(path);
      expect(form, path).toMatchObject({ name: expect.any(String), description: expect.any(String) });
      expect(form?.body.filter(({ validations }) => validations?.required)).not.toEqual([]);
    }
  });

  it('name no host', () => {
    const texts = [...files, `${SET_UP}/action.yml`].map(read);
    expect(texts.filter((text) => /https?:\/\//.test(text))).toEqual([]);
  });
});
