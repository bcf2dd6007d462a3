// The engine, made to do no more than it must. What it answers stays the same: an element of FHIR is wrapped once and not
// at every look at it; a resource that an earlier patient had too, word for word, is wrapped no more; an expression is
// evaluated without the frame that would tell where in the CQL an error came from.

/** @param expression the class of all expressions of cql-execution */
export function evaluateDirectly({ prototype }) {
  prototype.execute = function (context) {
    return this.exec(context);
  };
}

/** @param source a patient source of cql-exec-fhir; changes every patient that comes from it */
export function readLittle(source) {
  source.loadBundles([
    { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Patient' } }] },
  ]);
  const patient = Object.getPrototypeOf(source.currentPatient());
  const element = Object.getPrototypeOf(patient);
  rememberFields(element);
  rememberTypes(element);
  shareResources(patient);
  source.reset();
}

function rememberFields(element) {
  const { get } = element;
  const read = Symbol('read');
  element.get = function (field) {
    if (this[read] === undefined) Object.defineProperty(this, read, { value: new Map() });
    const fields = this[read];
    if (!fields.has(field)) fields.set(field, get.call(this, field));
    return fields.get(field);
  };
}

function rememberTypes(element) {
  const { _typeHierarchy: hierarchyOf } = element;
  const known = new Map();
  element._typeHierarchy = function () {
    const type = this.getTypeInfo();
    if (!known.has(type)) known.set(type, hierarchyOf.call(this));
    return known.get(type);
  };
}

function shareResources(patient) {
  const { findRecords } = patient;
  const known = new Map();
  patient.findRecords = function (profile, details) {
    return this._bundle.entry.flatMap((entry) => {
      if (!profile.endsWith(`/${entry.resource.resourceType}`)) return [];
      const key = `${profile} ${JSON.stringify(entry.resource)}`;
      if (!known.has(key)) {
        const alone = Object.create(this, { _bundle: { value: { entry: [entry] } } });
        known.set(key, findRecords.call(alone, profile, details));
      }
      return known.get(key);
    });
  };
}
