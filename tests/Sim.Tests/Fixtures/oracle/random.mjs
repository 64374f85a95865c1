// mulberry32: 32 bits of state, the same numbers everywhere.
export function generator(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Uniform in [-reach, reach].
export const around = (random, reach) => reach * (2 * random() - 1);

// A rotation about a random axis by up to the given angle, as a unit quaternion.
export function turn(random, reach) {
  const axis = [around(random, 1), around(random, 1), around(random, 1)];
  const length = Math.hypot(...axis) || 1;
  const half = around(random, reach) / 2;
  return [Math.cos(half), ...axis.map(x => (x / length) * Math.sin(half))];
}

export function multiply([a, b, c, d], [w, x, y, z]) {
  return [
    a * w - b * x - c * y - d * z,
    a * x + b * w + c * z - d * y,
    a * y - b * z + c * w + d * x,
    a * z + b * y - c * x + d * w,
  ];
}
