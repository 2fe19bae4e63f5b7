import { join } from 'node:path';
import ts from 'typescript';

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

type Model = new (data: object) => { validate(): void };

/** Compiled from the OpenAPI document of Kubernetes, and from the CustomResourceDefinitions of the Prometheus Operator. */
const moduleOf = ({ apiVersion, kind }: KubernetesObject): string =>
  `${apiVersion.startsWith('monitoring.coreos.com/') ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models'}/${apiVersion}/${kind}`;

/** What the API server would refuse: missing fields, wrong types and values, and fields that do not exist. */
export const objectProblems = async (objects: readonly KubernetesObject[]): Promise<string[]> => {
  const values = await Promise.all(objects.map(wrongValues));
  return [...values.flat(), ...unknownFields(objects)];
};

const wrongValues = async (object: KubernetesObject): Promise<string[]> => {
  const module = (await import(moduleOf(object))) as Record<string, Model | undefined>;
  const model = module[object.kind];
  if (!model) return [`${object.kind}: expected a kind of ${object.apiVersion}`];
  try {
    new model(object).validate();
    return [];
  } catch (error) {
    return [`${object.kind} ${object.metadata.name}: ${(error as Error).message}`];
  }
};

/** The schemas let unknown fields pass, which the API server drops or refuses; the types made of the same schemas do not. */
const unknownFields = (objects: readonly KubernetesObject[]): string[] => {
  const file = join(import.meta.dirname, 'rendered-objects.ts');
  const source = objects
    .flatMap((object, i) => [
      `import type { I${object.kind} as Type${i} } from '${moduleOf(object)}';`,
      `export const object${i}: Type${i} = ${JSON.stringify(object, null, 2)};`,
    ])
    .join('\n');
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ESNext) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
};
