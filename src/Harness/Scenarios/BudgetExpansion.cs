using HilRig.Core.Joints;
using HilRig.Core.Units;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Scenarios;

/// <summary>
/// Replaces "*" in budgets by every joint; a budget for one joint beats the one for all.
/// </summary>
internal static class BudgetExpansion
{
    internal static ScenarioBudgets Expand(
        ScenarioBudgets budgets, IReadOnlyList<JointBounds> joints, YamlFaults faults)
    {
        var divergence = new Dictionary<(string, DivergenceMeasure), DivergenceBudget>();
        foreach (DivergenceBudget budget in
            budgets.Divergence.OrderBy(item => IsForOne(item.Signal)))
        {
            foreach (string signal in Signals(
                budget.Signal, budget.Dimension, budget.Where, joints, faults))
            {
                divergence[(signal, budget.Measure)] = budget with { Signal = signal };
            }
        }

        var bands = new Dictionary<string, BandBudget>();
        foreach (BandBudget band in budgets.Bands.OrderBy(item => IsForOne(item.Signal)))
        {
            foreach (string signal in Signals(
                band.Signal, band.Dimension, band.Where, joints, faults))
            {
                bands[signal] = band with { Signal = signal };
            }
        }

        return budgets with { Divergence = [.. divergence.Values], Bands = [.. bands.Values] };
    }

    private static bool IsForOne(string signal) =>
        SignalName.JointOf(signal) != SignalName.EveryJoint;

    private static IEnumerable<string> Signals(
        string signal,
        Dimension dimension,
        string where,
        IReadOnlyList<JointBounds> joints,
        YamlFaults faults)
    {
        string name = SignalName.JointOf(signal) ?? "";
        bool forAll = name == SignalName.EveryJoint;
        bool isKnown = false;
        foreach (JointBounds joint in joints)
        {
            if (!forAll && joint.Name != name)
            {
                continue;
            }

            isKnown = true;
            if (Fits(dimension, joint.Kind))
            {
                yield return SignalName.IsVelocity(signal)
                    ? SignalName.Velocity(joint.Name)
                    : SignalName.Position(joint.Name);
            }
            else if (!forAll)
            {
                faults.Add(JointFaults.WrongKind(joint, where));
            }
        }

        if (!isKnown)
        {
            faults.Add(JointFaults.Unknown(name, where, joints));
        }
    }

    // A limit in rad, given for every joint, is meant for those that turn.
    private static bool Fits(Dimension dimension, JointKind kind) => dimension switch
    {
        Dimension.Angle or Dimension.AngularVelocity => kind == JointKind.Revolute,
        Dimension.Length or Dimension.Velocity => kind == JointKind.Prismatic,
        _ => true,
    };
}
