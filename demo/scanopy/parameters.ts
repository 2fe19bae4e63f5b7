import type { Parameter, ValueKind } from './query.ts';
import type { WireVersion } from './wire-version.ts';

type Pick<Row> = (row: Row) => string | null | undefined;
type PickMany<Row> = (row: Row) => readonly (string | null)[];

/** Sent once, matched exactly. */
export const one = <Row>(key: string, pick: Pick<Row>, kind: ValueKind = 'uuid'): Parameter<Row> => ({
  key,
  kind,
  repeated: false,
  matches: (row, values) => values.has(pick(row) ?? ''),
});

/** Sent as often as there are values; any of them matches. */
export const anyOf = <Row>(
  key: string,
  pick: PickMany<Row>,
  kind: ValueKind = 'uuid',
  alias?: string,
): Parameter<Row> => ({
  key,
  kind,
  repeated: true,
  matches: (row, values) => pick(row).some((value) => value !== null && values.has(value)),
  ...(alias !== undefined && { alias }),
});

/** Substring of any of the texts, case ignored. */
export const search = <Row>(pick: PickMany<Row>): Parameter<Row> => ({
  key: 'search',
  kind: 'text',
  repeated: false,
  matches: (row, values) => {
    const [wanted = ''] = values;
    return pick(row).some((text) => text?.toLowerCase().includes(wanted.toLowerCase()));
  },
});

/** The scope filter as most lists have it. Its old name is an unknown key for a server with sites. */
export const scope = <Row>(wire: WireVersion, networkId: (row: Row) => string): Parameter<Row> =>
  one(wire.networkKey, networkId);

/** The scope filter of lists that learned to take several networks. */
export const scopes = <Row>(wire: WireVersion, networkId: (row: Row) => string): Parameter<Row> =>
  wire.has('lateParameters')
    ? anyOf(`${wire.networkKey}s`, (row) => [networkId(row)], 'uuid', wire.networkKey)
    : scope(wire, networkId);
