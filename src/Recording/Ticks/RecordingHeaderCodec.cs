using System.Globalization;
using System.Reflection;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Recording.Mcap;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Ticks;

/// <summary>
/// Keeps a header as one metadata record and two attachments, readable by any MCAP tool.
/// </summary>
internal static class RecordingHeaderCodec
{
    public const string MetadataName = "hilrig.run";
    private const string ScenarioAttachment = "scenario.yaml";
    private const string RigAttachment = "rig.yaml";
    private const string Prefix = "hilrig.";
    private const string SchemaVersion = "1";

    public static void Write(McapWriter writer, RecordingHeader header, ulong logTime)
    {
        var entries = new Dictionary<string, string>
        {
            ["hilrig.recording_version"] = SchemaVersion,
            ["hilrig.version"] = VersionText(),
            ["hilrig.run_id"] = header.RunId,
            ["hilrig.scenario_name"] = header.ScenarioName,
            ["hilrig.rig_name"] = header.RigName,
            ["hilrig.rig_hash"] = header.RigHash,
            ["hilrig.seed"] = Text(header.Seed),
            ["hilrig.unix_minus_monotonic_nanoseconds"] = Text(header.WallClock.OffsetNanoseconds),
            ["hilrig.unix_uncertainty_nanoseconds"] = Text(header.WallClock.UncertaintyNanoseconds),
            ["hilrig.joint_count"] = Text(header.Joints.Count),
        };
        for (int i = 0; i < header.Joints.Count; i++)
        {
            entries[$"hilrig.joint.{i}.name"] = header.Joints[i].Name;
            entries[$"hilrig.joint.{i}.kind"] = header.Joints[i].Kind.ToString();
        }

        foreach ((string key, string value) in header.Facts)
        {
            if (key.StartsWith(Prefix, StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"Fact \"{key}\" uses the reserved prefix \"{Prefix}\".");
            }

            entries[key] = value;
        }

        writer.AddMetadata(new McapMetadata(MetadataName, entries));
        AddText(writer, ScenarioAttachment, header.ScenarioText, logTime);
        AddText(writer, RigAttachment, header.RigText, logTime);
    }

    public static RecordingHeader Read(McapReader reader)
    {
        IReadOnlyDictionary<string, string> entries = FindMetadata(reader).Entries;
        string version = Require(reader, entries, "hilrig.recording_version");
        if (version != SchemaVersion)
        {
            throw new RecordingException(
                "the recording has another version",
                reader.Path,
                SchemaVersion,
                version,
                "read it with the HilRig that wrote it");
        }

        var joints = new List<RecordedJoint>();
        long jointCount = Number(reader, entries, "hilrig.joint_count");
        for (int i = 0; i < jointCount; i++)
        {
            string kind = Require(reader, entries, $"hilrig.joint.{i}.kind");
            joints.Add(new RecordedJoint(
                Require(reader, entries, $"hilrig.joint.{i}.name"),
                kind == nameof(JointKind.Prismatic) ? JointKind.Prismatic : JointKind.Revolute));
        }

        return new RecordingHeader
        {
            RunId = Require(reader, entries, "hilrig.run_id"),
            ScenarioName = Require(reader, entries, "hilrig.scenario_name"),
            ScenarioText = ReadText(reader, ScenarioAttachment),
            RigName = Require(reader, entries, "hilrig.rig_name"),
            RigText = ReadText(reader, RigAttachment),
            RigHash = Require(reader, entries, "hilrig.rig_hash"),
            Joints = joints,
            Seed = Number(reader, entries, "hilrig.seed"),
            Facts = FactsOf(entries),
            WallClock = new WallClockOffset(
                Number(reader, entries, "hilrig.unix_minus_monotonic_nanoseconds"),
                Number(reader, entries, "hilrig.unix_uncertainty_nanoseconds")),
        };
    }

    private static string VersionText() =>
        typeof(RecordingHeaderCodec).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    private static Dictionary<string, string> FactsOf(IReadOnlyDictionary<string, string> entries)
    {
        var facts = new Dictionary<string, string>();
        foreach ((string key, string value) in entries)
        {
            if (!key.StartsWith(Prefix, StringComparison.Ordinal))
            {
                facts[key] = value;
            }
        }

        return facts;
    }

    private static McapMetadata FindMetadata(McapReader reader)
    {
        foreach (McapMetadataIndex index in reader.Metadata)
        {
            if (index.Name == MetadataName)
            {
                return reader.ReadMetadata(index);
            }
        }

        throw new RecordingException(
            "this is not a HilRig recording", reader.Path, $"metadata \"{MetadataName}\"", "none");
    }

    private static string Require(
        McapReader reader, IReadOnlyDictionary<string, string> entries, string key) =>
        entries.TryGetValue(key, out string? value) ? value : throw new RecordingException(
            "the recording's metadata is incomplete", reader.Path, $"key \"{key}\"", "none");

    private static long Number(
        McapReader reader, IReadOnlyDictionary<string, string> entries, string key)
    {
        string text = Require(reader, entries, key);
        return long.TryParse(
            text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new RecordingException(
                "the recording's metadata is malformed",
                reader.Path,
                $"a number in \"{key}\"",
                text);
    }

    private static string ReadText(McapReader reader, string name)
    {
        foreach (McapAttachmentIndex index in reader.Attachments)
        {
            if (index.Name == name)
            {
                return System.Text.Encoding.UTF8.GetString(
                    reader.ReadAttachment(index).Content.Span);
            }
        }

        throw new RecordingException(
            "the recording is incomplete", reader.Path, $"attachment \"{name}\"", "none");
    }

    private static void AddText(McapWriter writer, string name, string text, ulong logTime) =>
        writer.AddAttachment(new McapAttachment(
            name, "text/yaml", logTime, 0, System.Text.Encoding.UTF8.GetBytes(text)));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
