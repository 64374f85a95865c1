using HilRig.Core.Units;

namespace HilRig.Harness.Scenarios;

/// <summary>Where one joint begins.</summary>
/// <param name="Joint">Joint name.</param>
/// <param name="Position">Angle or length, SI.</param>
/// <param name="Where">File, line and column.</param>
public sealed record PoseTarget(string Joint, Quantity Position, string Where);
