/* The far end and the control of `hilrig bench serial` and `hilrig bench command`, in plain C.
 *
 *   serial-peer servos COUNT          makes a pseudo-terminal, prints its path and how it is
 *                                     scheduled (SCHED_FIFO 60 where it may), and answers as COUNT
 *                                     Feetech STS servos with ids 1.. until standard input ends; then
 *                                     prints "ns goal" for each sync write of goals that came in
 *                                     (goal of the first servo, at most 4 million of them)
 *   serial-peer cycles PATH SERVOS N  N cycles of sync write and sync read; prints each one's ns
 *   serial-peer writes PATH SERVOS N PERIOD_NS PRIORITY
 *                                     N paced sync writes; prints "ns goal" of each before its write
 *
 * Protocol: FF FF id length instruction parameters checksum; checksum = ~(sum from id on) & FF.
 * A servo is its control table: whatever is written is what is read, and the position is the goal.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum {
    PING = 1, READ = 2, WRITE = 3, SYNC_READ = 0x82, SYNC_WRITE = 0x83, BROADCAST = 0xFE,
    GOAL = 42, POSITION = 56, BLOCK_BYTES = 15, SERVOS_MAX = 64, STAMPS_MAX = 4000000
};

static uint8_t table[SERVOS_MAX + 1][256];
static int servo_count;
static struct { int64_t ns; int goal; } *stamps;
static int stamp_count;

static void die(const char *what)
{
    fprintf(stderr, "serial-peer: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void make_raw(int fd)
{
    struct termios t;
    if (tcgetattr(fd, &t) != 0)
        die("tcgetattr");
    cfmakeraw(&t);
    cfsetspeed(&t, B1000000);
    if (tcsetattr(fd, TCSANOW, &t) != 0)
        die("tcsetattr");
}

static void write_all(int fd, const uint8_t *bytes, int count)
{
    while (count > 0) {
        ssize_t n = write(fd, bytes, count);
        if (n > 0) {
            bytes += n;
            count -= n;
        } else if (errno == EAGAIN) {
            struct pollfd p = { fd, POLLOUT, 0 };
            poll(&p, 1, 1000);
        } else if (errno != EINTR) {
            die("write");
        }
    }
}

static int packet(uint8_t *out, uint8_t id, uint8_t third, const uint8_t *parameters, int count)
{
    uint8_t sum = id + (count + 2) + third;
    out[0] = out[1] = 0xFF;
    out[2] = id;
    out[3] = count + 2;
    out[4] = third;
    for (int i = 0; i < count; i++) {
        out[5 + i] = parameters[i];
        sum += parameters[i];
    }
    out[5 + count] = ~sum;
    return count + 6;
}

/* ---- servos ---- */

static void set_register(int id, int address, const uint8_t *values, int count)
{
    for (int i = 0; i < count && address + i < 256; i++)
        table[id][address + i] = values[i];
    if (address <= GOAL && address + count > GOAL + 1)
        memcpy(&table[id][POSITION], &table[id][GOAL], 2);
}

static void power_on(int id)
{
    static const uint8_t centre[2] = { 0x00, 0x08 };
    table[id][0] = 3;            /* firmware 3.10 */
    table[id][1] = 10;
    table[id][3] = 777 & 0xFF;   /* STS3215 */
    table[id][4] = 777 >> 8;
    table[id][5] = id;
    table[id][8] = 1;            /* writes are acknowledged */
    table[id][18] = 1 << 2;      /* velocity in single ticks */
    table[id][16] = table[id][48] = 1000 & 0xFF;  /* largest torque and torque limit */
    table[id][17] = table[id][49] = 1000 >> 8;
    table[id][62] = 120;         /* 12.0 V */
    table[id][63] = 30;          /* degrees */
    set_register(id, GOAL, centre, 2);
}

static void obey(int fd, const uint8_t *p)
{
    uint8_t out[SERVOS_MAX * 256];
    int id = p[2], count = p[3] - 2, used = 0;
    const uint8_t *q = p + 5;
    if (p[4] == SYNC_WRITE && count >= 2) {
        if (q[0] <= GOAL && q[0] + q[1] > GOAL && stamp_count < STAMPS_MAX) {
            int at = 3 + GOAL - q[0];
            stamps[stamp_count].ns = now_ns();
            stamps[stamp_count++].goal = q[at] | q[at + 1] << 8;
        }
        for (int i = 2; i + q[1] < count; i += q[1] + 1)
            if (q[i] <= servo_count)
                set_register(q[i], q[0], q + i + 1, q[1]);
    } else if (p[4] == SYNC_READ && count >= 2) {
        for (int i = 2; i < count; i++)
            if (q[i] >= 1 && q[i] <= servo_count)
                used += packet(out + used, q[i], 0, &table[q[i]][q[0]], q[1]);
    } else if (id >= 1 && id <= servo_count) {
        if (p[4] == PING || p[4] == WRITE)
            used = packet(out, id, 0, q, 0);
        if (p[4] == WRITE && count >= 1)
            set_register(id, q[0], q + 1, count - 1);
        if (p[4] == READ && count == 2)
            used = packet(out, id, 0, &table[id][q[0]], q[1]);
    }
    if (used > 0)
        write_all(fd, out, used);
}

static int take_packets(int fd, uint8_t *buffer, int filled)
{
    int at = 0;
    while (filled - at >= 6) {
        uint8_t *p = buffer + at;
        unsigned sum = 0;
        if (p[0] != 0xFF || p[1] != 0xFF || p[3] < 2) {
            at++;
            continue;
        }
        if (filled - at < p[3] + 4)
            break;
        for (int i = 2; i < p[3] + 3; i++)
            sum += p[i];
        if ((~sum & 0xFF) != p[p[3] + 3]) {
            at++;
            continue;
        }
        obey(fd, p);
        at += p[3] + 4;
    }
    memmove(buffer, buffer + at, filled - at);
    return filled - at;
}

