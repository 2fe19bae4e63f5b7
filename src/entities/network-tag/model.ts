/** A tag of a Scanopy organization; it belongs to no network. */
export interface NetworkTagModel {
  readonly type: 'NetworkTag';
  readonly source: string;
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly color: string;
}
