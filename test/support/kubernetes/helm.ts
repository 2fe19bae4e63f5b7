import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { TOOLS } from '../tools.ts';
import type { KubernetesObject } from './object-problems.ts';

export const CHART = 'deploy/helm/inventory-gateway';

interface Result {
  readonly ok: boolean;
  readonly output: string;
  readonly problems: string;
}

/** @param files of values, the later over the earlier. */
export const helm = (command: readonly string[], files: readonly string[] = []): Result => {
  const options = files.flatMap((file) => ['--values', file]);
  const { status, stdout, stderr } = spawnSync(TOOLS.Helm.path ?? '', [...command, ...options], { encoding: 'utf8' });
  return { ok: status === 0, output: stdout, problems: stderr };
};

const template = ['template', 'gateway', CHART, '--namespace', 'inventory'];

/** The objects that a release would make. @throws when helm refuses the values. */
export const rendered = (files: readonly string[] = []): KubernetesObject[] => {
  const { ok, output, problems } = helm(template, files);
  if (!ok) throw new Error(problems);
  return parseAllDocuments(output).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return (document.toJS() as KubernetesObject | null) ?? [];
  });
};

/** What helm says of values that it must not take; null when it takes them. */
export const refusalOf = (values: object): string | null => {
  const folder = mkdtempSync(join(tmpdir(), 'inventory-values-'));
  const file = join(folder, 'values.yaml');
  try {
    writeFileSync(file, stringify(values));
    const { ok, problems } = helm(template, [file]);
    return ok ? null : problems;
  } finally {
    rmSync(folder, { recursive: true });
  }
};
