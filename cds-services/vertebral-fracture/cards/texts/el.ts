/** The words of the cards in Greek. */
import type { Alternative } from '../../decision/alternatives.js';
import type { Conclusion, Ground } from '../../decision/conclusions.js';
import type { MissingName, NoteAction } from '../../decision/missing-facts.js';
import type { Outcome } from '../../decision/outcome.js';
import type { RowId, WarningRow } from '../../decision/row.js';
import type { ScoreParameter, ScoreReading } from '../../decision/scores.js';
import type { NotUsedReason } from '../../findings/finding.js';
import type { OrderMeaning } from '../../orders/order-meaning.js';
import type { Side } from '../../orders/order-place.js';
import type { PrefetchKey } from '../../prefetch.js';
import type { Unavailable } from '../../../../src/cds-hooks/service.js';
import { derivedInGreek } from './derived.el.js';
import type { CategoricalValue, ConfirmedName, NotedName, Texts, ToldRow } from './en.js';

const findings: Readonly<Record<MissingName, string>> = {
  level: 'επίπεδο του κατάγματος',
  heightLossPercent: 'απώλεια ύψους',
  morphology: 'μορφολογία',
  stability: 'σταθερότητα',
  aetiology: 'αιτία',
  ageDays: 'ηλικία του κατάγματος',
  acuity: 'οξύτητα',
  marrowOedema: 'οίδημα μυελού',
  posteriorWallDisrupted: 'ρήξη οπίσθιου τοιχώματος',
  retropulsion: 'οπισθοπώθηση',
  retropulsionMillimetres: 'χιλιοστά οπισθοπώθησης',
  canalCompromisePercent: 'στένωση του σπονδυλικού σωλήνα',
  kyphosisDegrees: 'τοπική κύφωση',
  kyphosis: 'κύφωση',
  severeDeformity: 'βαριά παραμόρφωση',
  progression: 'επιδείνωση',
  priorAugmentation: 'προηγούμενο τσιμέντο στο ίδιο επίπεδο',
  epiduralCompressionGrade: 'επισκληρίδιος συμπίεση (ESCC)',
  painFromThisFracture: 'ο πόνος προέρχεται από αυτό το κάταγμα',
  aoType: 'τύπος AO',
  ofType: 'τύπος OF',
  sinsScore: 'βαθμολογία SINS',
  tlicsScore: 'βαθμολογία TLICS',
  neurologicalDeficit: 'νευρολογικό έλλειμμα',
  suspectedNeurologicalDeficit: 'σημεία ελλείμματος',
  painScore: 'ένταση πόνου',
  inpatient: 'νοσηλεύεται',
  conservativeTherapyFailed: 'αποτυχία φαρμακευτικής αγωγής',
  activeInfection: 'ενεργός λοίμωξη',
  coagulopathy: 'διαταραχή πήξης',
  anticoagulated: 'αντιπηκτική αγωγή',
  inr: 'τιμή INR',
  plateletCount: 'αιμοπετάλια',
  cementAllergy: 'αλλεργία σε τσιμέντο ή σκιαγραφικό',
  pregnant: 'κύηση',
  malignancy: 'κακοήθεια',
  osteoporosis: 'οστεοπόρωση',
  boneMineralDensityTScore: 'τιμή T-score',
  systemicSteroid: 'συστηματικά κορτικοστεροειδή',
  boneAgent: 'θεραπεία οστεοπόρωσης',
  spineImagingDone: 'έχει γίνει MRI ή CT',
};

const toConfirm: Readonly<Record<ConfirmedName, string>> = {
  level: 'ποιος σπόνδυλος (απεικόνιση)',
  neurologicalDeficit: 'νευρολογική εξέταση',
  stability: 'σταθερότητα (οπίσθιο τοίχωμα, σύνδεσμοι)',
  aetiology: 'αιτία του κατάγματος',
  painScore: 'ένταση πόνου',
  conservativeTherapyFailed: 'αν απέτυχε η φαρμακευτική αγωγή',
  spineImagingDone: 'MRI ή CT σπονδυλικής στήλης',
  marrowOedema: 'οίδημα μυελού (MRI STIR ή σπινθηρογράφημα)',
  epiduralCompressionGrade: 'επισκληρίδιος συμπίεση (βαθμός ESCC)',
  posteriorWallDisrupted: 'οπίσθιο τοίχωμα',
  kyphosisDegrees: 'τοπική κύφωση',
  heightLossPercent: 'απώλεια ύψους',
};

const outcomes: Readonly<Record<Outcome, string>> = {
  kyphoplasty: 'προτιμάται κυφοπλαστική',
  vertebroplasty: 'σπονδυλοπλαστική κατά το άρθρο',
  'kyphoplasty-or-vertebroplasty': 'κυφοπλαστική ή σπονδυλοπλαστική',
  'surgical-referral': 'συνιστάται χειρουργική εκτίμηση',
  'medical-management': 'πρώτα συντηρητική αγωγή',
  defer: 'το τσιμέντο αναβάλλεται',
  'specialist-review': 'συνιστάται εκτίμηση από ειδικούς',
  'insufficient-data': 'τα καταγεγραμμένα δεν αρκούν για σύσταση',
  'not-applicable': 'εκτός του πεδίου αυτής της υπηρεσίας',
};

