// Differences of a dump of ours from MuJoCo's, by the rules of tests/Sim.Tests/Tables/DumpComparison.cs.
const [RELATIVE, ABSOLUTE] = [1e-10, 1e-13];
// Which of several nearly coplanar corners a hull keeps is a matter of its method.
const FREE = new Set(['hullVertices']);

const isList = value => Array.isArray(value) && (value.length === 0 || typeof value[0] === 'object');
const distance = (own, wanted, sign) =>
  Math.max(0, ...wanted.map((value, i) => Math.abs(own[i] - sign * value)));

function numbers(where, own, wanted, out) {
  const [a, b] = [own, wanted].map(value => (typeof value === 'number' ? [value] : value));
  if (!Array.isArray(a) || a.length !== b.length) {
    out.push({ where, what: 'another length', error: Infinity });
    return;
  }
  // A quaternion and its negative are one rotation.
  const error = Math.min(distance(a, b, 1), where.endsWith('uat') ? distance(a, b, -1) : Infinity);
  const largest = Math.max(0, ...b.map(Math.abs));
  if (!(error <= ABSOLUTE + RELATIVE * largest)) {
    out.push({ where, what: `${JSON.stringify(own)} is not ${JSON.stringify(wanted)}`, error: error / (largest || 1) });
  }
}

export function differences(own, wanted, where = '', out = []) {
  if (isList(wanted)) {
    if (!Array.isArray(own) || own.length !== wanted.length) {
      out.push({ where, what: `${own?.length} entries, not ${wanted.length}`, error: Infinity });
    } else {
      wanted.forEach((value, i) => differences(own[i], value, `${where}[${i}]`, out));
    }
  } else if (Array.isArray(wanted) || typeof wanted === 'number') {
    numbers(where, own, wanted, out);
  } else if (wanted !== null && typeof wanted === 'object') {
    for (const [key, value] of Object.entries(wanted).filter(([name]) => !FREE.has(name))) {
      differences(own?.[key], value, `${where}/${key}`, out);
    }
  } else if (own !== wanted) {
    out.push({ where, what: `${JSON.stringify(own)} is not ${JSON.stringify(wanted)}`, error: Infinity });
  }
  return out;
}
