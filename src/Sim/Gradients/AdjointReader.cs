using System.Runtime.InteropServices;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>Hands out the adjoints of a graph's inputs, group by group.</summary>
internal ref struct AdjointReader(ReadOnlySpan<F64> adjoints)
{
    private ReadOnlySpan<double> _rest = MemoryMarshal.Cast<F64, double>(adjoints);

    /// <summary>Fills a group with the next adjoints.</summary>
    public void Take(Span<double> group)
    {
        _rest[..group.Length].CopyTo(group);
        _rest = _rest[group.Length..];
    }
}
