using System.Runtime.InteropServices;
using HilRig.Learning.Networks;

namespace HilRig.Learning.Agents;

/// <summary>One piece of an agent's state, to be stored and put back byte for byte.</summary>
internal abstract class AgentPart(string name)
{
    /// <summary>What it is, such as "critic.target" or "actor.adam.first".</summary>
    public string Name => name;

    /// <summary>Its bytes, which may be written.</summary>
    public abstract Span<byte> Bytes { get; }

    /// <summary>A piece in an array.</summary>
    public static AgentPart Of<T>(string name, Memory<T> memory)
        where T : unmanaged => new ArrayPart<T>(name, memory);

    /// <summary>The weights of a network.</summary>
    public static AgentPart Of(string name, FlatParameters weights) => new Weights(name, weights);

    private sealed class ArrayPart<T>(string name, Memory<T> memory) : AgentPart(name)
        where T : unmanaged
    {
        public override Span<byte> Bytes => MemoryMarshal.AsBytes(memory.Span);
    }

    private sealed class Weights(string name, FlatParameters weights) : AgentPart(name)
    {
        public override Span<byte> Bytes => MemoryMarshal.AsBytes(weights.Values);
    }
}
