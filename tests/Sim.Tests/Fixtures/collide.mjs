// Contacts of two geoms by MuJoCo: for each pair of shapes, sizes and poses drawn at random, among them
// aligned and degenerate ones, and what mj_collision finds. Same script, same numbers.
//
//   node collide.mjs OUT.json            every pair of shapes
//   node collide.mjs OUT.json box-box    one pair
import fs from 'node:fs';
import loadMujoco from '@mujoco/mujoco';

const MODELS = 20;
const POSES = 10;
const SHAPES = ['plane', 'hfield', 'sphere', 'capsule', 'ellipsoid', 'cylinder', 'box', 'mesh'];

// mulberry32: 32 bits of state, the same numbers everywhere.
function generator(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function multiply(a, b) {
  return [
    a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
    a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
    a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
    a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0],
  ];
}

function turn(q, v) {
  const p = multiply(multiply(q, [0, ...v]), [q[0], -q[1], -q[2], -q[3]]);
  return p.slice(1);
}

function unit(v) {
  const length = Math.hypot(...v);
  return v.map(x => x / length);
}

function about(axis, angle) {
  const v = unit(axis).map(x => x * Math.sin(angle / 2));
  return [Math.cos(angle / 2), ...v];
}

function anyDirection(random) {
  let v;
  do {
    v = [2 * random() - 1, 2 * random() - 1, 2 * random() - 1];
  } while (Math.hypot(...v) > 1 || Math.hypot(...v) < 0.1);
  return unit(v);
}

const anyTurn = random => about(anyDirection(random), 2 * Math.PI * random());

const axes = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
const pick = (random, list) => list[Math.floor(list.length * random())];

function drawSize(shape, random) {
  const size = () => 0.05 + 0.25 * random();
  switch (shape) {
    case 'plane': return [0, 0, 1];
    case 'sphere': return [size()];
    case 'capsule': case 'cylinder': return [size(), size()];
    default: return [size(), size(), size()];
  }
}

function geomXml(shape, size, margin, name) {
  const margins = margin > 0 ? ` margin="${margin}"` : '';
  if (shape === 'mesh') {
    return `<geom name="${name}" type="mesh" mesh="${name}"${margins}/>`;
  }
  if (shape === 'hfield') {
    return `<geom name="${name}" type="hfield" hfield="${name}"${margins}/>`;
  }
  return `<geom name="${name}" type="${shape}" size="${size.join(' ')}"${margins}/>`;
}

// Points on a ball, or the corners of a box with one corner cut, for large flat faces.
function drawMesh(size, random) {
  if (random() < 0.5) {
    const count = 8 + Math.floor(20 * random());
    return [...Array(count)].map(() => anyDirection(random).map((x, k) => x * size[k]));
  }
  const corners = [...Array(8).keys()].map(
    i => [0, 1, 2].map(k => ((i >> k) & 1 ? 1 : -1) * size[k]));
  const cut = 0.3 + 0.4 * random();
  return [...corners.slice(0, 7), ...axes.map(
    axis => size.map((s, k) => s * (axis[k] ? 1 - cut : 1)))];
}

function assetXml(shape, size, name, random) {
  if (shape === 'mesh') {
    const points = drawMesh(size, random).flat().map(x => x.toFixed(6));
    return `<mesh name="${name}" vertex="${points.join(' ')}" inertia="convex"/>`;
  }
  if (shape === 'hfield') {
    const heights = [...Array(42)].map(() => random().toFixed(3));
    return `<hfield name="${name}" nrow="6" ncol="7" elevation="${heights.join(' ')}"`
      + ` size="0.5 0.4 0.2 0.1"/>`;
  }
  return '';
}

// The pose of B as A sees it. Reach: sum of the radii of the bounding balls.
function drawRelative(kind, reach, random) {
  const some = x => (2 * random() - 1) * x;
  const quarter = () => about(pick(random, axes), (Math.PI / 2) * Math.floor(4 * random()));
  const away = pick(random, axes).map(x => x * (random() < 0.5 ? 1 : -1));
  const depth = reach * (0.1 + 0.8 * random());
  const shift = [0, 1, 2].map(k => (away[k] === 0 ? some(0.4 * reach) : 0));
  switch (kind) {
    case 0: case 1: case 2: return {
      offset: anyDirection(random).map(x => x * reach * (0.15 + 0.85 * random())),
      rotation: anyTurn(random),
    };
    case 3: return { offset: away.map((x, k) => x * depth + shift[k]), rotation: quarter() };
    case 4: return { offset: away.map(x => x * depth), rotation: quarter() };
    case 5: return {
      offset: away.map((x, k) => x * depth + shift[k]),
      rotation: multiply(about(pick(random, axes), some(Math.PI)), quarter()),
    };
    case 6: return {
      offset: away.map((x, k) => x * depth + shift[k]),
      rotation: multiply(about(anyDirection(random), pick(random, [1e-2, 1e-3, 1e-6])), quarter()),
    };
    case 7: return {
      offset: away.map((x, k) => x * depth + 0.3 * shift[k]),
      rotation: multiply(about(pick(random, axes), Math.PI / 4), quarter()),
    };
    case 8: return {
      offset: anyDirection(random).map(x => x * reach * 0.1 * random()), rotation: anyTurn(random),
    };
    default: return {
      offset: anyDirection(random).map(x => x * reach * (0.5 + 0.4 * random())),
      rotation: quarter(),
    };
  }
}

