// The peer of `hilrig sim bench --peer`: native MuJoCo steps one model on one core, with a new
// random action every ten steps, back at its start every 500. Reads lines "run SECONDS" and answers each with one line
// "steps cpu_seconds contacts": what it took in that time, and the mean number of contacts.
//
//   cc -O2 -o sim-peer sim-peer.c -lmujoco        sim-peer MODEL.xml [KEYFRAME]

#include <mujoco/mujoco.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STEPS_PER_ACTION = 10, ACTIONS_PER_LOOK = 10, LOOKS_PER_EPISODE = 5 };

static uint64_t random_state = 1;

static double random_unit(void)
{
    uint64_t x = random_state += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return (double)((x ^ (x >> 31)) >> 11) / 9007199254740992.0;
}

static double cpu_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec + 1e-9 * time.tv_nsec;
}

static void start(const mjModel *model, mjData *data, int key)
{
    if (key >= 0) {
        mj_resetDataKeyframe(model, data, key);
    } else {
        mj_resetData(model, data);
    }
}

static void act(const mjModel *model, mjData *data)
{
    for (int i = 0; i < model->nu; i++) {
        double low = model->actuator_ctrllimited[i] ? model->actuator_ctrlrange[2 * i] : -1;
        double high = model->actuator_ctrllimited[i] ? model->actuator_ctrlrange[2 * i + 1] : 1;
        data->ctrl[i] = low + (high - low) * random_unit();
    }
}

int main(int count, char **arguments)
{
    char error[1000] = "";
    mjModel *model = count > 1 ? mj_loadXML(arguments[1], NULL, error, sizeof error) : NULL;
    if (!model) {
        fprintf(stderr, "sim-peer: %s\n", count > 1 ? error : "usage: sim-peer MODEL.xml [KEY]");
        return 64;
    }

    mjData *data = mj_makeData(model);
    int key = count > 2 ? mj_name2id(model, mjOBJ_KEY, arguments[2]) : -1;
    if (count > 2 && key < 0) {
        fprintf(stderr, "sim-peer: no keyframe %s\n", arguments[2]);
        return 64;
    }

    long looks = 0;
    char line[100];
    while (fgets(line, sizeof line, stdin)) {
        double seconds = 0;
        if (sscanf(line, "run %lf", &seconds) != 1) {
            fprintf(stderr, "sim-peer: what is \"%s\"?\n", strtok(line, "\n"));
            return 64;
        }

        long steps = 0;
        double contacts = 0;
        double begin = cpu_seconds();
        double now = begin;
        while (now - begin < seconds) {
            if (looks++ % LOOKS_PER_EPISODE == 0) {
                start(model, data, key);
            }

            for (int k = 0; k < ACTIONS_PER_LOOK; k++) {
                act(model, data);
                for (int j = 0; j < STEPS_PER_ACTION; j++) {
                    mj_step(model, data);
                }

                contacts += data->ncon;
            }

            steps += STEPS_PER_ACTION * ACTIONS_PER_LOOK;
            now = cpu_seconds();
        }

        printf("%ld %.9f %.6f\n", steps, now - begin, contacts * STEPS_PER_ACTION / steps);
        fflush(stdout);
    }

    mj_deleteData(data);
    mj_deleteModel(model);
    return 0;
}
