"""Compiles the bridge's message definitions into the package; the rest is in pyproject.toml."""

import subprocess
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

PROTOS = Path(__file__).resolve().parents[2] / "src" / "Bridge" / "Protos"


class BuildWithDescriptors(build_py):
    """build_py, and then protoc on the repository's .proto files: the package has no copy."""

    def run(self) -> None:
        super().run()
        target = Path(self.build_lib) / "hilrig" / "hilrig.v1.desc"
        files = sorted(str(path.relative_to(PROTOS)) for path in PROTOS.glob("hilrig/v1/*.proto"))
        if not files:
            raise FileNotFoundError(f"no .proto file in {PROTOS}: build from the repository")
        subprocess.run(
            ["protoc", f"--proto_path={PROTOS}", f"--descriptor_set_out={target}", *files],
            check=True,
        )


setup(cmdclass={"build_py": BuildWithDescriptors})
