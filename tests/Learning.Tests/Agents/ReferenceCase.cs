using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using HilRig.Core.Sampling;
using HilRig.Learning.Agents;
using HilRig.Learning.Networks;

namespace HilRig.Learning.Tests.Agents;

/// <summary>An agent, a batch and all chance of one update, told to a Python script.</summary>
internal sealed class ReferenceCase : IDisposable
{
    private const ulong Seed = 11;

    public ReferenceCase(AgentOptions options)
    {
        Agent = new(options, AgentCases.ObservationCount, AgentCases.ActionCount, Seed);
        ulong stream = 100;
        foreach (FlatParameters? weights in Networks())
        {
            Shake(weights, stream++);
        }

        Batch = AgentCases.Batch(options, 5);
        Demonstrations = AgentCases.Batch(options, 6);
    }

    public Agent Agent { get; }

    public TransitionBatch Batch { get; }

    public TransitionBatch Demonstrations { get; }

    /// <summary>What the script makes of cases: loss and gradient of critics and actor.</summary>
    public static Dictionary<string, ReferenceAnswer>[] Ask(
        IEnumerable<ReferenceCase> cases, [CallerFilePath] string file = "")
    {
        string script = Path.Combine(Path.GetDirectoryName(file)!, "reference_update.py");
        string told = JsonSerializer.Serialize(cases.Select(one => one.Describe()));
        return JsonSerializer.Deserialize<Dictionary<string, ReferenceAnswer>[]>(
            PythonPeer.Run("torch", script, told), JsonSerializerOptions.Web)!;
    }

    /// <summary>Gradient that Adam saw in its first step: ten times its first mean.</summary>
    public float[] FirstGradient(string network)
    {
        AgentPart part = Agent.Parts.Single(part => part.Name == network + ".adam.first");
        return [.. MemoryMarshal.Cast<byte, float>(part.Bytes).ToArray().Select(m => m / 0.1f)];
    }

    public void Dispose()
    {
        Agent.Dispose();
        Batch.Dispose();
        Demonstrations.Dispose();
    }

    private static void Shake(FlatParameters? weights, ulong stream)
    {
        var random = new CounterRandom(Seed, stream);
        for (int i = 0; i < (weights?.Values.Length ?? 0); i++)
        {
            weights!.Values[i] += 0.2f * (float)random.Symmetric((ulong)i);
        }

        weights?.Publish();
    }

    private IEnumerable<FlatParameters?> Networks() =>
    [
        Agent.Networks.Actor, Agent.Networks.ActorTarget, Agent.Networks.Critic,
        Agent.Networks.CriticTarget, Agent.Networks.Imitation, Agent.Networks.Pretrained,
    ];

    private Dictionary<string, object> Describe()
    {
        AgentOptions options = Agent.Options;
        AgentNetworks networks = Agent.Networks;
        var told = new Dictionary<string, object>
        {
            ["critics"] = options.CriticCount,
            ["hidden"] = options.HiddenCount,
            ["imitation_hidden"] = options.ImitationHiddenCount,
            ["bootstrap_proposal"] = options.BootstrapProposal,
            ["margin"] = options.SelectionMargin,
            ["soft"] = options.Rule == SelectionRule.Soft,
            ["softness"] = Agent.Softness,
            ["clip"] = options.ClipTargets,
            ["cloning_weight"] = options.CloningWeight,
            ["cloning_filter"] = options.CloningFilter,
            ["now"] = Batch.Observations.ToArray(),
            ["next"] = Batch.NextObservations.ToArray(),
            ["actions"] = Batch.Actions.ToArray(),
            ["returns"] = Batch.Returns.ToArray(),
            ["discounts"] = Batch.Discounts.ToArray(),
            ["demonstrated"] = Demonstrations.Observations.ToArray(),
            ["demonstrated_actions"] = Demonstrations.Actions.ToArray(),
            ["weights"] = new Dictionary<string, float[]>
            {
                ["actor"] = networks.Actor!.Values.ToArray(),
                ["actor.target"] = networks.ActorTarget!.Values.ToArray(),
                ["actor.pretrained"] = (networks.Pretrained ?? networks.Actor).Values.ToArray(),
                ["critic"] = networks.Critic!.Values.ToArray(),
                ["critic.target"] = networks.CriticTarget!.Values.ToArray(),
                ["imitation"] = networks.Imitation.Values.ToArray(),
            },
        };
        FlatParameters[] kinds = [networks.Actor, networks.Critic, networks.Imitation];
        told["layers"] = kinds.ToDictionary(
            kind => kind.Layout.Name, kind => kind.Layout.Shape.HiddenLayerCount);
        told["layouts"] = kinds.ToDictionary(
            kind => kind.Layout.Name,
            kind => kind.Layout.Blocks.ToDictionary(
                block => block.Name, block => new { offset = block.Offset, shape = block.Shape }));
        AddChance(told);
        return told;
    }

    /// <summary>The numbers that the agent will draw, in its order.</summary>
    private void AddChance(Dictionary<string, object> told)
    {
        AgentOptions options = Agent.Options;
        var noise = new AgentNoise(Seed, new ulong[2]);
        noise.Begin(Agent.UpdateStream);
        AddMasks(noise, told, "target_masks");
        AddNoise("target_noise");
        if (options.BootstrapProposal)
        {
            AddSubset("choosing");
            if (options.Rule == SelectionRule.Soft)
            {
                float[] units = new float[Batch.RowCount];
                noise.FillUnit(units);
                told["units"] = units;
            }
        }

        AddSubset("judging");
        // RFT's actor takes the rows of the demonstrations after those of the batch.
        string[] proposed = options.CloningWeight > 0
            ? ["actor_masks", "cloning_masks"]
            : ["actor_masks"];
        AddMasks(noise, told, proposed);
        AddNoise("actor_noise");

        void AddNoise(string name)
        {
            float[] values = new float[Batch.RowCount * AgentCases.ActionCount];
            noise.FillNormal(values, options.Noise, options.NoiseLimit);
            told[name] = values;
        }

        void AddSubset(string name)
        {
            int[] members = new int[options.SubsetCount];
            noise.FillSubset(members, options.CriticCount);
            told[name] = members;
        }
    }

    /// <summary>Masks of the rows of several batches in one draw a layer.</summary>
    private void AddMasks(
        AgentNoise noise, Dictionary<string, object> told, params string[] names)
    {
        AgentOptions options = Agent.Options;
        if (options.ActorDropout == 0)
        {
            return;
        }

        int count = Batch.RowCount * options.HiddenCount;
        float[][] masks = [.. names.Select(_ => new float[options.HiddenLayerCount * count])];
        float[] drawn = new float[names.Length * count];
        for (int layer = 0; layer < options.HiddenLayerCount; layer++)
        {
            noise.FillMask(drawn, options.ActorDropout);
            for (int i = 0; i < names.Length; i++)
            {
                drawn.AsSpan(i * count, count).CopyTo(masks[i].AsSpan(layer * count));
            }
        }

        for (int i = 0; i < names.Length; i++)
        {
            told[names[i]] = masks[i];
        }
    }
}
