using System.Security.Cryptography;
using System.Text.Json;
using HilRig.Core.Errors;

namespace HilRig.Tasks.Policies;

/// <summary>A task's policy: the graph's bytes and the manifest that says what they mean.</summary>
public sealed class TaskPolicyFile
{
    /// <summary>Name of the graph within a policy's folder.</summary>
    public const string GraphName = "policy.onnx";

    /// <summary>Name of the manifest within a policy's folder.</summary>
    public const string ManifestName = "policy.json";

    private TaskPolicyFile(TaskPolicyManifest manifest, ReadOnlyMemory<byte> graph, string where)
    {
        Manifest = manifest;
        Graph = graph;
        Where = where;
    }

    /// <summary>What the numbers mean.</summary>
    public TaskPolicyManifest Manifest { get; }

    /// <summary>The ONNX file.</summary>
    public ReadOnlyMemory<byte> Graph { get; }

    /// <summary>Where it came from, for messages.</summary>
    public string Where { get; }

    /// <summary>SHA-256 of a graph as manifests write it.</summary>
    /// <param name="graph">The ONNX file.</param>
    public static string Sha256Of(ReadOnlySpan<byte> graph) =>
        Convert.ToHexStringLower(SHA256.HashData(graph));

    /// <summary>Puts together what came by another way than a folder.</summary>
    /// <param name="manifest">Bytes of the manifest.</param>
    /// <param name="graph">Bytes of the graph.</param>
    /// <param name="where">Where they came from.</param>
    /// <exception cref="ScenarioException">They are damaged or do not belong together.</exception>
    public static TaskPolicyFile Decode(
        ReadOnlyMemory<byte> manifest, ReadOnlyMemory<byte> graph, string where)
    {
        PolicySchema.Require(manifest, TaskPolicyManifest.CurrentSchema, where);
        TaskPolicyManifest read;
        try
        {
            read = JsonSerializer.Deserialize(
                manifest.Span, TaskPolicyJsonContext.Default.TaskPolicyManifest)!;
        }
        catch (JsonException cause)
        {
            throw new ScenarioException(
                "The policy manifest is not valid",
                where,
                "the fields of docs/policies.md",
                cause.Message.TrimEnd('.'),
                inner: cause);
        }

        ManifestRules.Require(read, where);
        string found = Sha256Of(graph.Span);
        if (found != read.Sha256)
        {
            throw new ScenarioException(
                "The policy's graph is not the one that its manifest describes",
                where,
                "SHA-256 " + read.Sha256,
                FormattableString.Invariant($"{found} of {graph.Length} bytes"),
                "another copy: it is truncated, or of another policy");
        }

        return new TaskPolicyFile(read, graph, where);
    }

    /// <summary>Reads a policy.</summary>
    /// <param name="path">Its folder, or its manifest.</param>
    /// <exception cref="ScenarioException">It is absent, damaged or of another kind.</exception>
    public static TaskPolicyFile Load(string path)
    {
        string manifest = Directory.Exists(path) ? Path.Combine(path, ManifestName) : path;
        string graph = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(manifest))!, GraphName);
        byte[] text = ReadAll(manifest, "The policy manifest cannot be read");
        PolicySchema.Require(text, TaskPolicyManifest.CurrentSchema, manifest);
        return Decode(text, ReadAll(graph, "The policy's graph cannot be read"), manifest);
    }

    /// <summary>The manifest's bytes, as its file holds them.</summary>
    public byte[] EncodeManifest() => Encode(Manifest);

    /// <summary>A manifest's bytes, as its file holds them.</summary>
    /// <param name="manifest">The manifest.</param>
    public static byte[] Encode(TaskPolicyManifest manifest) =>
    [
        .. JsonSerializer.SerializeToUtf8Bytes(
            manifest, TaskPolicyJsonContext.Default.TaskPolicyManifest),
        (byte)'\n',
    ];

    private static byte[] ReadAll(string path, string what)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException(
                what,
                path,
                "a folder of policy.onnx and policy.json",
                cause.Message.TrimEnd('.'),
                "hilrig learn export RUN",
                cause);
        }
    }
}
