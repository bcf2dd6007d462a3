/** Oedema and uptake of something else than the marrow of a vertebral body: muscle, ligament, disc, cord, pedicle, another bone. */
import type { Span } from './context.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const SOFT = words(`
  soft muscle muscles paraspinal prevertebral paravertebral ligament ligamentous interspinous supraspinous
  disc cord conus facet subcutaneous modic epidural psoas sacral sacrum pedicle pedicles lamina laminae iliac
  spinous process hip hips degenerative reactive multifidus plc fat tissues tissue musculature rib sternum
  shoulder shoulders knee knees ankle ankles foot feet midfoot wrist wrists femur femora humerus clavicle
  scapula skull joint joints acetabulum pelvis
`);
const BEFORE = 3;
const BEHIND = 9;
const ENDS_BEFORE = words(`
  , with and no or
`);
const ENDS_BEHIND = words(`
  , with ; marrow vertebral body
`);

/** True when the words next to a sign name something soft, or the cord is what shows it. */
export function isOfSoftTissue(sentence: ReadSentence, sign: Span): boolean {
  return isNamedBefore(sentence, sign) || isNamedBehind(sentence, sign) || isOfASoftSubject(sentence, sign);
}

function isNamedBefore(sentence: ReadSentence, { from }: Span): boolean {
  for (let at = from - 1; at >= Math.max(sentence.from, from - BEFORE); at -= 1) {
    if (ENDS_BEFORE.has(sentence.wordAt(at))) return false;
    if (isSoft(sentence, at)) return true;
  }
  return false;
}

function isNamedBehind(sentence: ReadSentence, { to }: Span): boolean {
  for (let at = to; at < Math.min(sentence.to, to + BEHIND); at += 1) {
    if (ENDS_BEHIND.has(sentence.wordAt(at))) return false;
    if (isSoft(sentence, at)) return true;
  }
  return false;
}

/** "fat" of "fat suppressed T2" is a way to image, no tissue. */
function isSoft(sentence: ReadSentence, at: number): boolean {
  if (!SOFT.has(sentence.wordAt(at))) return false;
  return sentence.wordAt(at) !== 'fat' || !SUPPRESSED.has(sentence.wordAt(at + 1).replace('-', ''));
}

const SUPPRESSED = words(`
  suppressed suppression saturated saturation sat
`);
const CORD = words(`
  cord conus
`);
const BONE = words(`
  vertebra vertebral body marrow bone fracture endplate retropulsion fragment
`);
const NOWHERE: ReadonlySet<string> = new Set();
const ENDS_A_PART = words(`
  , ; : . but while whereas
`);

const SOFT_SUBJECTS = words(`
  disc muscle muscles musculature ligament ligaments facet facets
`);
const BEGINS_ANEW = words(`
  and with without plus there or
`);

/** "The cord is compressed and shows oedema.", "the disc below shows no oedema": what stands first in the part shows it. */
function isOfASoftSubject(sentence: ReadSentence, { from }: Span): boolean {
  return isSubject(sentence, from, CORD, NOWHERE) || isSubject(sentence, from, SOFT_SUBJECTS, BEGINS_ANEW);
}

function isSubject(
  sentence: ReadSentence,
  from: number,
  subjects: ReadonlySet<string>,
  ends: ReadonlySet<string>,
): boolean {
  let isSoftOne = false;
  for (let at = from - 1; at >= sentence.from && !ENDS_A_PART.has(sentence.wordAt(at)); at -= 1) {
    if (ends.has(sentence.wordAt(at))) break;
    if (BONE.has(sentence.wordAt(at)) || isAVertebra(sentence, at)) return false;
    isSoftOne ||= subjects.has(sentence.wordAt(at));
  }
  return isSoftOne;
}

function isAVertebra({ mentions }: ReadSentence, at: number): boolean {
  return mentions.some(({ from, to, kind }) => kind === 'vertebrae' && at >= from && at < to);
}
