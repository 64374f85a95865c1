# Short names for what CONTRIBUTING.md describes.
.PHONY: check build test format

# Before each push: what CI would refuse first. Scenario runs are in `make test`.
check:
	dotnet restore HilRig.sln --locked-mode -v quiet
	dotnet build HilRig.sln -c Release --no-restore -v quiet
	dotnet format HilRig.sln whitespace --no-restore --verify-no-changes -v quiet
	dotnet test HilRig.sln -c Release --no-build --filter "Category!=Scenario"

build:
	dotnet build HilRig.sln -c Release

test:
	dotnet test HilRig.sln -c Release

format:
	dotnet format HilRig.sln
