/** The member `extensions` of a request that names a document by its SHA-256 instead of sending it. */
export const persistedQuery = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } }) as const;
