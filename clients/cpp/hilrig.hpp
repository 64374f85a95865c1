// A client of a HilRig agent: one session over the ZeroMQ lane. One thread uses a client.
#pragma once

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>
#include <zmq.hpp>

#include "hilrig/v1/control.pb.h"
#include "hilrig/v1/cyclic.pb.h"
#include "hilrig/v1/session.pb.h"
#include "schema_sha256.h"

namespace hilrig {

namespace v1 = ::hilrig::v1;

// CLOCK_MONOTONIC, ns.
inline std::int64_t now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

// What, expected, found, try: the agent's words where it refused.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Client {
 public:
  // Watches; an owner (period above 0, ns) may command as well.
  explicit Client(const std::string& endpoint, std::int64_t period = 0) : period_(period) {
    const auto colon = endpoint.rfind(':');
    if (endpoint.rfind("tcp://", 0) != 0 || colon <= 5) {
      throw Error("endpoint: expected tcp://127.0.0.1:PORT, found " + endpoint);
    }
    const int port = std::stoi(endpoint.substr(colon + 1));
    open(control_, 1, endpoint);
    open(states_, 8, endpoint.substr(0, colon + 1) + std::to_string(port + 1));
    states_.set(zmq::sockopt::subscribe, "");
    v1::Hello hello;
    hello.set_role(v1::ROLE_OBSERVER);
    welcome_ = greet(hello);
    if (period > 0) {  // An owner names the rig it means; it learned the name as an observer.
      request(v1::REQUEST_KIND_RELEASE);
      zmq::message_t acknowledged;  // One question at a time: there is room for one answer.
      (void)control_.recv(acknowledged);
      hello.set_role(v1::ROLE_OWNER);
      hello.set_rig_name(welcome_.rig_name());
      hello.set_rig_sha256(welcome_.rig_sha256());
      hello.set_period_nanoseconds(period);
      *hello.mutable_joints() = welcome_.joints();
      welcome_ = greet(hello);
    }
  }

  // Leaves the session; an armed rig is left to its deadman, so stop() first.
  ~Client() {
    try {
      request(v1::REQUEST_KIND_RELEASE);
      wait([](const v1::State&) { return false; }, 100'000'000);
    } catch (const std::exception&) {  // The agent is gone: nothing to leave.
    }
  }

  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  const v1::Welcome& welcome() const { return welcome_; }
  const v1::State& state() const { return state_; }

  // Index of a joint by its name.
  int joint(const std::string& name) const {
    for (int i = 0; i < welcome_.joints_size(); ++i) {
      if (welcome_.joints(i).name() == name) return i;
    }
    throw Error("no joint \"" + name + "\" in rig " + welcome_.rig_name());
  }

