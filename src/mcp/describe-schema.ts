import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  printType,
} from 'graphql';

/** Pieces that one description shows at most; then it says how many there are. */
const MOST_PIECES = 40;
/** Characters of a type that is shown as SDL; a longer one is shown in pieces. */
const LONGEST_TYPE = 6000;

/** What the schema has under a word: the type of that name as SDL and fields that bear it, else the types and fields that bear or explain it, a line each. */
export const describeSchema = (schema: GraphQLSchema, word: string | undefined): string => {
  const query = schema.getQueryType();
  if (!word) return listed(Object.values(query?.getFields() ?? {}).map((field) => fieldLine('Query', field)));
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const sought = word.toLowerCase();
  const named = (text: string | null | undefined) => text?.toLowerCase().includes(sought) ?? false;
  // What can be asked of any moment is shown once: as a query.
  const isRepeated = (type: GraphQLNamedType, { name }: Piece) => {
    const asked = query?.getFields()[name];
    const isPast = isObjectType(type) && type.extensions.isPast === true;
    return asked !== undefined && isPast && String(type.getFields()[name]?.type) === String(asked.type);
  };
  const pieces = types.flatMap((type) => piecesOf(type).filter((piece) => !isRepeated(type, piece)));
  const exact = types.find(({ name }) => name.toLowerCase() === sought);
  if (exact) {
    const namesakes = pieces.filter(({ name }) => name !== exact.name && name.toLowerCase() === sought);
    return [...namesakes.map(({ line }) => line), typeText(exact)].join('\n');
  }
  const byName = pieces.filter(({ name }) => named(name));
  const byText = pieces.filter(({ name, description }) => !named(name) && named(description));
  return listed([...byName, ...byText].map(({ line }) => line));
};

const typeText = (type: GraphQLNamedType): string => {
  const text = printType(type);
  return text.length <= LONGEST_TYPE ? text : listed(piecesOf(type).map(({ line }) => line));
};

interface Piece {
  readonly name: string;
  readonly description: string | null | undefined;
  readonly line: string;
}

const piecesOf = (type: GraphQLNamedType): Piece[] => {
  const { name, description } = type;
  const own = { name, description, line: lineOf(`${keywordOf(type)} ${name}`, description) };
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields());
    return [
      own,
      ...fields.map((field) => ({ name: field.name, description: field.description, line: fieldLine(name, field) })),
    ];
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return [
      own,
      ...fields.map((field) => ({
        name: field.name,
        description: field.description,
        line: lineOf(`${name}.${field.name}: ${field.type}`, field.description),
      })),
    ];
  }
  if (!isEnumType(type)) return [own];
  const values = type.getValues();
  return [
    own,
    ...values.map((value) => ({
      name: value.name,
      description: value.description,
      line: lineOf(`${name}.${value.name}`, value.description),
    })),
  ];
};

const keywordOf = (type: GraphQLNamedType): string =>
  printType(type)
    .replace(/"""[\s\S]*?"""\s*/, '')
    .split(' ', 1)[0] ?? '';

const fieldLine = (parent: string, { name, args, type, description }: GraphQLField<unknown, unknown>): string => {
  const given = args.map((argument) => `${argument.name}: ${argument.type}`).join(', ');
  return lineOf(`${parent}.${name}${given && `(${given})`}: ${type}`, description);
};

/** The first sentence is enough to choose by; the type itself shows the rest. */
const lineOf = (head: string, description: string | null | undefined): string => {
  const [sentence = ''] = (description ?? '').split(/(?<=\.)\s/, 1);
  return sentence ? `${head} — ${sentence.replaceAll('\n', ' ')}` : head;
};

const listed = (lines: readonly string[]): string => {
  if (lines.length === 0)
    return 'Nothing in the schema bears or explains this word. Without a word, every query is listed.';
  const more = lines.length - MOST_PIECES;
  const end = more > 0 ? [`… and ${more} more: ask for a more special word, or for a type by its name.`] : [];
  return [...lines.slice(0, MOST_PIECES), ...end].join('\n');
};
