// The controls of `hilrig bench bridge`: round trips of as many bytes between two processes with nothing around them:
// a futex and a spinning cell on shared memory, a TCP connection, and libzmq with the sockets of our ZeroMQ lane.
// control ECHO|CLIENT is one of futex, spin, tcp, zmq with -echo or -client; arguments: place, bytes there, bytes back,
// SCHED_FIFO priority. An echo prints "ready". A client reads lines "ticks period_ns" (0: closed loop) from standard
// input and answers each with one line of round trips in ns.
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <zmq.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

namespace {

// A publisher of libzmq looks for room at most once a millisecond; with our mark of 8 it drops states in a closed loop.
constexpr int kStateMark = 64;

int64_t now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

void realtime(int priority) {
  sched_param p{};
  p.sched_priority = priority;
  if (priority > 0 && sched_setscheduler(0, SCHED_FIFO, &p) != 0) std::perror("sched_setscheduler");
}

// One round trip; the sequence is in the first eight bytes both ways.
using Trip = std::function<void(int64_t)>;

void serve(const Trip& trip) {
  long ticks;
  long long period;
  int64_t sequence = 0;
  while (std::scanf("%ld %lld", &ticks, &period) == 2) {
    std::vector<int64_t> taken;
    taken.reserve(ticks);
    int64_t due = now() + period;
    for (long i = 0; i < ticks; i++) {
      if (period > 0) {
        timespec t{due / 1000000000, due % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, nullptr);
      }
      int64_t begun = now();
      trip(++sequence);
      int64_t ended = now();
      taken.push_back(ended - begun);
      while (period > 0 && due <= ended) due += period;
    }
    for (int64_t t : taken) std::printf("%lld ", static_cast<long long>(t));
    std::printf("\n");
    std::fflush(stdout);
  }
}

struct alignas(128) Cell {
  std::atomic<uint32_t> value;
  char rest[124];
};

Cell* cells(const char* path) {
  int fd = open(path, O_RDWR | O_CREAT, 0600);
  if (fd < 0 || ftruncate(fd, 4096) != 0) fail(path);
  void* at = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (at == MAP_FAILED) fail("mmap");
  return static_cast<Cell*>(at);
}

void await(Cell& cell, uint32_t previous, bool spins) {
  while (cell.value.load(std::memory_order_acquire) == previous) {
    if (!spins) syscall(SYS_futex, &cell.value, FUTEX_WAIT, previous, nullptr, nullptr, 0);
  }
}

void post(Cell& cell, uint32_t value, bool spins) {
  cell.value.store(value, std::memory_order_release);
  if (!spins) syscall(SYS_futex, &cell.value, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

void ready() {
  std::printf("ready\n");
  std::fflush(stdout);
}

int memory(bool echoes, bool spins, const char* path) {
  Cell* cell = cells(path);
  if (echoes) {
    ready();
    for (uint32_t seen = cell[0].value;;) {
      await(cell[0], seen, spins);
      seen = cell[0].value;
      post(cell[1], seen, spins);
    }
  }
  serve([=](int64_t) {
    uint32_t before = cell[1].value;
    post(cell[0], cell[0].value + 1, spins);
    await(cell[1], before, spins);
  });
  return 0;
}

void move(int fd, char* bytes, size_t count, bool writes) {
  while (count > 0) {
    ssize_t n = writes ? write(fd, bytes, count) : read(fd, bytes, count);
    if (n <= 0) std::exit(0);
    bytes += n;
    count -= n;
  }
}

int tcp(bool echoes, int port, size_t there, size_t back) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  int one = 1;
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::vector<char> command(there), state(back);
  if (echoes) {
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0 || listen(fd, 1) != 0) fail("bind");
    ready();
    int peer = accept(fd, nullptr, nullptr);
    setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    for (;;) {
      move(peer, command.data(), there, false);
      move(peer, state.data(), back, true);
    }
  }
  if (connect(fd, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) fail("connect");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  serve([&](int64_t) {
    move(fd, command.data(), there, true);
    move(fd, state.data(), back, false);
  });
  return 0;
}

void* open_socket(void* context, int type, int mark, const std::string& address, bool binds) {
  void* s = zmq_socket(context, type);
  int buffer = 16 * 1024, linger = 0;
  zmq_setsockopt(s, ZMQ_SNDHWM, &mark, sizeof mark);
  zmq_setsockopt(s, ZMQ_RCVHWM, &mark, sizeof mark);
  zmq_setsockopt(s, ZMQ_SNDBUF, &buffer, sizeof buffer);
  zmq_setsockopt(s, ZMQ_RCVBUF, &buffer, sizeof buffer);
  zmq_setsockopt(s, ZMQ_LINGER, &linger, sizeof linger);
  if (type == ZMQ_SUB) zmq_setsockopt(s, ZMQ_SUBSCRIBE, "", 0);
  if ((binds ? zmq_bind : zmq_connect)(s, address.c_str()) != 0) fail(address.c_str());
  return s;
}

int zeromq(bool echoes, int port, size_t there, size_t back, int priority) {
  void* context = zmq_ctx_new();
  if (priority > 0) {  // The threads of libzmq as well.
    zmq_ctx_set(context, ZMQ_THREAD_SCHED_POLICY, SCHED_FIFO);
    zmq_ctx_set(context, ZMQ_THREAD_PRIORITY, priority);
  }
  std::string control = "tcp://127.0.0.1:" + std::to_string(port);
  std::string states = "tcp://127.0.0.1:" + std::to_string(port + 1);
  std::vector<char> command(there + 1), state(back + 1);
  if (echoes) {
    void* router = open_socket(context, ZMQ_ROUTER, 1, control, true);
    void* publisher = open_socket(context, ZMQ_PUB, kStateMark, states, true);
    ready();
    char id[256];
    for (;;) {
      zmq_recv(router, id, sizeof id, 0);
      zmq_recv(router, command.data(), there, 0);
      std::memcpy(state.data(), command.data(), sizeof(int64_t));
      zmq_send(publisher, state.data(), back, 0);
    }
  }
  void* dealer = open_socket(context, ZMQ_DEALER, 1, control, false);
  void* subscriber = open_socket(context, ZMQ_SUB, kStateMark, states, false);
  int patience = 100;
  int64_t found = 0;
  zmq_setsockopt(subscriber, ZMQ_RCVTIMEO, &patience, sizeof patience);
  for (int64_t probe = -1; zmq_recv(subscriber, state.data(), back, 0) < 0; probe--) {
    std::memcpy(command.data(), &probe, sizeof probe);
    zmq_send(dealer, command.data(), there, 0);
  }
  patience = 1000;
  zmq_setsockopt(subscriber, ZMQ_RCVTIMEO, &patience, sizeof patience);
  serve([&](int64_t sequence) {
    std::memcpy(command.data(), &sequence, sizeof sequence);
    zmq_send(dealer, command.data(), there, 0);
    do {  // A lost state shows as a round trip of a second.
      if (zmq_recv(subscriber, state.data(), back, 0) < 0) return;
      std::memcpy(&found, state.data(), sizeof found);
    } while (found != sequence);
  });
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count != 6) return 64;
  std::string mode = words[1];
  bool echoes = mode.size() > 5 && mode.compare(mode.size() - 5, 5, "-echo") == 0;
  std::string lane = mode.substr(0, mode.find('-'));
  size_t there = std::strtoul(words[3], nullptr, 10), back = std::strtoul(words[4], nullptr, 10);
  int priority = std::atoi(words[5]);
  realtime(priority);
  if (lane == "futex" || lane == "spin") return memory(echoes, lane == "spin", words[2]);
  if (lane == "tcp") return tcp(echoes, std::atoi(words[2]), there, back);
  if (lane == "zmq") return zeromq(echoes, std::atoi(words[2]), there, back, priority);
  return 64;
}
