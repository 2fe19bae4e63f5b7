import type { KeyedSource } from './open-source.ts';
import type { ScanopySource } from './source-set.ts';

export const openScanopy = ({ options }: KeyedSource): ScanopySource => {
  throw new Error(`The source "${options.name}" is a Scanopy server, which cannot be opened yet.`);
};
