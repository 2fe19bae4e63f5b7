const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });
const exactMoney = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const whole = new Intl.NumberFormat('en-US');

/** e.g. `1,204`. */
export const countText = (count: number): string => whole.format(count);

/** e.g. `1 host`, `3 hosts`. */
export const countedText = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;

/** Dollars, with cents only below a hundred. */
export const moneyText = (amount: number): string => (amount < 100 ? exactMoney : money).format(amount);

/** e.g. `security group open port` for `SECURITY_GROUP_OPEN_PORT`. */
export const wordsOf = (name: string): string => name.replaceAll('_', ' ').toLowerCase();

export const percentText = (share: number): string => `${Math.floor(share * 100)} %`;
