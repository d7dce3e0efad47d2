/**
 * Imported by every part of the program that is loaded later and shows texts of `en/later.ts`: only
 * English is split, other languages come as a whole.
 */
import { current } from './current.svelte';
import { later } from './en/later';

current.learn(later);
