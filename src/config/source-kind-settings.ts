/** What the configuration needs to know about a kind of source. */
export interface SourceKindSettings {
  /** Value of `sources[].kind`, lower case. `<NAME>_URL` and `<NAME>_API_KEY` configure one source of it. */
  readonly name: string;
  /** Default of `limits.cost.<name>`: upstream requests that one operation may need at worst. */
  readonly costLimit: number;
  /** What the URL of such a source usually ends with, and people leave out. */
  readonly basePath?: string;
  /** What is wrong with the URL of such a source, as "expected …"; null when nothing is. */
  readonly urlProblem?: (url: URL) => string | null;
}