  // Torque on at the measured pose. Returns that pose within the joints' limits.
  std::vector<double> arm() {
    request(v1::REQUEST_KIND_ARM);
    if (!wait([](const v1::State& s) { return s.health() == v1::HEALTH_ARMED; }, 5'000'000'000)) {
      throw Error("the rig did not arm: " + describe(state_));
    }
    std::vector<double> pose(state_.position().begin(), state_.position().end());
    double way_back = 0;  // s, at the joint's velocity, for an arm that rests outside its limits.
    for (int i = 0; i < welcome_.joints_size(); ++i) {
      const v1::Joint& joint = welcome_.joints(i);
      if (joint.position_max() > joint.position_min()) {
        const double goal = std::clamp(pose[i], joint.position_min(), joint.position_max());
        way_back = std::max(way_back, std::abs(goal - pose[i]) / joint.velocity_max());
        pose[i] = goal;
      }
    }
    read_until(now() + static_cast<std::int64_t>(way_back * 1.1e9) + 2'000'000);
    return pose;
  }

  // Sends goals (rad or m) for the tick planned at an instant; good for two periods after it.
  void command(const std::vector<double>& goals, std::int64_t planned) {
    v1::Command command;
    command.set_session_id(welcome_.session_id());
    command.set_owner_token(welcome_.owner_token());
    command.set_sequence(++sequence_);
    command.set_answered_state_sequence(state_.sequence());
    command.set_planned_nanoseconds(planned);
    command.set_created_nanoseconds(now());
    command.set_sent_nanoseconds(now());
    command.set_valid_until_nanoseconds(planned + 2 * period_);
    command.set_torque_bits((1ULL << goals.size()) - 1);
    command.mutable_position()->Add(goals.begin(), goals.end());
    send(v1::MESSAGE_KIND_COMMAND, command);
  }

  // Reads states, and keeps the session alive, until an instant. False when the rig has stopped.
  bool read_until(std::int64_t instant) {
    wait([](const v1::State& s) { return s.health() >= v1::HEALTH_STOPPED; }, instant - now());
    return state_.health() < v1::HEALTH_STOPPED;
  }

  // Asks for the safe posture and waits until every servo has confirmed it.
  bool stop() {
    request(v1::REQUEST_KIND_STOP);
    return wait([](const v1::State& s) { return s.stop_acknowledged(); }, 5'000'000'000);
  }

  static std::string describe(const v1::State& state) {
    return v1::Health_Name(state.health()) + ", " + v1::Stop_Name(state.stop());
  }

 private:
  void open(zmq::socket_t& socket, int high_watermark, const std::string& address) {
    socket.set(zmq::sockopt::linger, 0);
    socket.set(zmq::sockopt::sndhwm, high_watermark);
    socket.set(zmq::sockopt::rcvhwm, high_watermark);
    socket.set(zmq::sockopt::sndbuf, 16 * 1024);
    socket.set(zmq::sockopt::rcvbuf, 16 * 1024);
    socket.set(zmq::sockopt::maxmsgsize, std::int64_t{64} * 1024);
    socket.connect(address);
  }

  // Old commands must not pile up: what the socket has no room for is dropped.
  bool send(v1::MessageKind kind, const google::protobuf::MessageLite& message) {
    const std::string frame = static_cast<char>(kind) + message.SerializeAsString();
    return control_.send(zmq::buffer(frame), zmq::send_flags::dontwait).has_value();
  }

  void request(v1::RequestKind kind) {
    v1::Request request;
    request.set_session_id(welcome_.session_id());
    request.set_owner_token(welcome_.owner_token());
    request.set_request_id(++request_id_);
    request.set_kind(kind);
    const std::int64_t give_up = now() + 1'000'000'000;
    while (!send(v1::MESSAGE_KIND_REQUEST, request) && now() < give_up) {
      read_until(now() + 1'000'000);
    }
  }

  v1::Welcome greet(v1::Hello& hello) {
    hello.set_protocol_major(2);
    hello.set_software("hilrig (C++) 0.1.0");
    hello.set_schema_sha256(std::string(schema_sha256, 32));
    control_.set(zmq::sockopt::rcvtimeo, 2000);
    const std::string frame =
        static_cast<char>(v1::MESSAGE_KIND_HELLO) + hello.SerializeAsString();
    control_.send(zmq::buffer(frame), zmq::send_flags::none);
    zmq::message_t answer;
    while (control_.recv(answer)) {
      const char* bytes = answer.data<char>();
      const int size = static_cast<int>(answer.size()) - 1;
      v1::Welcome welcome;
      v1::Refusal refusal;
      if (size >= 0 && bytes[0] == v1::MESSAGE_KIND_WELCOME &&
          welcome.ParseFromArray(bytes + 1, size)) {
        return welcome;
      }
      if (size >= 0 && bytes[0] == v1::MESSAGE_KIND_REFUSAL &&
          refusal.ParseFromArray(bytes + 1, size)) {
        throw Error(refusal.what() + ". Expected: " + refusal.expected() + ". Found: " +
                    refusal.found() + ". Try: " + refusal.remedy() + ".");
      }
    }
    throw Error("no agent answered the handshake within 2 s: is this the endpoint it printed?");
  }

  // Takes states until one satisfies; heartbeats meanwhile.
  template <typename Condition>
  bool wait(Condition is_enough, std::int64_t nanoseconds) {
    const std::int64_t until = now() + nanoseconds;
    do {
      if (now() >= heartbeat_due_) {
        heartbeat_due_ = now() + welcome_.deadman_nanoseconds() / 4;
        v1::Request beat;
        beat.set_session_id(welcome_.session_id());
        beat.set_owner_token(welcome_.owner_token());
        beat.set_request_id(++request_id_);
        beat.set_kind(v1::REQUEST_KIND_HEARTBEAT);
        send(v1::MESSAGE_KIND_REQUEST, beat);
      }
      const std::int64_t left = std::max<std::int64_t>(0, until - now());
      zmq::pollitem_t items[] = {{control_, 0, ZMQ_POLLIN, 0}, {states_, 0, ZMQ_POLLIN, 0}};
      zmq::poll(items, 2, std::chrono::milliseconds(std::min<std::int64_t>(left / 1'000'000, 5)));
      zmq::message_t message;
      while (control_.recv(message, zmq::recv_flags::dontwait)) {  // Acknowledgements.
      }
      while (states_.recv(message, zmq::recv_flags::dontwait)) {
        v1::State state;
        const char* bytes = message.data<char>();
        if (message.size() > 0 && bytes[0] == v1::MESSAGE_KIND_STATE &&
            state.ParseFromArray(bytes + 1, static_cast<int>(message.size()) - 1) &&
            state.agent_id() == welcome_.agent_id()) {
          state_ = state;
          if (is_enough(state_)) return true;
        }
      }
    } while (now() < until);
    return false;
  }

  zmq::context_t context_{1};
  zmq::socket_t control_{context_, zmq::socket_type::dealer};
  zmq::socket_t states_{context_, zmq::socket_type::sub};
  v1::Welcome welcome_;
  v1::State state_;
  std::int64_t period_;
  std::int64_t heartbeat_due_ = 0;
  std::int64_t sequence_ = 0;
  std::uint64_t request_id_ = 0;
};

}  // namespace hilrig
