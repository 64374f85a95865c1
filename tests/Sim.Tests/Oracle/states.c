// Evaluates states with the MuJoCo that this is built against (Debian's libmujoco 2.2.2): a second
// opinion beside the WebAssembly build that makes the fixtures.
//
//   states MODEL.xml STATES OUT
//
// STATES holds doubles: count, then per state qpos, qvel, act, ctrl. OUT gets per state the stream
// of Fixtures/oracle/observe.mjs up to qacc, without sensors, then the next qpos, qvel, act. The
// solver runs to the end and every row's Jacobian is dense. Prints the version.
#include <mujoco/mujoco.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE* out;

static void put(const double* values, int count) {
  fwrite(values, sizeof(double), (size_t)count, out);
}

static void one(double value) {
  put(&value, 1);
}

static void put_contacts(const mjData* data) {
  one(data->ncon);
  for (int i = 0; i < data->ncon; i++) {
    const mjContact* c = data->contact + i;
    one(c->geom1);
    one(c->geom2);
    one(c->dim);
    one(c->dist);
    one(c->includemargin);
    one(c->mu);
    put(c->pos, 3);
    put(c->frame, 9);
    put(c->friction, 5);
    put(c->solref, 2);
    put(c->solimp, 5);
  }
}

static void put_rows(const mjModel* model, const mjData* data) {
  one(data->nefc);
  for (int i = 0; i < data->nefc; i++) {
    one(data->efc_type[i]);
    one(data->efc_id[i]);
    one(data->efc_pos[i]);
    one(data->efc_margin[i]);
    one(data->efc_D[i]);
    one(data->efc_aref[i]);
    one(data->efc_force[i]);
    one(data->efc_frictionloss[i]);
    put(data->efc_J + (size_t)i * model->nv, model->nv);
  }
}

static void put_results(const mjModel* model, const mjData* data, double* full) {
  mj_fullM(model, full, data->qM);
  put(data->xpos, 3 * model->nbody);
  put(data->xquat, 4 * model->nbody);
  put(full, model->nv * model->nv);
  put(data->qfrc_bias, model->nv);
  put(data->qfrc_passive, model->nv);
  put(data->qfrc_actuator, model->nv);
  put(data->actuator_force, model->nu);
  put(data->qacc_smooth, model->nv);
  put_contacts(data);
  put_rows(model, data);
  put(data->qacc, model->nv);
}

static void put_state(const mjModel* model, const mjData* data) {
  put(data->qpos, model->nq);
  put(data->qvel, model->nv);
  put(data->act, model->na);
}

static int take(double* values, int count, FILE* in) {
  return fread(values, sizeof(double), (size_t)count, in) == (size_t)count;
}

static int run(mjModel* model, FILE* in) {
  model->opt.tolerance = 0;
  model->opt.iterations = 100;
  model->opt.jacobian = mjJAC_DENSE;
  mjData* data = mj_makeData(model);
  double* full = malloc(sizeof(double) * (size_t)(model->nv * model->nv));
  double count = 0;
  int good = take(&count, 1, in);
  for (int k = 0; good && k < (int)count; k++) {
    mj_resetData(model, data);
    good = take(data->qpos, model->nq, in) && take(data->qvel, model->nv, in) &&
           take(data->act, model->na, in) && take(data->ctrl, model->nu, in);
    mj_forward(model, data);
    put_results(model, data, full);
    memset(data->qacc_warmstart, 0, sizeof(double) * (size_t)model->nv);
    mj_step(model, data);
    put_state(model, data);
  }
  free(full);
  mj_deleteData(data);
  return good;
}

int main(int count, char** arguments) {
  char problem[1000] = "";
  if (count != 4) {
    fprintf(stderr, "usage: states MODEL.xml STATES OUT\n");
    return 2;
  }
  mjModel* model = mj_loadXML(arguments[1], NULL, problem, sizeof problem);
  if (!model) {
    fprintf(stderr, "%s\n", problem);
    return 3;
  }
  FILE* in = fopen(arguments[2], "rb");
  out = fopen(arguments[3], "wb");
  if (!in || !out) {
    perror("states");
    return 2;
  }
  int good = run(model, in);
  mj_deleteModel(model);
  if (fclose(out) != 0 || !good) {
    fprintf(stderr, "states: short read or write\n");
    return 2;
  }
  printf("%s\n", mj_versionString());
  return 0;
}
