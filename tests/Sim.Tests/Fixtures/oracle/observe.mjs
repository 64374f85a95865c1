// What MuJoCo says about a model and about one state of it, as flat lists of numbers.

export function massMatrix(mujoco, model, data) {
  const buffer = new mujoco.DoubleBuffer(model.nv * model.nv);
  mujoco.mj_fullM(model, data, buffer);
  const full = Array.from(buffer.GetView());
  buffer.delete();
  return full;
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

export function constants(mujoco, model, data) {
  const strided = (array, index) =>
    [...Array(model.nu).keys()].map(i => array[(array.length / model.nu) * i + index]);
  const three = array => [0, 1, 2].flatMap(k => strided(array, k));
  mujoco.mj_resetData(model, data);
  mujoco.mj_forward(model, data);
  return {
    mass: model.body_mass,
    center: model.body_ipos,
    inertia: [...Array(model.nbody).keys()].flatMap(body => bodyInertia(model, body)),
    reference: model.qpos0,
    spring: model.qpos_spring,
    massMatrix: massMatrix(mujoco, model, data),
    inverseWeight: model.dof_invweight0,
    bodyInverseWeight: model.body_invweight0,
    tendonInverseWeight: model.tendon_invweight0,
    tendonLength: model.tendon_length0,
    meanInertia: [model.stat.meaninertia],
    jointRange: model.jnt_range,
    damping: model.dof_damping,
    armature: model.dof_armature,
    frictionLoss: model.dof_frictionloss,
    gain: three(model.actuator_gainprm),
    bias: three(model.actuator_biasprm),
    control: model.actuator_ctrlrange,
    force: model.actuator_forcerange,
    activation: model.actuator_actrange,
    keyframes: [...model.key_qpos, ...model.key_qvel, ...model.key_act, ...model.key_ctrl],
  };
}

function contacts(data) {
  const list = data.contact;
  const out = [data.ncon];
  for (let i = 0; i < data.ncon; i++) {
    const c = list.get(i);
    out.push(c.geom1, c.geom2, c.dim, c.dist, c.includemargin, c.mu, ...c.pos, ...c.frame,
      ...c.friction, ...c.solref, ...c.solimp);
    c.delete();
  }
  list.delete();
  return out;
}

function rows(model, data) {
  const out = [data.nefc];
  const [type, id, jacobian] = [data.efc_type, data.efc_id, data.efc_J];
  for (let i = 0; i < data.nefc; i++) {
    out.push(type[i], id[i], data.efc_pos[i], data.efc_margin[i], data.efc_D[i], data.efc_aref[i],
      data.efc_force[i], data.efc_frictionloss[i],
      ...jacobian.slice(i * model.nv, (i + 1) * model.nv));
  }
  return out;
}

// The results of mj_forward at the state that data holds.
export function observe(mujoco, model, data) {
  mujoco.mj_forward(model, data);
  return [
    ...data.xpos, ...data.xquat, ...massMatrix(mujoco, model, data), ...data.qfrc_bias,
    ...data.qfrc_passive, ...data.qfrc_actuator, ...data.actuator_force, ...data.qacc_smooth,
    ...data.sensordata, ...contacts(data), ...rows(model, data), ...data.qacc,
  ];
}

export const state = data => [...data.qpos, ...data.qvel, ...data.act];
