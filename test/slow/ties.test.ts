import { SERVERS, TIES, testTies } from '../support/ties.ts';

for (const ties of TIES) testTies(ties, SERVERS);