const outcomeLabels: Readonly<Record<Outcome, string>> = {
  kyphoplasty: 'Κυφοπλαστική',
  vertebroplasty: 'Σπονδυλοπλαστική',
  'kyphoplasty-or-vertebroplasty': 'Κυφοπλαστική ή σπονδυλοπλαστική',
  'surgical-referral': 'Χειρουργική εκτίμηση',
  'medical-management': 'Συντηρητική αγωγή',
  defer: 'Αναβολή',
  'specialist-review': 'Εκτίμηση από ειδικούς',
  'insufficient-data': 'Ελλιπή στοιχεία',
  'not-applicable': 'Δεν εφαρμόζεται',
};

const reasons: Readonly<Record<ToldRow, string>> = {
  '0.1': 'έχει καταγραφεί νευρολογικό έλλειμμα',
  '0.2': 'πιθανό νευρολογικό έλλειμμα, επιβεβαιώστε τώρα με εξέταση',
  '0.3': 'υψηλόβαθμη επισκληρίδιος συμπίεση από όγκο',
  '0.4': 'ασταθές κάταγμα',
  '1.1': 'έχει καταγραφεί ενεργός λοίμωξη',
  '1.2': 'έχει καταγραφεί κύηση',
  '1.3': 'ο πόνος τεκμηριωμένα προέρχεται από αλλού',
  '1.4': 'έχει πωρωθεί ή δεν υπάρχει οίδημα μυελού',
  '1.5': 'έχει καταγραφεί ήπιος πόνος',
  '1.7': 'υπάρχει ήδη τσιμέντο σε αυτό το επίπεδο',
  '2.1': 'διαταραγμένη πήξη· διορθώστε την πρώτα',
  '2.4': 'αλλεργία σε τσιμέντο ή σκιαγραφικό',
  '2.5': 'έχει καταγραφεί οπισθοπώθηση ή στένωση του σωλήνα',
  '2.7': 'περισσότερα από τρία επίπεδα με κάταγμα',
  '2.8': 'κακοήθης ή αντιφατική αιτία',
  '3.2': 'η τεχνική παραμένει ανοιχτή, λείπει η απώλεια ύψους',
  '3.3': 'δεν πληρούνται τα κριτήρια πόνου για τσιμέντο',
  T4b: 'οίδημα χωρίς απώλεια ύψους',
};

const checksFirst: Readonly<Record<WarningRow, string>> = {
  '2.2': 'αντιπηκτική αγωγή',
  '2.3': 'INR και αιμοπετάλια',
  '2.6': 'ρήξη οπίσθιου τοιχώματος (διαφυγή)',
  '3.5': 'παλαιότερο των 12 εβδομάδων',
  '4.1a': 'οίδημα μυελού (MRI STIR ή σπινθηρογράφημα)',
};

const values: Readonly<Record<CategoricalValue, string>> = {
  wedge: 'σφηνοειδές',
  biconcave: 'αμφίκοιλο',
  crush: 'συντριπτικό',
  burst: 'εκρηκτικό',
  pincer: 'κάταγμα τύπου λαβίδας',
  chance: 'κάταγμα Chance',
  translation: 'παρεκτόπιση',
  stable: 'σταθερό',
  unstable: 'ασταθές',
  osteoporotic: 'οστεοπορωτικό',
  malignant: 'κακόηθες',
  traumatic: 'τραυματικό',
  mixed: 'μεικτή',
  acute: 'οξύ',
  subacute: 'υποξύ',
  chronic: 'χρόνιο',
  'acute-on-chronic': 'οξύ επί χρονίου',
  healed: 'πωρωμένο',
};

const noteSubjects: Readonly<Record<NotedName, string>> = {
  painFromThisFracture: 'αν ο πόνος προέρχεται από αυτό το κάταγμα',
  activeInfection: 'λοίμωξη',
  pregnant: 'κύηση',
  anticoagulated: 'αντιπηκτικά και αντιαιμοπεταλιακά',
  cementAllergy: 'αλλεργία σε τσιμέντο ή σκιαγραφικό',
  priorAugmentation: 'προηγούμενο τσιμέντο στο ίδιο επίπεδο',
  malignancy: 'κακοήθεια, αν και οι καταγεγραμμένες αιτίες αντιφάσκουν',
  sinsScore: 'βαθμολογία SINS κακοήθους κατάγματος',
  morphology: 'εκρηκτική μορφή',
  posteriorWallDisrupted: 'ρήξη του οπίσθιου τοιχώματος',
  retropulsion: 'οπισθοπώθηση',
};

const note: Readonly<Record<NoteAction, (subjects: string) => string>> = {
  check: (subjects) => `Δεν έχουν καταγραφεί, ελέγξτε: ${subjects}.`,
  'exclude-on-ct': (subjects) => `Δεν αναφέρονται, αποκλείστε με CT: ${subjects}.`,
  examine: (subjects) => `Δεν έχει καταγραφεί, εξετάστε: ${subjects}.`,
};

