// Makes parity fixtures with MuJoCo's WebAssembly build: compiled constants, 200 random states with
// their results, and a rollout of 1000 steps. Contact is off, mesh geoms are stripped, the solver runs
// to the end (tolerance 0, 200 iterations). Same script, same bits: it draws from its own generator and
// MuJoCo brings its own mathematics library.
//
//   node generate.mjs                     own models -> data/*.json
//   node generate.mjs MODEL.xml OUT.json  any one model (includes are put in place)
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import loadMujoco from '@mujoco/mujoco';

const CONTACT_OFF = 1 << 4;
const STATES = 200;
const STEPS = 1000;
const here = path.dirname(fileURLToPath(import.meta.url));
const shipped = path.join(here, '..', '..', '..', 'models');

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

function readModel(file) {
  const text = fs.readFileSync(file, 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  const folder = path.dirname(file);
  return text.replace(/<include\s+file="([^"]+)"\s*\/>/g, (_, name) => {
    const inner = readModel(path.join(folder, name));
    return inner.replace(/<\?xml[^>]*\?>/, '').replace(/^\s*<\w+[^>]*>/, '').replace(/<\/\w+>\s*$/, '');
  });
}

function stripMeshes(xml) {
  return xml
    .replace(/<geom\b[^>]*\bmesh="[^"]*"[^>]*?\/>/g, '')
    .replace(/<mesh\b[^>]*?\/>/g, '');
}

function encode(numbers) {
  return Buffer.from(new Float64Array(numbers).buffer).toString('base64');
}

// Inertia about the centre of mass in the body's axes: R diag(d) R^T, order xx yy zz xy xz yz.
function bodyInertia(model, body) {
  const [w, x, y, z] = model.body_iquat.slice(4 * body, 4 * body + 4);
  const d = model.body_inertia.slice(3 * body, 3 * body + 3);
  const r = [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ];
  const entry = (i, j) => r[i][0] * r[j][0] * d[0] + r[i][1] * r[j][1] * d[1] + r[i][2] * r[j][2] * d[2];
  return [entry(0, 0), entry(1, 1), entry(2, 2), entry(0, 1), entry(0, 2), entry(1, 2)];
}

function massMatrix(mujoco, model, data) {
  const buffer = new mujoco.DoubleBuffer(model.nv * model.nv);
  mujoco.mj_fullM(model, data, buffer);
  const full = Array.from(buffer.GetView());
  buffer.delete();
  return full;
}

function constants(mujoco, model, data) {
  const bodies = [...Array(model.nbody).keys()];
  const strided = (array, stride, index) =>
    [...Array(model.nu).keys()].map(i => array[stride * i + index]);
  const gainStride = model.nu ? model.actuator_gainprm.length / model.nu : 0;
  const biasStride = model.nu ? model.actuator_biasprm.length / model.nu : 0;
  mujoco.mj_resetData(model, data);
  mujoco.mj_forward(model, data);
  return {
    mass: encode(model.body_mass),
    center: encode(model.body_ipos),
    inertia: encode(bodies.flatMap(body => bodyInertia(model, body))),
    reference: encode(model.qpos0),
    massMatrix: encode(massMatrix(mujoco, model, data)),
    inverseWeight: encode(model.dof_invweight0),
    gain: encode(strided(model.actuator_gainprm, gainStride, 0)),
    bias: encode([0, 1, 2].flatMap(k => strided(model.actuator_biasprm, biasStride, k))),
    control: encode(model.actuator_ctrlrange),
  };
}

// An empty range means no limit.
function rangeOr(ranges, index, reach) {
  const [low, high] = [ranges[2 * index], ranges[2 * index + 1]];
  return low < high ? [low, high] : [-reach, reach];
}

