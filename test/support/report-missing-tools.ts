import type { TestProject } from 'vitest/node';
import { TOOLS, type ToolName } from './tools.ts';

let project: TestProject | undefined;

export const setup = (given: TestProject): void => {
  project = given;
};

/** Names, at the end of the run, the tools for want of which tests were skipped. */
export const teardown = (): void => {
  const skipped = new Map<ToolName, number>();
  for (const module of project?.vitest.state.getTestModules() ?? []) {
    for (const test of module.children.allTests('skipped')) {
      const tool = test.meta().needs;
      if (tool && TOOLS[tool].path === null) skipped.set(tool, (skipped.get(tool) ?? 0) + 1);
    }
  }
  for (const [tool, count] of skipped) {
    const tests = count === 1 ? '1 test was' : `${count} tests were`;
    process.stderr.write(`${tests} skipped for want of ${tool}: ${TOOLS[tool].installedBy}\n`);
  }
};
