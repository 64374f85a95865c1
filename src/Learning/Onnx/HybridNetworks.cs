using HilRig.Tasks.Policies;

namespace HilRig.Learning.Onnx;

/// <summary>The networks of a policy as plain numbers, as the exporter takes them.</summary>
internal sealed record HybridNetworks
{
    /// <summary>Subtracted from the raw value of a channel. Shape [observation].</summary>
    public required float[] Offsets { get; init; }

    /// <summary>Multiplies the difference. Shape [observation].</summary>
    public required float[] InverseScales { get; init; }

    /// <summary>Observations stacked, newest first.</summary>
    public required int History { get; init; }

    /// <summary>
    /// Layers of the actor, rectified between, tanh at the end; null for imitation alone.
    /// </summary>
    public required IReadOnlyList<DenseLayer>? Actor { get; init; }

    /// <summary>Layers of the imitation policy, likewise; null for an actor alone.</summary>
    public required IReadOnlyList<DenseLayer>? Imitation { get; init; }

    /// <summary>
    /// Layers of each critic, rectified between, of state then action; none for imitation alone.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<DenseLayer>> Critics { get; init; }

    /// <summary>By how much the actor's value must exceed the imitation's.</summary>
    public required float SelectionMargin { get; init; }

    /// <summary>Which of them there are.</summary>
    public PolicyProposals Proposals => (Actor, Imitation) switch
    {
        (not null, not null) => PolicyProposals.ActorAndImitation,
        (not null, null) => PolicyProposals.ActorOnly,
        (null, not null) => PolicyProposals.ImitationOnly,
        _ => throw new InvalidOperationException("a policy without networks"),
    };

    /// <summary>Numbers of the input.</summary>
    public int InputCount => Offsets.Length * History;

    /// <summary>Numbers of an action.</summary>
    public int ActionCount => (Actor ?? Imitation)![^1].OutputCount;

    /// <summary>Checks that all layers fit each other.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public void Require()
    {
        Require("actor", Actor, InputCount, ActionCount);
        Require("imitation", Imitation, InputCount, ActionCount);
        foreach (IReadOnlyList<DenseLayer> critic in Critics)
        {
            Require("critic", critic, InputCount + ActionCount, 1);
        }

        if (InverseScales.Length != Offsets.Length
            || Critics.Count > 0 != (Proposals != PolicyProposals.ImitationOnly))
        {
            throw new ArgumentException($"{Proposals} with {Critics.Count} critics");
        }
    }

    private static void Require(
        string name, IReadOnlyList<DenseLayer>? layers, int inputCount, int outputCount)
    {
        int width = inputCount;
        foreach (DenseLayer layer in layers ?? [])
        {
            if (layer.InputCount != width
                || layer.Weight.Length != layer.InputCount * layer.OutputCount
                || layer.Bias.Length != layer.OutputCount
                || layer.Gain?.Length != layer.Shift?.Length
                || (layer.Gain?.Length ?? layer.OutputCount) != layer.OutputCount)
            {
                throw new ArgumentException(
                    $"a layer of the {name} takes {layer.InputCount} where {width} come");
            }

            width = layer.OutputCount;
        }

        if (layers is not null && width != outputCount)
        {
            throw new ArgumentException($"the {name} gives {width}, not {outputCount}");
        }
    }
}
