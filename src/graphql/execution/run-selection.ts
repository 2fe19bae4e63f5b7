import {
  type FieldPlan,
  isPromise,
  type Path,
  type RecordFields,
  type Run,
  type SelectionPlan,
  type Text,
  whenSettled,
} from './run.ts';

type Part = Text | Promise<Text>;

/** The selected fields of one object, as a JSON object. */
export const runSelection = (
  run: Run,
  plan: SelectionPlan,
  source: unknown,
  path: Path | undefined,
): string | Promise<string> => {
  const parts: Part[] = [];
  try {
    for (const part of plan) {
      if ('texts' in part) parts.push(textOfRecord(run, part, source as object, path));
      else parts.push(runField(run, part, source, path));
    }
  } catch (error) {
    const begun = parts.filter(isPromise);
    if (begun.length === 0) throw error;
    const fail = () => {
      throw error;
    };
    return Promise.all(begun).then(fail, fail);
  }
  return whenSettled(parts, () => objectOf(plan, parts as Text[]));
};

const objectOf = (plan: SelectionPlan, texts: readonly Text[]): string => {
  let json = '';
  for (const [index, part] of plan.entries()) {
    if (json !== '') json += ',';
    json += 'texts' in part ? texts[index] : part.label + (texts[index] ?? 'null');
  }
  return `{${json}}`;
};

/** Not kept where anything failed, as the error belongs to each answer. */
const textOfRecord = (run: Run, { fields, texts }: RecordFields, record: object, path: Path | undefined): Part => {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const errors = run.errors.length;
  const parts = fields.map((field) => runField(run, field, record, path));
  return whenSettled(parts, () => {
    // Joined at once, so that what is kept is one flat string.
    const text = fields.map(({ label }, index) => label + (parts[index] ?? 'null')).join();
    if (run.errors.length === errors) texts.keep(record, text);
    return text;
  });
};

const runField = (run: Run, field: FieldPlan, source: unknown, parent: Path | undefined): Part => {
  const { nodes, definition, isLeaf, takesInfo, complete } = field;
  const path = isLeaf && !takesInfo ? undefined : pathTo(field, parent);
  const failed = (error: unknown) => run.failed(error, nodes, definition.type, path ?? pathTo(field, parent));
  try {
    const info = takesInfo ? run.infoOf(field, path) : (undefined as never);
    const value = field.resolve(source, run.argsOf(field), run.context, info);
    if (isPromise(value)) return value.then((resolved) => complete(run, resolved, path, field)).then(undefined, failed);
    const text = complete(run, value, path, field);
    return isPromise(text) ? text.then(undefined, failed) : text;
  } catch (error) {
    return failed(error);
  }
};

const pathTo = ({ responseName, parentType }: FieldPlan, parent: Path | undefined): Path => ({
  prev: parent,
  key: responseName,
  typename: parentType.name,
});
