import type { ScanopyVersion } from '../network-client.ts';

/** What one wire generation calls things. The names of the keys are G2's; rows are renamed to them before they are read. */
export interface WireAdapter {
  readonly generation: ScanopyVersion['generation'];
  readonly networksPath: string;
  /** In the order to try: one release between two generations may have moved already. */
  readonly dependencyPaths: readonly [string, string?];
  /** Query key that narrows a list to one network. */
  readonly networkFilter: string;
  /** G2 key → the key this generation sends instead. */
  readonly renamedKeys: Readonly<Record<string, string>>;
}

/**
 * The row with G2's keys. A generation may use a G2 word for something else (`interfaces`), so a renamed key's own word is
 * taken away first; a key that is not sent under the old name keeps what the row has under its G2 name, if anything.
 */
export const inG2Words = (row: unknown, { renamedKeys }: WireAdapter): unknown => {
  if (typeof row !== 'object' || row === null) return row;
  const sent = row as Readonly<Record<string, unknown>>;
  const renamed: Record<string, unknown> = { ...sent };
  for (const theirs of Object.values(renamedKeys)) delete renamed[theirs];
  for (const [ours, theirs] of Object.entries(renamedKeys)) if (theirs in sent) renamed[ours] = sent[theirs];
  return renamed;
};
