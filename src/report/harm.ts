import type { Finding, Harm } from '../vocabulary/finding.ts';

/** The worst first, in words for people. */
export const HARMS: Readonly<Record<Harm, string>> = {
  corrupts: 'data goes wrong', loses: 'work is lost', repeats: 'done twice', stalls: 'service stalls', fails: 'wrong or slow answer',
};

/** What goes wrong for good, then what stops the service, then what one caller feels. */
const WEIGHTS: Readonly<Record<Harm, number>> = { corrupts: 0, loses: 0, repeats: 0, stalls: 1, fails: 2 };

export const weight = ({ harm }: Finding): number => (harm === undefined ? 1 : WEIGHTS[harm]);

export const harmOf = ({ harm }: Finding): string => (harm === undefined ? '' : HARMS[harm]);
