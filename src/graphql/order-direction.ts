import { builder } from './builder.ts';

export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which end comes first.',
  values: {
    ASC: { description: 'Smallest, oldest, A first.' },
    DESC: { description: 'Greatest, newest, Z first.' },
  } as const,
});