const alternatives: Readonly<Record<Alternative['id'], string>> = {
  medical: 'Κρίθηκε κατάλληλη σε όλα τα οστεοπορωτικά σενάρια του NASS AUC 2025· το τσιμέντο σε 7 από 144.',
  'vertebroplasty-simpler':
    'Απλούστερη, ταχύτερη και φθηνότερη· πόνος και αναπηρία ήταν παρόμοια στη μελέτη KAVIAR, η διαφυγή συχνότερη.',
  'surgery-severe-deformity': 'Βαριά παραμόρφωση· οι κατευθυντήριες οδηγίες και το άρθρο διαφωνούν.',
  'surgery-too-flat': 'Τόσο επίπεδος σπόνδυλος είναι τεχνικό όριο για το τσιμέντο.',
  'surgery-first': 'Στο εκρηκτικό κάταγμα προηγείται χειρουργική γνώμη.',
  'kyphoplasty-in-bursts': 'Οι δημοσιευμένες σειρές εκρηκτικών καταγμάτων χρησιμοποίησαν κυφοπλαστική.',
  'kyphoplasty-no-room': 'Ελάχιστος χώρος για μπαλόνι όταν η απώλεια ύψους υπερβαίνει το 80 %.',
};

const conclusions: Readonly<Record<Conclusion['name'], string>> = {
  painCriteria: 'Πληρούνται τα κριτήρια πόνου',
  riskOfFurtherCollapse: 'Κίνδυνος περαιτέρω καθίζησης',
  severeDeformity: 'Βαριά παραμόρφωση',
  kyphosis: 'Κύφωση',
};

function ground(one: Ground): string {
  switch (one.is) {
    case 'pain-in-hospital':
      return `νοσηλεύεται με πόνο ${one.atLeast} ή μεγαλύτερο`;
    case 'pain-despite-therapy':
      return `πόνος ${one.atLeast} ή μεγαλύτερος παρά τη φαρμακευτική αγωγή`;
    case 'progression':
      return 'τεκμηριωμένη επιδείνωση';
    case 't-score':
      return `T-score κάτω από ${one.below}`;
    case 'junction':
      return `ο ${one.level} βρίσκεται στη θωρακοοσφυϊκή συμβολή (πολιτική)`;
    case 'steroids':
      return 'μακροχρόνια συστηματικά κορτικοστεροειδή';
    case 'called-severe':
      return 'χαρακτηρίστηκε βαριά';
    case 'recorded-kyphosis':
      return 'έχει καταγραφεί ως διάγνωση';
    case 'local-kyphosis':
      return `τοπική κύφωση ${one.atLeast} μοιρών ή μεγαλύτερη (πολιτική)`;
  }
}

const gaps: Readonly<Record<PrefetchKey, string>> = {
  patient: 'ο ασθενής',
  conditions: 'διαγνώσεις',
  imagingStudies: 'απεικονιστικές εξετάσεις',
  reports: 'γνωματεύσεις',
  imagingFindings: 'ευρήματα απεικόνισης και εξέτασης',
  measurements: 'ένταση πόνου και εργαστηριακά',
  medications: 'φάρμακα',
  allergies: 'αλλεργίες',
  procedures: 'επεμβάσεις',
  encounters: 'η τρέχουσα νοσηλεία',
  orders: 'παραγγελίες που ήδη ισχύουν',
  userRoles: 'ο ρόλος του χρήστη',
};

const whyUnavailable: Readonly<Record<Unavailable, string>> = {
  'not-provided': 'δεν εστάλησαν',
  'not-registered': 'ο διακομιστής FHIR δεν είναι καταχωρισμένος εδώ',
  'client-failed': 'ο ηλεκτρονικός φάκελος δεν μπόρεσε να τα δώσει',
  forbidden: 'δεν επετράπη η πρόσβαση',
  timeout: 'δεν ήρθαν εγκαίρως',
  failed: 'σφάλμα του διακομιστή FHIR',
};

const notUsed: Readonly<Record<NotUsedReason, string>> = {
  'other-patient': 'Δεν χρησιμοποιήθηκε, ανήκει σε άλλον ασθενή',
  'no-patient': 'Δεν χρησιμοποιήθηκε, δεν αναφέρει ασθενή',
  'entered-in-error': 'Δεν χρησιμοποιήθηκε, καταχωρίστηκε εκ παραδρομής',
  refuted: 'Δεν χρησιμοποιήθηκε, έχει διαψευσθεί',
  cancelled: 'Δεν χρησιμοποιήθηκε, ακυρώθηκε ή δεν έγινε',
  future: 'Δεν χρησιμοποιήθηκε, έχει μελλοντική ημερομηνία',
  malformed: 'Δεν χρησιμοποιήθηκε, δεν έχει τη μορφή του FHIR R4',
  'ambiguous-vertebra': 'Δεν χρησιμοποιήθηκε, δεν ορίζει έναν σπόνδυλο',
};