function readContacts(data) {
  const found = [];
  const contacts = data.contact;
  for (let i = 0; i < data.ncon; i++) {
    const contact = contacts.get(i);
    found.push([contact.dist, ...contact.pos, ...contact.frame]);
    contact.delete();
  }
  contacts.delete();
  return found;
}

function collide(mujoco, model, data, pose) {
  data.qpos.set(pose);
  mujoco.mj_kinematics(model, data);
  mujoco.mj_collision(model, data);
  return readContacts(data);
}

const farthest = (a, b) => Math.max(...a.map((x, k) => Math.abs(x - b[k])));

// Whether MuJoCo itself finds the same contacts when the pose changes by less than a rounding that a
// user could see. It does not where two features tie.
function isStable(mujoco, model, data, pose, contacts, random) {
  for (let k = 0; k < 6; k++) {
    const size = k % 2 === 0 ? 1e-12 : 1e-9;
    const near = collide(mujoco, model, data, pose.map(x => x + size * (2 * random() - 1)));
    const same = near.length === contacts.length && contacts.every(
      contact => near.some(other => farthest(contact, other) < 5e-7));
    if (!same) {
      return false;
    }
  }
  return true;
}

function readAsset(model, geom) {
  const index = model.geom_dataid[geom];
  if (index < 0) {
    return null;
  }
  if (model.geom_type[geom] === 1) {
    return {
      rows: model.hfield_nrow[index],
      columns: model.hfield_ncol[index],
      size: Array.from(model.hfield_size.slice(4 * index, 4 * index + 4)),
      elevations: Array.from(model.hfield_data),
    };
  }
  const first = model.mesh_vertadr[index];
  const count = model.mesh_vertnum[index];
  return { vertices: Array.from(model.mesh_vert.slice(3 * first, 3 * (first + count))) };
}

function one(mujoco, a, b, random) {
  const size = [drawSize(a, random), drawSize(b, random)];
  const margin = random() < 0.25 ? 0.03 : 0;
  const place = [0, 1, 2].map(() => 2 * random() - 1);
  const rotation = random() < 0.3 ? [1, 0, 0, 0] : anyTurn(random);
  const xml = `<mujoco><asset>${assetXml(a, size[0], 'a', random)}${assetXml(b, size[1], 'b', random)}`
    + `</asset><worldbody><body pos="${place.join(' ')}" quat="${rotation.join(' ')}">`
    + `${geomXml(a, size[0], margin, 'a')}</body><body><freejoint/>${geomXml(b, size[1], 0, 'b')}`
    + `</body></worldbody></mujoco>`;
  const model = mujoco.MjModel.from_xml_string(xml);
  const data = new mujoco.MjData(model);
  const radius = [...model.geom_rbound];
  const cases = [];
  for (let pose = 0; pose < POSES; pose++) {
    const reach = radius[0] + radius[1];
    const relative = drawRelative(pose, a === 'hfield' ? 0.6 * radius[0] : reach, random);
    const offset = turn(rotation, relative.offset);
    const position = [
      ...offset.map((x, k) => x + place[k]), ...multiply(rotation, relative.rotation)];
    const contacts = collide(mujoco, model, data, position);
    const stable = isStable(mujoco, model, data, position, contacts, random);
    collide(mujoco, model, data, position);
    cases.push({
      kind: pose,
      stable,
      place: Array.from(data.geom_xpos),
      turn: Array.from(data.geom_xmat),
      contacts,
    });
  }
  const found = {
    margin,
    size: [0, 1].map(geom => Array.from(model.geom_size.slice(3 * geom, 3 * geom + 3))),
    radius,
    assets: [readAsset(model, 0), readAsset(model, 1)],
    cases,
  };
  data.delete();
  model.delete();
  return found;
}

const mujoco = await loadMujoco();
const [target, wanted] = process.argv.slice(2);
const result = {};
for (const a of SHAPES) {
  for (const b of SHAPES.slice(SHAPES.indexOf(a))) {
    const name = `${a}-${b}`;
    const never = b === 'plane' || b === 'hfield';
    if (!never && (!wanted || wanted === name)) {
      const random = generator(20260401 + SHAPES.length * SHAPES.indexOf(a) + SHAPES.indexOf(b));
      result[name] = [...Array(MODELS)].map(() => one(mujoco, a, b, random));
    }
  }
}
fs.writeFileSync(target, JSON.stringify(result));
