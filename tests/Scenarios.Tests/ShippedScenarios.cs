using HilRig.Testing;

namespace HilRig.Scenarios.Tests;

/// <summary>Every scenario that HilRig ships, on the rig it names.</summary>
[ScenarioFolder("scenarios")]
public sealed class ShippedScenarios : ScenarioSuite;
