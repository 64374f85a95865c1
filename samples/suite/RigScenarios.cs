using HilRig.Testing;

namespace Suite;

/// <summary>Every scenario of this suite, on the rig it names.</summary>
[ScenarioFolder("scenarios", AttemptsMax = 3)]
public sealed class RigScenarios : ScenarioSuite;
