// Prints the bytes whose SHA-256 both sides of the handshake compare: the descriptors of every
// file of hilrig.v1, in this order. Built and run by the Makefile.
#include <google/protobuf/descriptor.pb.h>

#include <iostream>

#include "hilrig/v1/control.pb.h"
#include "hilrig/v1/cyclic.pb.h"
#include "hilrig/v1/session.pb.h"

int main() {
  for (const auto* message :
       {hilrig::v1::Hello::descriptor(), hilrig::v1::Request::descriptor(),
        hilrig::v1::Command::descriptor()}) {
    google::protobuf::FileDescriptorProto file;
    message->file()->CopyTo(&file);
    std::cout << file.SerializeAsString();
  }
}
