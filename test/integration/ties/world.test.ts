import { SERVERS, TIES, testTies } from '../../support/ties.ts';

// Each number of ties with one pair of servers; test/slow has them all.
for (const [i, ties] of TIES.entries()) testTies(ties, SERVERS.slice(i, i + 1));
