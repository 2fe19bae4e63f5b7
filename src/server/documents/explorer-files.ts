import { fileURLToPath } from 'node:url';

/** Where the built explorer lies: `package.json` says so, for the sources and for what was compiled. */
export const explorerFile = (name: string): string => fileURLToPath(import.meta.resolve(`#explorer/${name}`));

/** The operations that the explorer sends by hash, as its build wrote them; missing where it was not built. */
export const explorerDocuments: string = explorerFile('persisted-documents.json');
