import { pageWindow, type Window } from '#lib/lists/list-calls.ts';

/** Rows of one list page; the server refuses more. */
export const SCANORBIT_PAGE_SIZE = 100;

/** Pages count from 0. */
export const pageOf = (index: number): Window => pageWindow(index, SCANORBIT_PAGE_SIZE);