function drawState(model, data, random) {
  for (let i = 0; i < model.nv; i++) {
    const [low, high] = rangeOr(model.jnt_range, i, Math.PI);
    data.qpos[i] = low + (high - low) * (1.2 * random() - 0.1);
    // Some joints at rest or slow, so that friction sticks as well as slips.
    const scale = [0, 0.02, 1, 4][Math.floor(4 * random())];
    data.qvel[i] = scale * (2 * random() - 1);
  }
  drawControl(model, data, random);
}

// Takes one joint that has a range beyond one of its ends, so that a limit acts.
function pushOut(model, data, random) {
  const limited = [...Array(model.nv).keys()].filter(
    i => model.jnt_range[2 * i] < model.jnt_range[2 * i + 1]);
  if (limited.length > 0) {
    const joint = limited[Math.floor(limited.length * random())];
    const [low, high] = rangeOr(model.jnt_range, joint, 0);
    const beyond = 0.1 * (high - low) * random();
    data.qpos[joint] = random() < 0.5 ? low - beyond : high + beyond;
  }
}

function drawControl(model, data, random) {
  for (let i = 0; i < model.nu; i++) {
    const [low, high] = rangeOr(model.actuator_ctrlrange, i, 2);
    data.ctrl[i] = low + (high - low) * (1.4 * random() - 0.2);
  }
}

function states(mujoco, model, data, random) {
  const out = [];
  for (let k = 0; k < STATES; k++) {
    mujoco.mj_resetData(model, data);
    drawState(model, data, random);
    if (k % 3 !== 0) {
      pushOut(model, data, random);
    }
    out.push(...data.qpos, ...data.qvel, ...data.ctrl);
    mujoco.mj_forward(model, data);
    const active = Array.from(data.efc_force).filter(force => force !== 0).length;
    out.push(active, ...massMatrix(mujoco, model, data), ...data.qfrc_bias, ...data.qacc);
    data.qacc_warmstart.fill(0);
    mujoco.mj_step(model, data);
    out.push(...data.qpos, ...data.qvel);
  }
  return out;
}

function rollout(mujoco, model, data, random) {
  const out = [];
  mujoco.mj_resetData(model, data);
  drawState(model, data, random);
  out.push(...data.qpos, ...data.qvel);
  for (let k = 0; k < STEPS; k++) {
    if (k % 50 === 0) {
      drawControl(model, data, random);
    }
    mujoco.mj_step(model, data);
    out.push(...data.ctrl, ...data.qpos, ...data.qvel);
  }
  return out;
}

function generate(mujoco, file) {
  const model = mujoco.MjModel.from_xml_string(stripMeshes(readModel(file)));
  const data = new mujoco.MjData(model);
  model.opt.tolerance = 0;
  model.opt.iterations = 200;
  model.opt.ls_iterations = 200;
  model.opt.disableflags |= CONTACT_OFF;
  const random = generator(20260101);
  const fixture = {
    made: 'generate.mjs with MuJoCo ' + mujoco.mj_versionString(),
    model: path.basename(file),
    dofs: model.nv,
    actuators: model.nu,
    timeStep: model.opt.timestep,
    constants: constants(mujoco, model, data),
    states: encode(states(mujoco, model, data, random)),
    rollout: encode(rollout(mujoco, model, data, random)),
  };
  data.delete();
  model.delete();
  return JSON.stringify(fixture, null, 1) + '\n';
}

const mujoco = await loadMujoco();
const [file, target] = process.argv.slice(2);
if (file) {
  fs.writeFileSync(target, generate(mujoco, file));
} else {
  const own = ['so101.xml', 'so101-hidden.xml', 'pendulum.xml', 'pendulum-xl330.xml']
    .map(name => path.join(shipped, name));
  const small = fs.readdirSync(path.join(here, 'models')).sort()
    .map(name => path.join(here, 'models', name));
  const folder = process.env.HILRIG_FIXTURE_OUT ?? path.join(here, 'data');
  for (const one of [...own, ...small]) {
    fs.writeFileSync(path.join(folder, path.basename(one, '.xml') + '.json'), generate(mujoco, one));
  }
}
