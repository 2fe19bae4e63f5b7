import { fuzz } from '../fuzz/fuzz.ts';

fuzz(Number(process.env.FUZZ_OPERATIONS ?? 5_000));
