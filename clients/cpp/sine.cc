// Watches a rig, moves one joint on a sine around where it is, and leaves the rig in its safe
// posture: sine ENDPOINT JOINT AMPLITUDE SECONDS. Amplitude in rad or m; the sine has 0.5 Hz.
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "hilrig.hpp"

namespace {

constexpr std::int64_t kPeriod = 10'000'000;
volatile std::sig_atomic_t interrupted = 0;

int run(const std::string& endpoint, const std::string& name, double amplitude, double seconds) {
  hilrig::Client owner(endpoint, kPeriod);
  const int joint = owner.joint(name);
  const std::vector<double> home = owner.arm();
  std::cout << "armed " << owner.welcome().rig_name() << ", " << name << " at " << home[joint]
            << std::endl;
  std::vector<double> goals = home;
  std::int64_t planned = hilrig::now();
  const std::int64_t start = planned;
  bool moving = true;
  double furthest = 0;
  while (moving && !interrupted && planned - start < seconds * 1e9) {
    const double time = static_cast<double>(planned - start) / 1e9;
    goals[joint] = home[joint] + amplitude * std::sin(M_PI * time);
    owner.command(goals, planned);
    planned += kPeriod;
    moving = owner.read_until(planned);
    furthest = std::max(furthest, std::abs(owner.state().position(joint) - home[joint]));
  }
  const bool confirmed = owner.stop();
  std::cout << "commands accepted: " << owner.state().command_counts(0)
            << ", furthest from home: " << furthest << "\n"
            << hilrig::Client::describe(owner.state())
            << (confirmed ? ", confirmed by every servo" : ", NOT confirmed") << std::endl;
  return moving && confirmed ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) {
    std::cerr << "usage: sine ENDPOINT JOINT AMPLITUDE SECONDS\n";
    return 64;
  }
  std::signal(SIGINT, [](int) { interrupted = 1; });
  std::signal(SIGTERM, [](int) { interrupted = 1; });
  try {
    return run(arguments[1], arguments[2], std::stod(arguments[3]), std::stod(arguments[4]));
  } catch (const std::exception& error) {
    std::cerr << "sine: " << error.what() << "\n";
    return EXIT_FAILURE;
  }
}
