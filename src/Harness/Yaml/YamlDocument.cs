using System.Security.Cryptography;
using System.Text;
using HilRig.Core.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HilRig.Harness.Yaml;

/// <summary>
/// A YAML file read strictly: every key must be asked for, every value has one type, every fault
/// says file, line and column. Read with <see cref="Root"/>, then call <see cref="Finish"/>.
/// </summary>
public sealed class YamlDocument
{
    private YamlDocument(string path, string displayPath, byte[] bytes, YamlMappingNode root)
    {
        Path = path;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Text = Encoding.UTF8.GetString(bytes);
        Faults = new YamlFaults();
        DisplayPath = displayPath;
        Root = new YamlMap(this, root, "");
    }

    /// <summary>The file's absolute path.</summary>
    public string Path { get; }

    /// <summary>The path as it was asked for; faults show it.</summary>
    public string DisplayPath { get; }

    /// <summary>The file's text.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the file's bytes, lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>The top-level map.</summary>
    public YamlMap Root { get; }

    /// <summary>Faults found so far; readers add their own.</summary>
    public YamlFaults Faults { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="ScenarioException">
    /// Absent, unreadable, not YAML, or no map at the top.
    /// </exception>
    public static YamlDocument Load(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException(
                cause is FileNotFoundException or DirectoryNotFoundException
                    ? "The file does not exist"
                    : "The file cannot be read",
                path,
                found: cause is FileNotFoundException or DirectoryNotFoundException
                    ? null
                    : cause.Message.TrimEnd('.'),
                remedy: "check the path; it is taken from the current directory",
                inner: cause);
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">YAML text.</param>
    /// <param name="path">Path that faults show.</param>
    /// <exception cref="ScenarioException">Not YAML, or no map at the top.</exception>
    public static YamlDocument Parse(string text, string path) =>
        Parse(Encoding.UTF8.GetBytes(text), path);

    /// <summary>A path in this file, taken from the file's own folder.</summary>
    /// <param name="relative">Path as written in the file.</param>
    public string Resolve(string relative) => System.IO.Path.GetFullPath(
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, relative));

    /// <summary>Ends the reading: reports unknown keys and throws when anything is wrong.</summary>
    /// <exception cref="ScenarioException">At least one fault.</exception>
    public void Finish()
    {
        Root.ReportUnknownKeys();
        Faults.ThrowIfAny(DisplayPath);
    }

    /// <summary>"file:line:column" of a node.</summary>
    internal string Place(YamlNode node) => $"{DisplayPath}:{node.Start.Line}:{node.Start.Column}";

    private static YamlDocument Parse(byte[] bytes, string path)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
            stream.Load(reader);
        }
        catch (YamlException cause)
        {
            throw new ScenarioException(
                "The file is not valid YAML",
                $"{path}:{cause.Start.Line}:{cause.Start.Column}",
                found: cause.Message.TrimEnd('.'),
                inner: cause);
        }

        if (stream.Documents.Count != 1
            || stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            throw new ScenarioException(
                "The file has the wrong shape",
                path,
                expected: "one document with keys at the top",
                found: stream.Documents.Count == 0 ? "nothing" : "something else");
        }

        return new YamlDocument(System.IO.Path.GetFullPath(path), path, bytes, root);
    }
}
