import { Client, fetchExchange } from '@urql/core';
import { print } from 'graphql';
import { expect, it } from 'vitest';
import { momentExchange, pastOf } from '../../../explorer/src/api/moment-exchange.ts';
import { AssetChangesDocument, SearchPlacesDocument } from '../../../explorer/src/gql/graphql.ts';

const AT = '2026-11-20T10:00:00.000Z';

/** A client at that moment, and what it sent to a gateway that answers with `answer`. */
const clientAt = (answer: object) => {
  const sent: { readonly query: string; readonly variables: unknown }[] = [];
  const client = new Client({
    url: 'http://gateway.example/graphql',
    preferGetMethod: false,
    exchanges: [momentExchange(AT), fetchExchange],
    fetch: async (_, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return Response.json(answer);
    },
  });
  return { client, sent };
};

it('asks about the moment, and gives the answer the form that it has about now', async () => {
  const source = { kind: 'SCANORBIT', health: 'UNAVAILABLE', index: { complete: true, records: 5 } };
  const { client, sent } = clientAt({
    data: {
      sources: [
        { ...source, name: 'a' },
        { ...source, name: 'b' },
      ],
      asOf: { readings: [{ source: 'a', time: AT, isComplete: true }], accounts: null, networks: { nodes: [] } },
    },
    errors: [{ message: 'Not kept.', path: ['asOf', 'accounts'], extensions: { code: 'HISTORY_UNAVAILABLE' } }],
  });
  const { data, error } = await client.query(SearchPlacesDocument, {}).toPromise();
  expect(sent).toEqual([expect.objectContaining({ variables: { at: AT } })]);
  expect(sent[0]?.query).toContain('asOf(time: $at)');
  expect(data).toMatchObject({ accounts: null, networks: { nodes: [] } });
  expect(data?.sources.map(({ health, index }) => [health, index.complete, index.records])).toEqual([
    ['OK', true, 1],
    ['UNAVAILABLE', false, 0],
  ]);
  expect(error?.graphQLErrors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['accounts'], 'HISTORY_UNAVAILABLE'],
  ]);
});

it('keeps an error that refuses the whole moment, and shows no data then', async () => {
  const { client } = clientAt({
    data: { sources: [], asOf: null },
    errors: [{ message: 'Nothing is known.', path: ['asOf'], extensions: { code: 'HISTORY_UNAVAILABLE' } }],
  });
  const { data, error } = await client.query(SearchPlacesDocument, {}).toPromise();
  expect(data).toEqual({ sources: [] });
  expect(error?.graphQLErrors.map(({ message }) => message)).toEqual(['Nothing is known.']);
});

it('sends as it is what is about a stretch of time already', async () => {
  expect(pastOf(AssetChangesDocument)).toBeNull();
  const { client, sent } = clientAt({ data: { changes: null } });
  await client.query(AssetChangesDocument, { id: 'x', until: AT }).toPromise();
  expect(sent[0]).toMatchObject({ variables: { id: 'x', until: AT } });
  expect(print(AssetChangesDocument)).toContain('until: $until');
});
