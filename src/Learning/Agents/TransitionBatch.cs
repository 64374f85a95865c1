using System.Runtime.InteropServices;
using HilRig.Learning.Networks;
using static TorchSharp.torch;

namespace HilRig.Learning.Agents;

/// <summary>
/// Rows of replay that an update takes. Allocated once, filled by the caller through its spans,
/// which view the tensors' memory. Observations are normalised and their history stacked, newest
/// first.
/// </summary>
internal sealed class TransitionBatch : IDisposable
{
    /// <summary>Makes a batch, all zero.</summary>
    /// <param name="rows">Transitions in it.</param>
    /// <param name="observationCount">Numbers of a stacked observation.</param>
    /// <param name="actionCount">Numbers of an action.</param>
    public TransitionBatch(int rows, int observationCount, int actionCount)
    {
        TorchThreads.Require();
        RowCount = rows;
        ObservationTensor = zeros(rows, observationCount).DetachFromDisposeScope();
        ActionTensor = zeros(rows, actionCount).DetachFromDisposeScope();
        ReturnTensor = zeros(rows).DetachFromDisposeScope();
        DiscountTensor = zeros(rows).DetachFromDisposeScope();
        NextObservationTensor = zeros(rows, observationCount).DetachFromDisposeScope();
    }

    /// <summary>Transitions in it.</summary>
    public int RowCount { get; }

    /// <summary>Observations s. Shape [row, observation].</summary>
    public Span<float> Observations => View(ObservationTensor);

    /// <summary>Executed actions a, in [−1, 1]. Shape [row, action].</summary>
    public Span<float> Actions => View(ActionTensor);

    /// <summary>Discounted sum of the next n rewards. Shape [row].</summary>
    public Span<float> Returns => View(ReturnTensor);

    /// <summary>
    /// Factor of the value of the next observation: γⁿ, of fewer steps where the episode was cut
    /// off, 0 where it ended. Shape [row].
    /// </summary>
    public Span<float> Discounts => View(DiscountTensor);

    /// <summary>Observations after n steps, or where the episode broke off.
    /// Shape [row, observation].</summary>
    public Span<float> NextObservations => View(NextObservationTensor);

    internal Tensor ObservationTensor { get; }

    internal Tensor ActionTensor { get; }

    internal Tensor ReturnTensor { get; }

    internal Tensor DiscountTensor { get; }

    internal Tensor NextObservationTensor { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        ObservationTensor.Dispose();
        ActionTensor.Dispose();
        ReturnTensor.Dispose();
        DiscountTensor.Dispose();
        NextObservationTensor.Dispose();
    }

    private static Span<float> View(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
