import { fuzz } from '../support/fuzz/fuzz.ts';

const OPERATIONS = Number(process.env.FUZZ_OPERATIONS ?? 5_000);

fuzz(OPERATIONS, 'without an index');
fuzz(Math.ceil(OPERATIONS / 5), 'with its index complete');
