// Draws states and controls that reach what a fixture is for: limits, stick and slip, contact.
import { around, multiply, turn } from './random.mjs';

const [FREE, BALL] = [0, 1];

// Fixtures in which free bodies lie where the file (or its first keyframe) puts them, give or take.
const RESTING = new Set([
  'arm-box', 'condim-pyramidal', 'condim-elliptic', 'contact-rules', 'hand', 'meshes', 'quadruped',
  'runge-kutta', 'sensors', 'smooth-contact', 'terrain', 'found', 'menagerie-near-home',
]);

// An empty range means no limit.
function rangeOr(ranges, index, reach) {
  const [low, high] = [ranges[2 * index], ranges[2 * index + 1]];
  return low < high ? [low, high] : [-reach, reach];
}

function scalar(model, joint, random, resting, home) {
  const slide = model.jnt_type[joint] === 2;
  if (resting) {
    return home + around(random, slide ? 0.02 : 0.15);
  }
  const [low, high] = rangeOr(model.jnt_range, joint, slide ? 0.3 : Math.PI);
  return low + (high - low) * (1.2 * random() - 0.1);
}

// A free body near its home: sunk or lifted a little; flat, tilted or tumbling.
function nearHome(data, at, home, random, index, uneven) {
  const reach = [0.04, 0.3, 3][index % 3];
  const tilt = multiply(turn(random, reach), home.slice(3, 7));
  const spread = uneven ? 0.06 : index % 3 === 2 ? 0.02 : 0.006;
  data.qpos[at] = home[0] + around(random, 0.05);
  data.qpos[at + 1] = home[1] + around(random, 0.05);
  data.qpos[at + 2] = home[2] + around(random, spread) - 0.002;
  tilt.forEach((value, k) => { data.qpos[at + 3 + k] = value; });
}

function anywhere(data, at, home, random) {
  [0, 1, 2].forEach(k => { data.qpos[at + k] = home[k] + around(random, 0.3); });
  turn(random, Math.PI).forEach((value, k) => { data.qpos[at + 3 + k] = value; });
}

// The mover of pairs-*.xml beside one static geom in turn: moved along a random direction to where
// they touch, then up to 10 mm in or 2 mm out. Every fourth is turned like the static geom, almost.
function besideGeom(mujoco, model, data, random, index) {
  const geom = index % 6;
  const away = [around(random, 1), around(random, 1), around(random, 1)];
  const length = Math.hypot(...away) || 1;
  const aligned = Array.from(model.geom_quat.slice(4 * geom, 4 * geom + 4));
  const rotation = index % 4 === 3 ? multiply(aligned, turn(random, 0.05)) : turn(random, Math.PI);
  rotation.forEach((value, k) => { data.qpos[3 + k] = value; });
  const up = geom === 0 ? planeNormal(model.geom_quat, 4 * geom) : away.map(x => x / length);
  const place = distance => [0, 1, 2].forEach(k => {
    data.qpos[k] = model.geom_pos[3 * geom + k] + distance * up[k];
  });
  let [low, high] = [0, 0.6];
  for (let k = 0; k < 30; k++) {
    const middle = (low + high) / 2;
    place(middle);
    mujoco.mj_kinematics(model, data);
    mujoco.mj_collision(model, data);
    [low, high] = data.ncon > 0 ? [middle, high] : [low, middle];
  }
  place(low + 0.002 - 0.012 * random());
}

function planeNormal(quat, at) {
  const [w, x, y, z] = quat.slice(at, at + 4);
  return [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)];
}

function drawPositions(mujoco, name, model, data, random, index) {
  const resting = RESTING.has(name);
  const uneven = name === 'terrain' || name === 'meshes';
  const home = model.nkey > 0 && resting ? model.key_qpos.slice(0, model.nq) : model.qpos0;
  for (let joint = 0; joint < model.njnt; joint++) {
    const at = model.jnt_qposadr[joint];
    const type = model.jnt_type[joint];
    if (type === FREE) {
      const own = Array.from(home.slice(at, at + 7));
      resting ? nearHome(data, at, own, random, index, uneven) : anywhere(data, at, own, random);
    } else if (type === BALL) {
      turn(random, resting ? 0.5 : 2.5).forEach((value, k) => { data.qpos[at + k] = value; });
    } else {
      data.qpos[at] = scalar(model, joint, random, resting, home[at]);
    }
  }
  if (name.startsWith('pairs-')) {
    besideGeom(mujoco, model, data, random, index);
  }
}

// Takes one hinge or slide that has a range beyond one of its ends, so that a limit acts.
function pushOut(model, data, random) {
  const limited = [...Array(model.njnt).keys()].filter(
    i => model.jnt_type[i] > 1 && model.jnt_range[2 * i] < model.jnt_range[2 * i + 1]);
  if (limited.length > 0) {
    const joint = limited[Math.floor(limited.length * random())];
    const [low, high] = rangeOr(model.jnt_range, joint, 0);
    const beyond = 0.1 * (high - low) * random();
    data.qpos[model.jnt_qposadr[joint]] = random() < 0.5 ? low - beyond : high + beyond;
  }
}

export function drawControl(model, data, random) {
  for (let i = 0; i < model.nu; i++) {
    const [low, high] = rangeOr(model.actuator_ctrlrange, i, 2);
    data.ctrl[i] = low + (high - low) * (1.4 * random() - 0.2);
  }
}

export function drawState(mujoco, name, model, data, random, index) {
  drawPositions(mujoco, name, model, data, random, index);
  for (let i = 0; i < model.nv; i++) {
    // Some dofs at rest or slow, so that friction sticks as well as slips.
    const scale = [0, 0.02, 1, 4][Math.floor(4 * random())] * (RESTING.has(name) ? 0.3 : 1);
    data.qvel[i] = around(random, scale);
  }
  for (let i = 0; i < model.na; i++) {
    const [low, high] = rangeOr(model.actuator_actrange, model.nu - model.na + i, 1);
    data.act[i] = low + (high - low) * random();
  }
  drawControl(model, data, random);
  if (index % 3 !== 0 && !name.startsWith('pairs-')) {
    pushOut(model, data, random);
  }
}
