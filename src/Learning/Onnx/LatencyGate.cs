using HilRig.Tasks.Policies;

namespace HilRig.Learning.Onnx;

/// <summary>Measures what a call of a policy's graph takes at one row, without the rig.</summary>
internal static class LatencyGate
{
    private const int CallsPerRound = 1000;
    private const int WarmUpCalls = 200;

    /// <summary>Measures a policy.</summary>
    /// <param name="policy">The policy.</param>
    public static PolicyLatency Measure(TaskPolicyFile policy)
    {
        using var session = new HybridSession(policy.Graph.Span, rowCount: 1);
        int channels = policy.Manifest.Observation.Count;
        for (int i = 0; i < session.Observations.Length; i++)
        {
            session.Observations[i] = (float)policy.Manifest.Observation[i % channels].Offset;
        }

        for (int i = 0; i < WarmUpCalls; i++)
        {
            session.Run();
        }

        return PolicyLatency.Measure(
            session.Run, policy.Manifest.PeriodSeconds, CallsPerRound, PolicyLatency.RoundsMax);
    }
}
