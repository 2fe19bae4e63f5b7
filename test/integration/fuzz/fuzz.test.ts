import { fuzz } from '../../support/fuzz/fuzz.ts';

fuzz(400, 'without an index');
fuzz(200, 'with its index complete');
