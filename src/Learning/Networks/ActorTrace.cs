using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>What a run of an actor keeps for its gradient: one number of rows.</summary>
internal sealed class ActorTrace : IDisposable
{
    /// <summary>Allocates.</summary>
    /// <param name="shape">The actor.</param>
    /// <param name="rows">Rows of a run.</param>
    public ActorTrace(NetworkShape shape, int rows)
    {
        RowCount = rows;
        Outputs =
        [
            .. Enumerable.Range(0, shape.HiddenLayerCount)
                .Select(_ => Make(rows, shape.HiddenCount)),
        ];
        Transposed = [.. Outputs.Select(output => output.t().DetachFromDisposeScope())];
        Actions = Make(rows, shape.OutputCount);
        ActionSlopes = Make(rows, shape.OutputCount);
        Slopes = [Make(rows, shape.HiddenCount), Make(rows, shape.HiddenCount)];
    }

    /// <summary>Rows of a run.</summary>
    public int RowCount { get; }

    /// <summary>Outputs of each hidden layer. Shape [row, unit].</summary>
    public Tensor[] Outputs { get; }

    /// <summary>The same, seen the other way. Shape [unit, row].</summary>
    public Tensor[] Transposed { get; }

    /// <summary>Actions. Shape [row, action].</summary>
    public Tensor Actions { get; }

    /// <summary>Slopes of what goes into the tanh. Shape [row, action].</summary>
    public Tensor ActionSlopes { get; }

    /// <summary>Slopes of hidden layers, in turn. Each of shape [row, unit].</summary>
    public Tensor[] Slopes { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in Outputs.Concat(Transposed).Concat(Slopes))
        {
            tensor.Dispose();
        }

        Actions.Dispose();
        ActionSlopes.Dispose();
    }

    private static Tensor Make(int rows, int columns) =>
        zeros(rows, columns).DetachFromDisposeScope();
}
