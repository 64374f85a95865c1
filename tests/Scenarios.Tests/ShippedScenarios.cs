using HilRig.Testing;

namespace HilRig.Scenarios.Tests;

/// <summary>
/// Every scenario that HilRig ships, on the rig it names. Of the safety scenarios one a kind runs
/// each time, of the recordings one half; all of them: <c>--filter TestCategory=Nightly</c>.
/// </summary>
[ScenarioFolder("scenarios",
    AttemptsMax = 3,
    Nightly =
    [
        "recorded/xl330-gain100-lift-and-drop",
        "recorded/xl330-gain100-sin-time-square",
        "recorded/xl330-gain400-lift-and-drop",
        "recorded/xl330-gain400-sin-time-square",
        "safety/agent-halted",
        "safety/checksum",
        "safety/commands-duplicate",
        "safety/commands-foreign",
        "safety/commands-illegal",
        "safety/commands-old-owner",
        "safety/commands-reordered",
        "safety/controller-goal-too-fast",
        "safety/controller-host-halted",
        "safety/emergency-stop-unwired",
        "safety/guardian-halted",
        "safety/replies-late",
        "safety/sensor-gone",
        "safety/servo-hot",
        "safety/supply-low",
    ])]
public sealed class ShippedScenarios : ScenarioSuite;