const orders: Readonly<Record<OrderMeaning, string>> = {
  kyphoplasty: 'κυφοπλαστική',
  vertebroplasty: 'σπονδυλοπλαστική',
  cement: 'τσιμέντο',
  'spine-surgery': 'επέμβαση σπονδυλικής στήλης',
  'spine-referral': 'παραπομπή σε χειρουργό σπονδυλικής στήλης',
  'spine-imaging': 'απεικόνιση σπονδυλικής στήλης',
  'bone-density': 'μέτρηση οστικής πυκνότητας',
  brace: 'κηδεμόνας',
  physiotherapy: 'φυσικοθεραπεία',
  opioid: 'οπιοειδές',
  analgesic: 'αναλγητικό',
  'bone-agent': 'θεραπεία οστεοπόρωσης',
  unrelated: 'άλλο',
};

const sides: Readonly<Record<Side, string>> = {
  left: 'αριστερά',
  right: 'δεξιά',
  'both sides': 'αμφοτερόπλευρα',
};

const scoreParameters: Readonly<Record<ScoreParameter, string>> = {
  ofType: 'τύπος OF',
  tScore: 'T-score κάτω από -3',
  progression: 'επιδείνωση',
  painUnderAnalgesia: 'πόνος υπό αναλγησία βαθμίδας II του ΠΟΥ',
  neurology: 'νευρολογική εικόνα',
  mobilisation: 'κινητοποίηση',
  health: 'γενική κατάσταση (ASA, ευπάθεια, αντιπηκτικά)',
  location: 'εντόπιση',
  mechanicalPain: 'μηχανικός πόνος',
  lesion: 'λυτική ή βλαστική βλάβη',
  alignment: 'ευθυγράμμιση',
  collapse: 'καθίζηση',
  posterolateral: 'οπισθοπλάγια στοιχεία',
  morphology: 'μορφολογία',
  ligaments: 'οπίσθιοι σύνδεσμοι',
};

const scoreReadings: Readonly<Record<ScoreReading, string>> = {
  conservative: 'συντηρητική αντιμετώπιση',
  either: 'συντηρητική ή χειρουργική',
  'surgery-or-cement': 'επεμβατική αντιμετώπιση, που σε αυτή τη βαθμολογία περιλαμβάνει το τσιμέντο',
  stable: 'σταθερό',
  'potentially-unstable': 'δυνητικά ασταθές, χειρουργική εκτίμηση',
  'at-least-potentially-unstable': 'τουλάχιστον δυνητικά ασταθές, χειρουργική εκτίμηση',
  unstable: 'ασταθές',
  'non-operative': 'μη χειρουργική',
  surgery: 'χειρουργική',
};

const rowConditions: Readonly<Record<RowId, string>> = {
  '0.1': 'νευρολογικό έλλειμμα',
  '0.2': 'υποψία νευρολογικού ελλείμματος',
  '0.3': 'μεταστατικό κάταγμα με υψηλόβαθμη επισκληρίδιο συμπίεση (ESCC 2 ή 3)',
  '0.4': 'ασταθές κάταγμα',
  '1.1': 'ενεργός συστηματική λοίμωξη ή λοίμωξη σπονδυλικής στήλης',
  '1.2': 'κύηση',
  '1.3': 'ο πόνος τεκμηριωμένα προέρχεται από αλλού',
  '1.4': 'πωρωμένο ή χρόνιο: χωρίς οίδημα στη MRI, ή η διάγνωση δεν είναι πλέον ενεργή',
  '1.5': 'χωρίς αξιόλογο πόνο',
  '1.6': 'ηλικία κάτω των 18 ετών, ή αυχενικό ή ιερό επίπεδο',
  '1.7': 'προηγούμενο τσιμέντο στο ίδιο επίπεδο',
  '2.1': 'αδιόρθωτη διαταραχή πήξης: INR πάνω από 1.8, αιμοπετάλια κάτω από 50, ή διάγνωση',
  '2.2': 'αντιπηκτικό ή αντιαιμοπεταλιακό, ή INR 1.5 έως 1.8',
  '2.3': 'INR ή αιμοπετάλια άγνωστα ή παλαιά',
  '2.4': 'αλλεργία σε τσιμέντο ή σκιαγραφικό',
  '2.5': 'οπισθοπώθηση ή στένωση του σωλήνα',
  '2.6': 'ρήξη οπίσθιου τοιχώματος χωρίς οπισθοπώθηση',
  '2.7': 'περισσότερα από τρία επίπεδα με κάταγμα',
  '2.8':
    'κακόηθες κάταγμα, δυνητικά ασταθές (SINS 7 έως 12), με συμμετοχή του οπίσθιου τοιχώματος, ή με αντιφατικές αιτίες',
  '2.9': 'κακόηθες κάταγμα με όλα ευνοϊκά για τσιμέντο',
  '3.1': 'δεν είναι γνωστό κάτι που κρίνει',
  '3.2': 'λείπει μόνο η απώλεια ύψους',
  '3.3': 'τα κριτήρια πόνου είναι γνωστό ότι δεν πληρούνται',
  '3.4': 'έντονος πόνος: σε νοσηλεία 8 ή περισσότερο, αλλιώς 5 ή περισσότερο παρά την αγωγή',
  '3.5': 'παλαιότερο των 12 εβδομάδων με οίδημα',
  T1: 'εκρηκτικό κάταγμα με βαριά παραμόρφωση',
  T2: 'σταθερό εκρηκτικό κάταγμα χωρίς βαριά παραμόρφωση',
  T3: 'πλήρης καθίζηση: απώλεια ύψους πάνω από 80 %',
  T4: 'απώλεια ύψους από 70 έως 80 %, ή εύρος που αγγίζει και τις δύο πλευρές',
  T4b: 'χωρίς απώλεια ύψους, μόνο οίδημα (OF1), όχι εκρηκτικό',
  T5: 'απώλεια ύψους κάτω από 70 % και κίνδυνος περαιτέρω καθίζησης',
  T6: 'απώλεια ύψους κάτω από 70 %, με κύφωση ή απώλεια πάνω από 25 %',
  T7: 'οστεοπορωτικό, σταθερό, απώλεια ύψους έως 25 %, χωρίς γνωστό κίνδυνο περαιτέρω καθίζησης',
  T8: 'κάθε άλλη απώλεια ύψους κάτω από 70 %',
};

