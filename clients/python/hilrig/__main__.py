"""``python3 -m hilrig virtual RIG``: a virtual rig that other programs may connect to."""

import json
import sys

from .virtual import VirtualRig


def main() -> None:
    """Prints the endpoint as one line of JSON, and ends the rig when its input ends."""
    if len(sys.argv) != 3 or sys.argv[1] != "virtual":
        print("usage: python3 -m hilrig virtual RIG", file=sys.stderr)
        sys.exit(64)
    with VirtualRig(sys.argv[2]) as rig:
        ready = {"endpoint": rig.endpoint, "folder": str(rig.folder), "pids": rig.process_ids}
        print(json.dumps(ready), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
