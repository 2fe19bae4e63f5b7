/** Words of the schema as people write them. */
export const words = (name: string): string => name.toLowerCase().replaceAll('_', ' ');

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

export const EFFECTS = {
  BREAKS: 'stops working',
  DEGRADES: 'goes on with less',
  ORPHANS: 'is left without purpose',
  BLINDS: 'works, but nobody watches it',
} as const;
