/** Why a value was concluded from another one, in Greek. Types and grades (AO A3, OF 2, AIS D) are written as in English. */

const WHOLE: Readonly<Record<string, string>> = {
  SINS: 'βαθμολογία SINS',
  TLICS: 'βαθμολογία TLICS',
  'Genant grade': 'βαθμός Genant',
  'age of the fracture': 'ηλικία του κατάγματος',
  'history of a healed fracture': 'ιστορικό πωρωμένου κατάγματος',
  'the diagnosis is no longer active': 'η διάγνωση δεν είναι πλέον ενεργή',
  'spinal malignancy known': 'γνωστή κακοήθεια σπονδυλικής στήλης',
  'osteoporosis known, no other cause coded': 'γνωστή οστεοπόρωση, χωρίς άλλη κωδικοποιημένη αιτία',
  'distraction or translation': 'διάσταση ή παρεκτόπιση',
  'cord compression on imaging': 'συμπίεση νωτιαίου μυελού στην απεικόνιση',
  'cauda equina compression on imaging': 'συμπίεση ιππουρίδας στην απεικόνιση',
  'metastases or myeloma on imaging': 'μεταστάσεις ή μυέλωμα στην απεικόνιση',
  'said in an imaging report': 'αναφέρεται σε γνωμάτευση',
  'spinal infection on imaging': 'λοίμωξη σπονδυλικής στήλης στην απεικόνιση',
};

const SHAPES: Readonly<Record<string, string>> = {
  wedge: 'σφηνοειδές',
  biconcave: 'αμφίκοιλο',
  crush: 'συντριπτικό',
};

/** Reasons with a value in them; `…` stands for it. */
const WITH_VALUE: readonly (readonly [before: string, after: string, greek: (value: string) => string])[] = [
  ['AO type ', '', (type) => `τύπος AO ${type}`],
  ['OF type ', '', (type) => `τύπος OF ${type}`],
  ['AIS ', '', (grade) => `βαθμός AIS ${grade}`],
  ['INR above ', '', (value) => `INR πάνω από ${value}`],
  ['platelets below ', '', (value) => `αιμοπετάλια κάτω από ${value}`],
  [
    'pain still severe ',
    ' days or more after the start',
    (days) => `ο πόνος παραμένει έντονος ${days} ή περισσότερες ημέρες από την έναρξη`,
  ],
  ['', ' with intact posterior wall', (shape) => `${SHAPES[shape] ?? shape} με ακέραιο οπίσθιο τοίχωμα`],
];

/** The reason in Greek; one that is not known stays as it is, and a test finds it. */
export function derivedInGreek(why: string): string {
  const whole = WHOLE[why];
  if (whole !== undefined) return whole;
  for (const [before, after, greek] of WITH_VALUE) {
    if (why.startsWith(before) && why.endsWith(after) && why.length > before.length + after.length) {
      return greek(why.slice(before.length, why.length - after.length));
    }
  }
  return why;
}
