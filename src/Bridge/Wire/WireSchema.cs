using System.Security.Cryptography;
using Google.Protobuf.Reflection;
using HilRig.Bridge.Protos;

namespace HilRig.Bridge.Wire;

/// <summary>What this build speaks.</summary>
internal static class WireSchema
{
    /// <summary>Changes when old and new peers cannot work together.</summary>
    public const uint Major = 2;

    /// <summary>Changes when something was added.</summary>
    public const uint Minor = 0;

    /// <summary>
    /// SHA-256 of the descriptors of every file of hilrig.v1, in this order. 32 bytes.
    /// </summary>
    public static byte[] Sha256 { get; } = Hash(
        SessionReflection.Descriptor, ControlReflection.Descriptor, CyclicReflection.Descriptor);

    /// <summary>Name and version of this build, such as "HilRig 0.1.0".</summary>
    public static string Software { get; } =
        "HilRig " + (typeof(WireSchema).Assembly.GetName().Version?.ToString(3) ?? "?");

    private static byte[] Hash(params FileDescriptor[] files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (FileDescriptor file in files)
        {
            hash.AppendData(file.SerializedData.Span);
        }

        return hash.GetHashAndReset();
    }
}