const rowAdvice: Readonly<Record<Exclude<RowId, '2.2' | '2.3' | '2.6' | '3.4' | '3.5'>, string>> = {
  '0.1':
    'Έχει καταγραφεί νευρολογικό έλλειμμα. Το άρθρο και οι οδηγίες συνιστούν επείγουσα παραπομπή σε χειρουργό σπονδυλικής στήλης· το τσιμέντο δεν συνιστάται.',
  '0.2':
    'Έχουν καταγραφεί σημεία που μπορεί να προέρχονται από τον νωτιαίο μυελό ή την ιππουρίδα. Επιβεβαιώστε τώρα τη νευρολογική εξέταση· το τσιμέντο δεν συνιστάται ώσπου να είναι φυσιολογική.',
  '0.3':
    'Έχει καταγραφεί υψηλόβαθμη επισκληρίδιος συμπίεση από όγκο. Οι πηγές συνιστούν μαζί χειρουργό σπονδυλικής στήλης και ακτινοθεραπευτή.',
  '0.4':
    'Το κάταγμα είναι ασταθές. Το άρθρο δεν συνιστά καμία επέμβαση με τσιμέντο· οι πηγές συνιστούν χειρουργό σπονδυλικής στήλης.',
  '1.1':
    'Έχει καταγραφεί ενεργός λοίμωξη: απόλυτη αντένδειξη για τσιμέντο. Θεραπεύστε την πρώτα· ρωτήστε χειρουργό σπονδυλικής στήλης και λοιμωξιολόγο.',
  '1.2': 'Έχει καταγραφεί κύηση: απόλυτη αντένδειξη στους κανόνες κάλυψης.',
  '1.3': 'Ο πόνος τεκμηριωμένα δεν προέρχεται από αυτό το κάταγμα. Αναζητήστε την άλλη αιτία.',
  '1.4': 'Το κάταγμα έχει πωρωθεί ή είναι χρόνιο χωρίς οίδημα. Δεν αναμένεται όφελος από το τσιμέντο.',
  '1.5': 'Ο καταγεγραμμένος πόνος είναι ήπιος. Και οι δύο επεμβάσεις προορίζονται για έντονο πόνο.',
  '1.6': 'Εκτός του πεδίου αυτής της υπηρεσίας.',
  '1.7': 'Σε αυτό το επίπεδο υπάρχει ήδη τσιμέντο. Η επανάληψη είναι απόφαση ειδικού.',
  '2.1':
    'Η πήξη είναι διαταραγμένη. Διορθώστε την πρώτα (SIR 2019: INR έως 1.5 με 1.8, αιμοπετάλια 50 ή περισσότερα).',
  '2.4': 'Έχει καταγραφεί αλλεργία σε τσιμέντο ή σκιαγραφικό: σχετική αντένδειξη.',
  '2.5':
    'Έχει καταγραφεί οπισθοπώθηση ή στένωση του σωλήνα: σχετική αντένδειξη. Ρωτήστε χειρουργό σπονδυλικής στήλης πριν από κάθε τσιμέντο.',
  '2.7':
    'Περισσότερα από τρία επίπεδα έχουν κάταγμα: σχετική αντένδειξη για μία επέμβαση. Αποφασίστε σε διεπιστημονική ομάδα.',
  '2.8':
    'Κακόηθες ή πιθανώς κακόηθες κάταγμα: αποφασίστε μαζί με χειρουργό σπονδυλικής στήλης, ογκολόγο και ακτινοθεραπευτή.',
  '2.9':
    'Το τσιμέντο κρίθηκε κατάλληλο στο 88 % τέτοιων σεναρίων (NASS AUC, νεοπλασματικά). Ρωτήστε και ακτινοθεραπευτή.',
  '3.1': 'Τα καταγεγραμμένα δεν αρκούν για σύσταση.',
  '3.2': 'Η τεχνική παραμένει ανοιχτή: λείπει η απώλεια ύψους.',
  '3.3': 'Πρώτα συντηρητική αγωγή· επανεκτίμηση σε 2 έως 4 εβδομάδες.',
  T1: 'Κατά το άρθρο: σπονδυλοπλαστική. Οι οδηγίες θεωρούν την οπισθοπώθηση σχετική αντένδειξη και οι δημοσιευμένες σειρές εκρηκτικών χρησιμοποίησαν κυφοπλαστική: σκεφτείτε χειρουργική γνώμη.',
  T2: 'Το άρθρο σιωπά για αυτό το εκρηκτικό κάταγμα. Μία από τις δύο επεμβάσεις, μετά από χειρουργική γνώμη.',
  T3: 'Κατά το άρθρο: σπονδυλοπλαστική, δεν υπάρχει χώρος για μπαλόνι. Είναι τεχνικό όριο· η AAOS 2010 είναι έντονα κατά της σπονδυλοπλαστικής, και η NASS προτιμά κάτω από 80 % στους όγκους.',
  T4: 'Το άρθρο αφήνει ανοιχτό το 70 έως 80 %: επιλέγει ο χειρουργός.',
  T4b: 'Οίδημα χωρίς απώλεια ύψους: πρώτα συντηρητική αγωγή· τσιμέντο μόνο αν επιμένει ο πόνος. Δεν υπάρχει ύψος για αποκατάσταση.',
  T5: 'Προτιμάται κυφοπλαστική όπου ο σπόνδυλος μπορεί να καθιζήσει περισσότερο.',
  T6: 'Προτιμάται κυφοπλαστική: υπάρχει ύψος για αποκατάσταση.',
  T7: 'Και οι δύο επεμβάσεις ταιριάζουν σε σταθερό οστεοπορωτικό κάταγμα· πρώτη αναφέρεται η κυφοπλαστική.',
  T8: 'Μία από τις δύο επεμβάσεις· πρώτη αναφέρεται η κυφοπλαστική.',
};

