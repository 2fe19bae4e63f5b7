/** Which half of the graph a source fills: cloud resources, or hosts on networks. */
export type SourceSide = 'CLOUD' | 'NETWORK';

export const SOURCE_SIDES: readonly SourceSide[] = ['CLOUD', 'NETWORK'];

export type PerSide<T> = Readonly<Record<SourceSide, T>>;

export const perSide = <T>(make: (side: SourceSide) => T): PerSide<T> => ({
  CLOUD: make('CLOUD'),
  NETWORK: make('NETWORK'),
});
