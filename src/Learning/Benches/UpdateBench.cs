using System.Diagnostics;
using HilRig.Core.Errors;
using HilRig.Core.Sampling;
using HilRig.Core.Time;
using HilRig.Learning.Agents;

namespace HilRig.Learning.Benches;

/// <summary>
/// Updates a second of the `cpu` preset of IBRL, turn about with the same update in python3-torch
/// (bench/learn-peer/peer.py). An update is one of the critics and, every second time, one of the
/// actor; both count processor time of the thread that computes.
/// </summary>
internal static class UpdateBench
{
    /// <summary>Measures.</summary>
    /// <param name="options">What.</param>
    public static UpdateBenchResult Measure(UpdateBenchOptions options)
    {
        AgentOptions agentOptions = AgentPresets.Create(LearningAlgorithm.Ibrl, "cpu") with
        {
            BatchedCritics = options.BatchedCritics,
        };
        using var agent = new Agent(
            agentOptions, options.ObservationCount, options.ActionCount, seed: 7);
        using TransitionBatch batch = Batch(agentOptions, options);
        using Process? peer = options.Peer is null ? null : Start(agentOptions, options);
        Run(agent, batch, options.Updates);
        _ = peer is null ? 0 : Ask(peer, options.Updates);
        double[] ours = new double[options.Rounds];
        double[] theirs = new double[options.Rounds];
        double[] ratios = new double[options.Rounds];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < options.Rounds; round++)
        {
            ours[round] = options.Updates / Run(agent, batch, options.Updates);
            theirs[round] = peer is null
                ? double.NaN
                : options.Updates / Ask(peer, options.Updates);
            ratios[round] = ours[round] / theirs[round];
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new UpdateBenchResult(
            Median(ours),
            peer is null ? null : Median(theirs),
            peer is null ? null : Median(ratios),
            allocated / ((double)options.Rounds * options.Updates),
            ThreadCpuClock.IsCpuTime);
    }

    private static double Run(Agent agent, TransitionBatch batch, int updates)
    {
        double begin = ThreadCpuClock.Seconds();
        for (int update = 0; update < updates; update++)
        {
            Require(agent.UpdateCritic(batch));
            if (update % agent.Options.CriticUpdatesPerActorUpdate == 0)
            {
                Require(agent.UpdateActor(batch));
            }
        }

        return ThreadCpuClock.Seconds() - begin;
    }

    private static void Require(UpdateStatus status) =>
        Invariant.Require(status == UpdateStatus.Done, "an update of the bench is done");

    private static TransitionBatch Batch(AgentOptions agent, UpdateBenchOptions options)
    {
        var batch = new TransitionBatch(
            agent.BatchSize, options.ObservationCount, options.ActionCount);
        Fill(batch.Observations, 1);
        Fill(batch.NextObservations, 2);
        Fill(batch.Actions, 3);
        batch.Discounts.Fill(0.970299f);
        return batch;
    }

    private static void Fill(Span<float> values, ulong stream)
    {
        var random = new CounterRandom(7, stream);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.Symmetric((ulong)i);
        }
    }

    private static Process Start(AgentOptions agent, UpdateBenchOptions options)
    {
        int[] sizes =
        [
            options.ObservationCount, options.ActionCount, agent.HiddenCount,
            agent.CriticCount, agent.SubsetCount, agent.BatchSize,
        ];
        var start = new ProcessStartInfo(
            options.Python, [options.Peer!, .. sizes.Select(size => size.ToString())])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }

    private static double Ask(Process peer, int updates)
    {
        peer.StandardInput.WriteLine(updates);
        peer.StandardInput.Flush();
        string? line = peer.StandardOutput.ReadLine();
        return double.TryParse(line, out double seconds)
            ? seconds
            : throw new DeviceException(
                "The peer of the bench ended",
                peer.StartInfo.FileName,
                "processor seconds",
                line ?? "nothing",
                "run it by hand, with PyTorch installed");
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
