/** Placeholder while the catalogue is being written. */
import { en, type Texts } from './en.js';

export const el: Texts = { ...en, language: 'el' };
