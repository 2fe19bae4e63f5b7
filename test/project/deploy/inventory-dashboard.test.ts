import jsonata from 'jsonata';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { read } from './read-deploy.ts';

interface Request {
  readonly type: string;
  readonly parser: string;
  readonly url: string;
  readonly url_options: {
    readonly method: string;
    readonly body_type: string;
    readonly body_graphql_query: string;
    readonly body_graphql_variables: string;
  };
  readonly root_selector: string;
  readonly columns: readonly { readonly selector: string; readonly text: string; readonly type: string }[];
}

interface Dashboard {
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: string | { readonly infinityQuery: Request } }[];
  };
  readonly panels: readonly {
    readonly id: number;
    readonly type: string;
    readonly title: string;
    readonly targets?: readonly Request[];
  }[];
}

type Row = Readonly<Partial<Record<string, unknown>>> & { readonly id?: unknown };

const PATH = 'deploy/grafana/inventory-dashboard.json';
const dashboard = JSON.parse(read(PATH)) as Dashboard;
const choices = dashboard.templating.list.flatMap(({ name, query }) =>
  typeof query === 'string' ? [] : [{ name, request: query.infinityQuery }],
);
const panels = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map((request) => ({ title, request })));

/** What Grafana puts in place of its variables: `null` for All, else the value as JSON. */
const replaced = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\$\{([^}]+)\}/g, (whole, name: string) => values[name] ?? whole);

const TIMES = { '__from:date:iso': '2020-01-01T00:00:00.000Z', '__to:date:iso': new Date().toISOString() };
const EVERYTHING = { ...TIMES, 'account:json': 'null', 'network:json': 'null' };

describe('the inventory dashboard', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startIndexed({ scanorbit: [{ movingScans: false }], scanopy: [{}] });
    harness.resetUpstreamCalls();
  });

  afterAll(async () => {
    await harness.close();
  });

  const rowsOf = async (request: Request, values: Readonly<Record<string, string>>): Promise<readonly Row[]> => {
    const { body_graphql_query: query, body_graphql_variables: variables } = request.url_options;
    const answer = await harness.query(query, JSON.parse(replaced(variables, values)));
    expect(answer.errors).toBeUndefined();
    const rows: unknown = await jsonata(request.root_selector).evaluate({ data: answer.data });
    return (Array.isArray(rows) ? [...rows] : [rows]) as Row[];
  };

  const missingColumns = ({ columns }: Request, rows: readonly Row[]): string[] =>
    columns.map(({ selector }) => selector).filter((selector) => !rows.some((row) => selector in row));

  it('offers the accounts and networks there are', async () => {
    expect(choices.map(({ name }) => name)).toEqual(['account', 'network']);
    for (const { name, request } of choices) {
      const rows = await rowsOf(request, EVERYTHING);
      expect(rows.length, name).toBeGreaterThan(0);
      for (const row of rows) expect(row, name).toEqual({ label: expect.any(String), id: expect.any(String) });
    }
  });

  it.each(panels)('finds in the answer what $title shows', async ({ title, request }) => {
    const rows = await rowsOf(request, EVERYTHING);
    if (title !== 'The newest changes') expect(rows.length).toBeGreaterThan(0);
    if (rows.length > 0) expect(missingColumns(request, rows)).toEqual([]);
    for (const { selector, type } of request.columns) {
      const values = rows.map((row) => row[selector]).filter((value) => value !== null && value !== undefined);
      if (type === 'number') for (const value of values) expect(Number(value), selector).not.toBeNaN();
      if (type === 'timestamp') for (const value of values) expect(Date.parse(String(value)), selector).not.toBeNaN();
    }
  });

  it.each(panels)('narrows $title to one account and network', async ({ request }) => {
    const one: Record<string, string> = { ...EVERYTHING };
    for (const choice of choices)
      one[`${choice.name}:json`] = JSON.stringify((await rowsOf(choice.request, EVERYTHING))[0]?.id);
    expect((await rowsOf(request, one)).length).toBeLessThanOrEqual((await rowsOf(request, EVERYTHING)).length);
  });

  it('costs at most a page of hosts once the index has read everything', () => {
    expect(panels.length).toBeGreaterThan(15);
    const calls = [...harness.scanorbit, ...harness.scanopy].flatMap((upstream) => upstream.calls);
    expect(calls.map(({ endpoint }) => endpoint).filter((endpoint) => endpoint !== '/hosts')).toEqual([]);
    expect(calls.length).toBeLessThanOrEqual(1);
  });

  it('asks by POST at the address of the data source, in a form that alerts can use, too', () => {
    for (const { request } of [...panels, ...choices]) {
      expect(request).toMatchObject({
        type: 'graphql',
        parser: 'backend',
        url: '',
        url_options: { method: 'POST', body_type: 'graphql' },
      });
      expect(replaced(request.url_options.body_graphql_variables, EVERYTHING)).not.toContain('$');
    }
  });
});

/** Grafana's type of a dashboard as JSON has it: enumerations by their values. */
const AS_JSON = `
import type { Dashboard } from '@grafana/schema';
type AsJson<T> = T extends string ? \`\${T}\`
  : T extends readonly (infer Item)[] ? AsJson<Item>[]
  : T extends object ? { [Key in keyof T]: AsJson<T[Key]> } : T;
`;

const dashboardOf = (json: string): string => `${AS_JSON}\nexport const dashboard: AsJson<Dashboard> = ${json};\n`;

describe('both dashboards', () => {
  it('fit what Grafana says of dashboards', () => {
    const files = [PATH, 'deploy/grafana/dashboard.json'].map(read);
    const [json = ''] = files;
    expect(typeErrors(files.map(dashboardOf))).toEqual([]);
    const wrong = [json.replace('"panels"', '"pannels"'), json.replace('"schemaVersion": 39', '"schemaVersion": "39"')];
    expect(typeErrors(wrong.map(dashboardOf))).toHaveLength(2);
  });
});

/** What the compiler says of files with these texts, which may import packages of the project. */
const typeErrors = (texts: readonly string[]): string[] => {
  const files = new Map(texts.map((text, i) => [`${import.meta.dirname}/dashboard-${i}.ts`, text]));
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    types: [],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = files.get(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((file) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
};
