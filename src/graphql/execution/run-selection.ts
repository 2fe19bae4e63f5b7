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
): string | Promise<string> =>
  keptObject(plan, source) ??
  together(
    plan,
    (part) => ('texts' in part ? textOfRecord(run, part, source as object, path) : runField(run, part, source, path)),
    (texts) => objectOf(plan, texts),
  );

/** The JSON of a record of which only fields are selected that follow from it, where it was made before. */
export const keptObject = (plan: SelectionPlan, record: unknown): string | undefined => {
  const [part] = plan;
  return part && 'texts' in part && part.isWhole ? part.texts.get(record as object) : undefined;
};

/** Joins what each part gives. Where one throws, that is thrown once those before it are done, which may reject as well. */
const together = <T>(
  parts: readonly T[],
  runPart: (part: T) => Part,
  join: (texts: readonly Text[]) => string,
): string | Promise<string> => {
  const texts: Part[] = [];
  try {
    for (const part of parts) texts.push(runPart(part));
  } catch (error) {
    const begun = texts.filter(isPromise);
    if (begun.length === 0) throw error;
    const fail = () => {
      throw error;
    };
    return Promise.all(begun).then(fail, fail);
  }
  return whenSettled(texts, () => join(texts as Text[]));
};

const objectOf = (plan: SelectionPlan, texts: readonly Text[]): string => {
  const [first] = plan;
  if (first && 'texts' in first && first.isWhole) return texts[0] ?? 'null';
  let json = '';
  for (const [index, part] of plan.entries()) {
    if (json !== '') json += ',';
    json += 'texts' in part ? texts[index] : part.label + (texts[index] ?? 'null');
  }
  return `{${json}}`;
};

/** Not kept where anything failed, as the error belongs to each answer. */
const textOfRecord = (
  run: Run,
  { fields, isWhole, texts }: RecordFields,
  record: object,
  path: Path | undefined,
): Part => {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const errors = run.errors.length;
  return together(
    fields,
    (field) => runField(run, field, record, path),
    (values) => {
      // Joined at once, so that what is kept is one flat string.
      const members = fields.map(({ label }, index) => label + (values[index] ?? 'null')).join();
      const text = isWhole ? ['{', members, '}'].join('') : members;
      if (run.errors.length === errors) texts.keep(record, text);
      return text;
    },
  );
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
