namespace HilRig.Core.Rigs;

/// <summary>
/// The arm that a virtual rig has in place of a real one. Its hidden parameters differ from the
/// twin's, so that divergence is real.
/// </summary>
/// <param name="ModelPath">Absolute path of the MJCF model that loads the servos.</param>
/// <param name="ServoPath">
/// Absolute path of the servo parameters (YAML); empty where there are no servos.
/// </param>
/// <param name="SupplyVolts">Open-circuit voltage of its supply, V.</param>
/// <param name="InitialPosition">Joint positions at power-on by joint name, rad or m.</param>
/// <param name="Seed">Seed of everything random in it.</param>
/// <param name="Scene">Objects beside it; null for none.</param>
public sealed record VirtualRigDescription(
    string ModelPath,
    string ServoPath,
    double SupplyVolts,
    IReadOnlyDictionary<string, double> InitialPosition,
    ulong Seed,
    VirtualSceneDescription? Scene = null);
