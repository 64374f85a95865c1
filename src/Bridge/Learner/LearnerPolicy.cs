using System.Security.Cryptography;

namespace HilRig.Bridge.Learner;

/// <summary>A policy on its way to the rig.</summary>
/// <param name="Sequence">Counts the learner's policies, from 1; survives its restarts.</param>
/// <param name="Label">What kind it is, such as "imitation".</param>
/// <param name="UpdateCount">Updates of the critics that made it.</param>
/// <param name="Onnx">The graph.</param>
/// <param name="Manifest">What it needs and means, JSON.</param>
public sealed record LearnerPolicy(
    long Sequence,
    string Label,
    long UpdateCount,
    ReadOnlyMemory<byte> Onnx,
    ReadOnlyMemory<byte> Manifest)
{
    /// <summary>SHA-256 of the graph, lower-case hex.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Onnx.Span));
}
