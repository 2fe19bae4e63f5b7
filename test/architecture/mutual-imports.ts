export interface CruisedModule {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}

/** Models may be imported from everywhere, so an import of one shows nothing about which folder depends on which. */
const MODEL = /^src\/entities\/[^/]+\/model\.ts$/;

/**
 * The folder that answers for a file: one for all entities, since their fields lead to each other; one for each part of `sources` and
 * of `inventory`; else the folder below `src`.
 */
const folderOf = (file: string): string | null =>
  /^src\/((?:sources|inventory)(?:\/[^/.]+(?=\/))?|[^/.]+)\//.exec(file)?.[1] ?? null;

/** A folder may gather what its own subfolders hold, and they may use what it offers. */
const isNested = (one: string, other: string): boolean => one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

/** Pairs of folders that import each other, each with an import in both directions. */
export const mutualImports = (modules: readonly CruisedModule[]): string[] => {
  const crossings = new Map<string, string>();
  for (const { source, dependencies } of modules) {
    for (const { resolved } of dependencies) {
      const [from, to] = [folderOf(source), folderOf(resolved)];
      if (!from || !to || from === to || isNested(from, to) || MODEL.test(resolved)) continue;
      crossings.set(`${from} → ${to}`, `${source} → ${resolved}`);
    }
  }
  return [...crossings].flatMap(([pair, example]) => {
    const [from = '', to = ''] = pair.split(' → ');
    const back = crossings.get(`${to} → ${from}`);
    return back && from < to ? [`${from} and ${to}: ${example}; ${back}`] : [];
  });
};
