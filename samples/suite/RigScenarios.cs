using HilRig.Testing;

namespace Suite;

/// <summary>Every scenario of this suite, on the rig it names.</summary>
[ScenarioFolder("scenarios")]
public sealed class RigScenarios : ScenarioSuite;
