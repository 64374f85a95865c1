using HilRig.Core.Sampling;
using HilRig.Learning.Agents;

namespace HilRig.Learning.Tests.Agents;

/// <summary>Small agents and batches of given numbers.</summary>
internal static class AgentCases
{
    public const int ObservationCount = 5;
    public const int ActionCount = 3;

    /// <summary>Options of an algorithm with networks that take microseconds.</summary>
    public static AgentOptions Small(LearningAlgorithm algorithm) =>
        AgentPresets.Create(algorithm, "cpu") with
        {
            HiddenCount = 16,
            ImitationHiddenCount = 16,
            ImitationHiddenLayerCount = 2,
            BatchSize = 12,
            TrustShare = 0,
        };

    /// <summary>Fills a batch with numbers that depend on its seed alone.</summary>
    public static TransitionBatch Batch(AgentOptions options, ulong seed)
    {
        var batch = new TransitionBatch(options.BatchSize, ObservationCount, ActionCount);
        Fill(batch, seed);
        return batch;
    }

    /// <summary>Fills a batch anew.</summary>
    public static void Fill(TransitionBatch batch, ulong seed)
    {
        FillSymmetric(batch.Observations, new(seed, 1));
        FillSymmetric(batch.NextObservations, new(seed, 2));
        FillSymmetric(batch.Actions, new(seed, 3));
        var random = new CounterRandom(seed, 4);
        for (int row = 0; row < batch.RowCount; row++)
        {
            bool ends = random.Unit((ulong)row) < 0.2;
            batch.Returns[row] = ends ? 0.9801f : 0;
            batch.Discounts[row] = ends ? 0 : 0.970299f;
        }
    }

    /// <summary>Trains as the trainer would, from a batch a time.</summary>
    public static void Train(Agent agent, int first, int count)
    {
        using TransitionBatch batch = Batch(agent.Options, 1);
        using TransitionBatch demonstrations = Batch(agent.Options, 77);
        for (int i = first; i < first + count; i++)
        {
            Fill(batch, (ulong)i);
            Require(agent.UpdateImitation(demonstrations));
            if (agent.Options.UsesReinforcement)
            {
                Require(agent.UpdateCritic(batch));
                Require(i % 2 == 0 ? agent.UpdateActor(batch, demonstrations) : default);
            }
        }
    }

    /// <summary>One update of the critics.</summary>
    public static void TrainCritic(Agent agent)
    {
        using TransitionBatch batch = Batch(agent.Options, 1);
        Require(agent.UpdateCritic(batch));
    }

    /// <summary>All state but where chance is.</summary>
    public static byte[] Weights(Agent agent)
    {
        using var bytes = new MemoryStream();
        foreach (AgentPart part in agent.Parts.Where(part => part.Name != "counters"))
        {
            bytes.Write(part.Bytes);
        }

        return bytes.ToArray();
    }

    public static byte[] State(Agent agent)
    {
        using var bytes = new MemoryStream();
        foreach (AgentPart part in agent.Parts)
        {
            bytes.Write(part.Bytes);
        }

        return bytes.ToArray();
    }

    private static void Require(UpdateStatus status) =>
        Assert.That(status, Is.EqualTo(UpdateStatus.Done));

    private static void FillSymmetric(Span<float> values, CounterRandom random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.Symmetric((ulong)i);
        }
    }
}
