using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>What a run of separate critics keeps for its gradient: one number of rows.</summary>
internal sealed class CriticTrace : IDisposable
{
    private readonly int _layerCount;

    /// <summary>Allocates.</summary>
    /// <param name="shape">The critics.</param>
    /// <param name="rows">Rows of a run.</param>
    public CriticTrace(NetworkShape shape, int rows)
    {
        RowCount = rows;
        _layerCount = shape.HiddenLayerCount;
        int count = shape.MemberCount * _layerCount;
        Units = [.. Enumerable.Range(0, count).Select(_ => Make(rows, shape.HiddenCount))];
        Outputs = [.. Enumerable.Range(0, count).Select(_ => Make(rows, shape.HiddenCount))];
        Transposed = [.. Outputs.Select(output => output.t().DetachFromDisposeScope())];
        Scales = [.. Enumerable.Range(0, count).Select(_ => new float[rows])];
        Values = Make(shape.MemberCount, rows);
        Slopes = Make(rows, shape.HiddenCount);
        SlopesBefore = Make(rows, shape.HiddenCount);
        InputSlopes = Make(rows, shape.InputCount);
        AllRows = [.. Enumerable.Range(0, rows)];
    }

    /// <summary>Rows of a run.</summary>
    public int RowCount { get; }

    /// <summary>Normalised units of each member and layer. Shape [row, unit].</summary>
    public Tensor[] Units { get; }

    /// <summary>Outputs of each member and layer. Shape [row, unit].</summary>
    public Tensor[] Outputs { get; }

    /// <summary>The same, seen the other way. Shape [unit, row].</summary>
    public Tensor[] Transposed { get; }

    /// <summary>1/√(var + ε) of each member and layer. Shape [row].</summary>
    public float[][] Scales { get; }

    /// <summary>Values. Shape [member, row].</summary>
    public Tensor Values { get; }

    /// <summary>Slopes of a layer's output, then of its product. Shape [row, unit].</summary>
    public Tensor Slopes { get; }

    /// <summary>Slopes of the layer before. Shape [row, unit].</summary>
    public Tensor SlopesBefore { get; }

    /// <summary>Slopes of the input. Shape [row, input].</summary>
    public Tensor InputSlopes { get; }

    /// <summary>0, 1, 2, … Shape [row].</summary>
    public int[] AllRows { get; }

    /// <summary>Index of a member's layer in the arrays.</summary>
    public int IndexOf(int member, int layer) => (member * _layerCount) + layer;

    /// <inheritdoc/>
    public void Dispose()
    {
        Tensor[] single = [Values, Slopes, SlopesBefore, InputSlopes];
        foreach (Tensor tensor in Units.Concat(Outputs).Concat(Transposed).Concat(single))
        {
            tensor.Dispose();
        }
    }

    private static Tensor Make(int rows, int columns) =>
        zeros(rows, columns).DetachFromDisposeScope();
}
