import { describe, expect, it } from 'vitest';
import { GatewayError } from '#lib/gateway-error.ts';
import { Connections } from '#server/auth/connections.ts';
import { EVERYONE } from '#server/auth/create-authenticator.ts';
import { leftByYoungCollections } from '../../../support/heap.ts';

const connection = (ended: (mayReturn: boolean) => void = () => {}, headers = {}) => ({
  viewer: EVERYONE,
  headers,
  isStream: () => true,
  end: ended,
});

describe('Connections', () => {
  it('ends those that are open and would not be let in any more, in whatever order others have closed', async () => {
    const connections = new Connections();
    const ended: number[] = [];
    const removers = [0, 1, 2, 3, 4].map((of) => connections.add(connection(() => ended.push(of))));
    for (const closed of [1, 4, 0, 0]) removers[closed]?.();
    await connections.review(() => {
      throw new GatewayError('UNAUTHENTICATED', 'The API key is not known.');
    });
    expect(ended.toSorted()).toEqual([2, 3]);
  });

  it('leaves nothing of closed connections to full collections', () => {
    const connections = new Connections();
    const open: (() => void)[] = [];
    const turnOver = () => {
      for (let i = 0; i < 1000; i += 1) {
        // Nearly a kilobyte each, and 32 others are open.
        open.push(connections.add(connection(undefined, { held: new Array(100).fill(i) })));
        if (open.length > 32) open.shift()?.();
      }
    };
    expect(leftByYoungCollections(turnOver)).toBeLessThan(10);
  });
});
