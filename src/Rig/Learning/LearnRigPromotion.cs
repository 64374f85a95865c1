using HilRig.Harness.Promotion;
using HilRig.Rig.Processes;
using HilRig.Tasks.Policies;

namespace HilRig.Rig.Learning;

/// <summary>
/// Deploys: the imitation first, and the final policy when the gate says so of the pairs that were
/// measured, in their order.
/// </summary>
internal static class LearnRigPromotion
{
    /// <summary>Deploys what the measured pairs allow.</summary>
    /// <param name="run">Folder of the run.</param>
    /// <param name="shelf">Its policies.</param>
    /// <param name="pairs">Start, imitation, final policy; in the order they were measured.</param>
    /// <param name="utc">When.</param>
    /// <returns>The gate's state in one line; null while there is nothing to decide.</returns>
    /// <exception cref="Core.Errors.RigException">A policy is damaged, or the disk refuses.
    /// </exception>
    public static string? Deploy(
        string run,
        PolicyShelf shelf,
        IEnumerable<(long Start, bool Imitation, bool Final)> pairs,
        DateTimeOffset utc)
    {
        if (shelf.Imitation == 0)
        {
            return null;
        }

        Deployment deployment = Deployment.Open(run);
        string imitation = PolicyShelf.Name(shelf.Imitation);
        if (deployment.Current is null)
        {
            deployment.Promote(imitation, "the first: the imitation", utc);
        }

        if (shelf.Final == 0 || shelf.Final == shelf.Imitation)
        {
            return null;
        }

        var gate = new PromotionGate(new PromotionOptions());
        foreach ((long start, bool first, bool second) in pairs)
        {
            gate.Observe(start, second, first);
        }

        string final = PolicyShelf.Name(shelf.Final);
        bool isNew = deployment.History.Deployed.All(entry => entry.Policy != final);
        if (gate.Decision == GateDecision.Promote && isNew)
        {
            PolicyLatency latency = MeasureAsItActs(shelf);
            if (!latency.IsWithin)
            {
                return FormattableString.Invariant(
                    $"{gate.Decision}, but not deployed: p99 {latency.P99Microseconds:0} µs, ")
                    + FormattableString.Invariant(
                        $"not below {latency.BudgetMicroseconds:0} µs; {gate}");
            }

            deployment.Promote(final, gate.ToString(), utc);
        }

        return $"{gate.Decision}: {gate}";
    }

    // At the priority that serves a loop: what other programs do to an ordinary thread says nothing
    // of the policy.
    private static PolicyLatency MeasureAsItActs(PolicyShelf shelf)
    {
        using IDisposable priority = SupportingThreads.Enter();
        return shelf.Measure(shelf.Final);
    }
}
