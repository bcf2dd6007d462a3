/** A rule is asked only about sentences that hold what it says it speaks of; of all others it must have nothing to say. */
import { expect, test } from '@jest/globals';
import { HEIGHT_RULES } from '../../../../../cds-services/vertebral-fracture/findings/report-text/height.js';
import { PATIENT_RULES } from '../../../../../cds-services/vertebral-fracture/findings/report-text/patient-signs.js';
import { SCORE_RULES } from '../../../../../cds-services/vertebral-fracture/findings/report-text/scores.js';
import {
  type ReadSentence,
  readSentence,
  speaksOf,
} from '../../../../../cds-services/vertebral-fracture/findings/report-text/sentence.js';
import { sentencesOf } from '../../../../../cds-services/vertebral-fracture/findings/report-text/sentences.js';
import { SIGN_RULES } from '../../../../../cds-services/vertebral-fracture/findings/report-text/signs.js';
import { tokensOf } from '../../../../../cds-services/vertebral-fracture/findings/report-text/tokens.js';
import { corpus } from '../../../../support/report-corpus.js';

const SENTENCES: readonly ReadSentence[] = corpus('development').flatMap(({ text }) => {
  const tokens = tokensOf(text);
  return sentencesOf(tokens).map((part) => readSentence(tokens, part));
});

test.each(Object.entries({ HEIGHT_RULES, PATIENT_RULES, SCORE_RULES, SIGN_RULES }))(
  '%s have nothing to say of a sentence without the concepts they name',
  (_, rules) => {
    for (const { of, saidOf } of rules) {
      if (of === undefined) continue;
      const others = SENTENCES.filter((sentence) => !speaksOf(sentence, of));
      expect(others.length).toBeGreaterThan(1000);
      expect(others.filter((sentence) => saidOf(sentence).length > 0)).toEqual([]);
    }
  },
);
