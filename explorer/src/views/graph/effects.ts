/** What an effect means, after the name of what is affected. */
export const EFFECTS = {
  BREAKS: 'stops working',
  DEGRADES: 'goes on with less',
  ORPHANS: 'is left without purpose',
  BLINDS: 'works, but nobody watches it',
} as const;
