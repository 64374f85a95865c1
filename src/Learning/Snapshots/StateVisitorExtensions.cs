using System.Runtime.InteropServices;

namespace HilRig.Learning.Snapshots;

/// <summary>State of one number.</summary>
internal static class StateVisitorExtensions
{
    /// <summary>One number or plain struct of state.</summary>
    /// <param name="visitor">Who saves or restores.</param>
    /// <param name="name">Its name, unique in the snapshot.</param>
    /// <param name="value">Where it is kept.</param>
    public static void Visit<T>(this IStateVisitor visitor, string name, ref T value)
        where T : unmanaged =>
        visitor.Visit(name, MemoryMarshal.AsBytes(new Span<T>(ref value)));
}