static int serve(int count)
{
    int fd = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK), filled = 0;
    uint8_t buffer[4096];
    if (fd < 0 || grantpt(fd) != 0 || unlockpt(fd) != 0)
        die("posix_openpt");
    int slave = open(ptsname(fd), O_RDWR | O_NOCTTY);
    if (slave < 0)
        die("opening the slave");
    make_raw(slave);
    servo_count = count;
    stamps = calloc(STAMPS_MAX, sizeof *stamps);
    for (int id = 1; id <= count; id++)
        power_on(id);
    struct sched_param parameter = { .sched_priority = 60 };
    int is_fifo = sched_setscheduler(0, SCHED_FIFO, &parameter) == 0;
    printf("%s %s\n", ptsname(fd), is_fifo ? "fifo" : "ordinary");
    fflush(stdout);
    for (;;) {
        struct pollfd p[2] = { { fd, POLLIN, 0 }, { 0, POLLIN, 0 } };
        if (poll(p, 2, -1) < 0 && errno != EINTR)
            die("poll");
        if (p[0].revents & POLLIN) {
            ssize_t n = read(fd, buffer + filled, sizeof buffer - filled);
            filled = take_packets(fd, buffer, filled + (n > 0 ? n : 0));
            if (filled == sizeof buffer)
                filled = 0;
        }
        if (p[1].revents != 0 && read(0, &(char){ 0 }, 1) <= 0)
            break;
    }
    for (int i = 0; i < stamp_count; i++)
        printf("%lld %d\n", (long long)stamps[i].ns, stamps[i].goal);
    return 0;
}

/* ---- controls ---- */

static int goals(uint8_t *out, int servos, int goal)
{
    uint8_t q[2 + 3 * SERVOS_MAX] = { GOAL, 2 };
    for (int i = 0; i < servos; i++) {
        q[2 + 3 * i] = i + 1;
        q[3 + 3 * i] = goal & 0xFF;
        q[4 + 3 * i] = goal >> 8;
    }
    return packet(out, BROADCAST, SYNC_WRITE, q, 2 + 3 * servos);
}

static int open_port(const char *path)
{
    int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        die(path);
    make_raw(fd);
    return fd;
}

static int cycles(const char *path, int servos, int count)
{
    int fd = open_port(path), answer = servos * (BLOCK_BYTES + 6);
    uint8_t out[1024], ask[256], in[SERVOS_MAX * 64], q[2 + SERVOS_MAX] = { POSITION, BLOCK_BYTES };
    int64_t *spent = calloc(count, sizeof *spent);
    for (int i = 0; i < servos; i++)
        q[2 + i] = i + 1;
    int asked = packet(ask, BROADCAST, SYNC_READ, q, 2 + servos);
    int warm_up = count / 10;
    for (int cycle = -warm_up; cycle < count; cycle++) {
        int64_t start = now_ns();
        write_all(fd, out, goals(out, servos, 2048));
        write_all(fd, ask, asked);
        for (int done = 0; done < answer;) {
            struct pollfd p = { fd, POLLIN, 0 };
            ssize_t n = read(fd, in + done, answer - done);
            if (n > 0)
                done += n;
            else if (errno != EAGAIN)
                die("read");
            else if (poll(&p, 1, 1000) <= 0)
                die("no answer");
        }
        for (int i = 0; i < servos; i++) {
            uint8_t *p = in + i * (BLOCK_BYTES + 6);
            unsigned sum = 0;
            for (int b = 2; b < BLOCK_BYTES + 5; b++)
                sum += p[b];
            if (p[2] != i + 1 || p[4] != 0 || (~sum & 0xFF) != p[BLOCK_BYTES + 5])
                die("damaged answer");
        }
        if (cycle >= 0)
            spent[cycle] = now_ns() - start;
    }
    for (int i = 0; i < count; i++)
        printf("%lld\n", (long long)spent[i]);
    return 0;
}

static int writes(const char *path, int servos, int count, int64_t period, int priority)
{
    int fd = open_port(path);
    uint8_t out[1024];
    int64_t *sent = calloc(count, sizeof *sent);
    struct sched_param parameter = { .sched_priority = priority };
    mlockall(MCL_CURRENT | MCL_FUTURE);
    if (priority > 0 && sched_setscheduler(0, SCHED_FIFO, &parameter) != 0)
        die("sched_setscheduler");
    int64_t due = now_ns() + period;
    for (int i = 0; i < count; i++, due += period) {
        struct timespec t = { due / 1000000000LL, due % 1000000000LL };
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
        int bytes = goals(out, servos, 2048 + i % 64);
        sent[i] = now_ns();
        write_all(fd, out, bytes);
    }
    for (int i = 0; i < count; i++)
        printf("%lld %d\n", (long long)sent[i], 2048 + i % 64);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "servos") == 0)
        return serve(atoi(argv[2]));
    if (argc == 5 && strcmp(argv[1], "cycles") == 0)
        return cycles(argv[2], atoi(argv[3]), atoi(argv[4]));
    if (argc == 7 && strcmp(argv[1], "writes") == 0)
        return writes(argv[2], atoi(argv[3]), atoi(argv[4]), atoll(argv[5]), atoi(argv[6]));
    fprintf(stderr, "usage: serial-peer servos N | cycles PATH SERVOS N | "
        "writes PATH SERVOS N PERIOD_NS PRIORITY\n");
    return 64;
}
