/** A network (a site in newer Scanopy versions): the scope within which addresses mean something. */
export interface NetworkModel {
  readonly type: 'Network';
  readonly source: string;
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Ids of tags; may dangle. */
  readonly tagIds: readonly string[];
}