const warnings: Readonly<Record<WarningRow, string>> = {
  '2.2': 'Αντιπηκτική αγωγή ή INR 1.5 έως 1.8: ρυθμίστε την περιεπεμβατικά.',
  '2.3': 'INR ή αιμοπετάλια άγνωστα ή παλαιά: ελέγξτε πριν από το τσιμέντο.',
  '2.6': 'Ρήξη οπίσθιου τοιχώματος: μεγαλύτερος κίνδυνος διαφυγής τσιμέντου.',
  '3.5': 'Παλαιότερο των 12 εβδομάδων των κανόνων κάλυψης· στη MRI δεν έχει πωρωθεί.',
  '4.1a':
    'Δεν έχει καταγραφεί οίδημα μυελού: επιβεβαιώστε με MRI STIR ή σπινθηρογράφημα πριν από το τσιμέντο.',
};

export const el: Texts = {
  language: 'el',
  findings,
  toConfirm,
  outcomes,
  outcomeLabels,
  reasons,
  checksFirst,
  values,
  noteSubjects,
  note,
  alternatives,
  conclusions,
  ground,
  gaps,
  whyUnavailable,
  notUsed,
  orders,
  sides,
  scoreParameters,
  scoreReadings,

  yes: 'ναι',
  no: 'όχι',
  or: 'ή',
  and: 'και',
  degrees: 'μοίρες',
  days: 'ημέρες',
  perVolume: 'x10^9/L',
  above: (value) => `πάνω από ${value}`,
  below: (value) => `κάτω από ${value}`,
  from: (least, most) => `${least} έως ${most}`,

  rowCondition: (rule) => rowConditions[rule],
  rowAdvice: (rule) => (rule in rowAdvice ? rowAdvice[rule as keyof typeof rowAdvice] : rowConditions[rule]),
  earlyOpinion: 'Με τόσο έντονο πόνο, ζητήστε νωρίς γνώμη χειρουργού σπονδυλικής στήλης.',
  warning: (rule) => warnings[rule],

  assumption: {
    neurologicalDeficit: { yes: 'υπάρχει νευρολογικό έλλειμμα', no: 'δεν υπάρχει νευρολογικό έλλειμμα' },
    marrowOedema: { yes: 'υπάρχει οίδημα μυελού', no: 'δεν υπάρχει οίδημα μυελού' },
    conservativeTherapyFailed: { yes: 'η αγωγή έχει αποτύχει', no: 'η αγωγή δεν έχει εξαντληθεί' },
    spineImagingDone: { yes: 'το επιβεβαιώνει MRI ή CT', no: 'δεν έχει γίνει MRI ή CT' },
    posteriorWallDisrupted: { yes: 'οπίσθιο τοίχωμα σε ρήξη', no: 'οπίσθιο τοίχωμα ακέραιο' },
    absent: (name) => `όχι ${name}`,
    level: (level) => `είναι ο ${level}`,
    grade: (grade) => `βαθμός ESCC ${grade}`,
  },

  summary: {
    unknownLevel: 'Σπονδυλικό κάταγμα, χωρίς καταγεγραμμένο επίπεδο',
    referral: (where, reason) => `${where}: ${reason}· οι πηγές συνιστούν χειρουργό σπονδυλικής στήλης`,
    confirm: (names) => `. Επιβεβαιώστε: ${names}`,
    notEnough: (where) => `${where}: τα καταγεγραμμένα δεν αρκούν για σύσταση`,
    ifConfirmed: (where, conditions, outcome) => `${where}: αν ${conditions}, ${outcome}`,
    possible: (where, outcome) => `${where}: πιθανόν ${outcome}`,
    burst: 'εκρηκτικό',
    heightLoss: (percent) => `απώλεια ύψους ${percent} %`,
    withOedema: 'με οίδημα',
    withoutOedema: 'χωρίς οίδημα',
    pain: (score) => `πόνος ${score}/10`,
    agrees: (where, order) => `${where}: ${order}, σε συμφωνία με τα καταγεγραμμένα`,
    checkFirst: (checks) => `. Ελέγξτε πρώτα: ${checks}`,
    nameTheLevel: (levels) => `ορίστε το επίπεδο στην παραγγελία (${levels})`,
  },

  heading: {
    decides: 'Τι θα έκρινε',
    check: 'Ελέγξτε',
    found: (where) => `Ευρήματα: ${where}`,
    foundInPatient: 'Ευρήματα του ασθενούς',
    why: 'Γιατί',
    alternatives: 'Εναλλακτικές',
    scores: 'Βαθμολογίες από αυτά τα ευρήματα',
    risks: 'Κίνδυνοι',
    evidence: 'Τεκμηρίωση, και πού διαφωνεί',
    afterCare: 'Παρακολούθηση',
    ordered: 'Έχει ήδη παραγγελθεί',
    suggested: 'Προτείνεται· ο ηλεκτρονικός φάκελος δεν μπορεί να το παραγγείλει από κάρτα',
    sitePolicy: 'Πολιτική αυτού του φορέα, ισχύει αντί των δημοσιευμένων',
    leftOut: 'Δεν χρησιμοποιήθηκαν ή δεν εξετάστηκαν',
    notUsed: 'Δεν χρησιμοποιήθηκαν',
  },
  unnamedVertebra: 'σπόνδυλος που δεν ορίζεται',
  missing: (names) => `Λείπουν: ${names}.`,
  ifThen: (conditions, outcome, rule) => `Αν ${conditions}: ${outcome} (σειρά ${rule}).`,
  ageUnknown: 'Η ηλικία δεν έχει καταγραφεί: η σύσταση αφορά ενηλίκους.',
  denied:
    'Η νεότερη γνωμάτευση που μιλά για αυτόν τον σπόνδυλο λέει ότι δεν έχει κάταγμα: ξεκαθαρίστε ποιο ισχύει.',
  unconfirmed: 'Η διάγνωση του κατάγματος δεν είναι επιβεβαιωμένη: επιβεβαιώστε την.',
  numbering: (quote) =>
    `Γνωμάτευση καθιστά αβέβαιη την αρίθμηση των σπονδύλων (${quote}): ελέγξτε το επίπεδο.`,
  cementWithoutLevel: 'Έχει καταγραφεί προηγούμενο τσιμέντο χωρίς επίπεδο: ελέγξτε ποιος σπόνδυλος.',
  undated: (name) => `Χωρίς ημερομηνία: ${name}. Ισχύει ακόμη;`,
  stale: (name, date) =>
    `Δεν λαμβάνεται υπόψη, παλαιό ή χωρίς ημερομηνία: ${name}${date === undefined ? '' : ` (${date})`}.`,
  row: (rule, condition, sources, unknown, of) =>
    `Σειρά ${rule}, ${condition} (${sources})· ${unknown} από ${of} σειρές δεν μπορούσαν να κριθούν.`,
  byTheArticle:
    'Η επιλογή τεχνικής ακολουθεί το άρθρο ενός νευροχειρουργού· όσα όρια αφήνει ανοιχτά είναι πολιτική αυτού του έργου.',
  footer: (rules, version, date) =>
    `Κανόνας ${rules}, έκδοση γνώσης ${version}, κρίση της ${date}. Υποστηρίζει την κλινική κρίση, δεν την αντικαθιστά.`,
  changedPolicy: (name, value, published) => `${name}: εδώ ${value}, δημοσιευμένο ${published}.`,
  notOffered: (technique) =>
    `${technique}: δεν προσφέρεται σε αυτόν τον φορέα· παραπέμψτε σε κέντρο που την προσφέρει, ή σταθμίστε την εναλλακτική.`,
  standing: (order, where, date) => `${order}${where}, παραγγέλθηκε ${date}.`,

  contradict: 'οι πηγές αντιφάσκουν',
  undatedSource: 'χωρίς ημερομηνία',
  notFinal: 'όχι οριστικό',
  derived: derivedInGreek,

  unread: (reports) =>
    `Δεν μπορούσε να διαβαστεί το κείμενο: ${reports} (PDF, εικόνα, σύνδεσμος, ή πολύ μεγάλο).`,
  more: (count) => `και ${count} ακόμη`,
  imagesThemselves: 'Οι ίδιες οι εικόνες, και σημειώσεις εκτός των στοιχείων που αναφέρονται εδώ.',
  notRead: (name, why) => `${name}: δεν διαβάστηκαν (${why}).`,
  notAllRead: (name) => `${name}: δεν διαβάστηκαν ολόκληρα.`,

  score: (name, points, reading) => `${name}: ${points} βαθμοί${reading}`,
  scoreReads: (reading) => `, ${reading}`,
  scoreUncounted: (name, parameter) => `Βαθμολογία ${name}: δεν υπολογίστηκε, άγνωστο: ${parameter}`,
  scoreUnknownAsZero: (points) => ` (${points} αν τα άγνωστα μετρηθούν ως 0, όπως ορίζει η κάρτα της)`,
  scoreItems: (items) => `: ${items}`,
  scoreMissing: (names) => `· για να συμπληρωθεί: ${names}`,
  scoreNames: {
    OF: 'Βαθμολογία OF (μη επικυρωμένη, κατά την ίδια της την κάρτα)',
    SINS: 'Βαθμολογία SINS',
    TLICS: 'Βαθμολογία TLICS',
  },

  cementOrdered: (where) => `Παραγγέλθηκε τσιμέντο${where}`,
  at: (levels) => `: ${levels}`,
  noFracture: 'στα στοιχεία δεν υπάρχει θωρακικό ή οσφυϊκό κάταγμα. Ελέγξτε ασθενή και επίπεδο.',
  but: (what, rest) => `${what}, αλλά ${rest}`,
  noFractureDetail:
    'Για αυτόν τον ασθενή δεν βρέθηκε διάγνωση ούτε απεικονιστικό εύρημα θωρακικού ή οσφυϊκού σπονδυλικού κατάγματος.',
  fractureElsewhere: (where) => `το καταγεγραμμένο κάταγμα είναι στον ${where}. Ελέγξτε το επίπεδο.`,
  orderNames: (names, levels) => `Η παραγγελία ορίζει ${names}· κατάγματα έχουν καταγραφεί: ${levels}.`,
  thoracicSpine: 'θωρακική μοίρα',
  lumbarSpine: 'οσφυϊκή μοίρα',
  strangers:
    'Με αυτή την κλήση ήρθαν στοιχεία άλλου ασθενούς. Δεν χρησιμοποιήθηκαν και καμία σύσταση δεν βασίστηκε σε αυτά.',
  strangersDetail:
    'Ο ηλεκτρονικός φάκελος έστειλε στοιχεία που ανήκουν σε άλλον ασθενή. Αναφέρετέ το στην ομάδα του φακέλου.',

  takeBack: (order) => `Απόσυρση της πρόχειρης παραγγελίας: ${order}`,
  takeBackCement: 'Απόσυρση της πρόχειρης παραγγελίας τσιμέντου',
  order: (what) => `Παραγγελία: ${what}`,
  replaceBy: (what) => `Αντικατάσταση της πρόχειρης παραγγελίας: ${what}`,
  refer: (urgent) => `${urgent ? 'Επείγουσα παραπομπή' : 'Παραπομπή'} σε χειρουργό σπονδυλικής στήλης`,
  replaceByReferral: (urgent) =>
    `Αντικατάσταση της παραγγελίας τσιμέντου με ${urgent ? 'επείγουσα ' : ''}παραπομπή σε χειρουργό σπονδυλικής στήλης`,
  referAction: 'Παραπομπή σε χειρουργό σπονδυλικής στήλης',
  referToCentre: (technique) => `Παραπομπή σε κέντρο που προσφέρει: ${technique}`,
  referralText: 'Παραπομπή σε χειρουργό σπονδυλικής στήλης',
  referralFor: (technique) => `Παραπομπή σε χειρουργό σπονδυλικής στήλης: ${technique}, δεν προσφέρεται εδώ`,
  procedureText: { kyphoplasty: 'Κυφοπλαστική με μπαλόνι', vertebroplasty: 'Σπονδυλοπλαστική' },
  techniques: { kyphoplasty: 'κυφοπλαστική', vertebroplasty: 'σπονδυλοπλαστική' },
  mri: 'Παραγγελία MRI σπονδυλικής στήλης με STIR',
  mriText: {
    thoracic: 'MRI θωρακικής μοίρας χωρίς σκιαγραφικό, με STIR',
    lumbar: 'MRI οσφυϊκής μοίρας χωρίς σκιαγραφικό, με STIR',
    spine: 'MRI σπονδυλικής στήλης χωρίς σκιαγραφικό, με STIR',
  },
  examination: 'Αίτημα νευρολογικής εξέτασης',
  examinationText: 'Νευρολογική εξέταση: κάτω άκρα, αισθητικότητα, κύστη και έντερο',

  openReview: 'Άνοιγμα της ανασκόπησης του κατάγματος',
  whyRow: (rule: string) => `Γραμμή ${rule}: τι λέει και ποια πηγή`,

  sourceLabel: 'Υποστήριξη αποφάσεων για σπονδυλικά κατάγματα',
};
