using System.CommandLine;
using HilRig.Cli.Errors;
using HilRig.Recording.Mcap;

namespace HilRig.Cli.Recordings;

/// <summary>`hilrig recover FILE`: makes a whole recording of one that was cut off.</summary>
internal static class RecoverCommand
{
    private const string PartialExtension = ".partial";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The damaged recording, such as recording.mcap.partial; it is only read.",
        };
        var target = new Option<string?>("--out")
        {
            Description = "The recording to make. Default: FILE's name with .recovered.mcap.",
        };
        var command = new Command(
            "recover", "Keep everything of a cut-off recording whose checksums hold.")
        {
            file,
            target,
        };
        command.SetAction(parsed =>
            Run(parsed.GetRequiredValue(file), parsed.GetValue(target), Console.Out));
        return command;
    }

    /// <summary>Runs the command.</summary>
    public static int Run(string path, string? target, TextWriter output)
    {
        target ??= DefaultTarget(path);
        McapRecoveryReport report = McapRecovery.Recover(path, target);
        output.WriteLine(
            $"{target}: {report.MessageCount} messages in {report.ChunkCount} chunks, "
            + $"{report.VerifiedBytes} of {report.TotalBytes} bytes verified");
        output.WriteLine(report.Damage is null
            ? "the file was whole"
            : $"the rest is lost: {report.Damage}");
        return ExitCode.Success;
    }

    private static string DefaultTarget(string path)
    {
        string name = path.EndsWith(PartialExtension, StringComparison.Ordinal)
            ? path[..^PartialExtension.Length]
            : path;
        return Path.ChangeExtension(name, ".recovered.mcap");
    }
}
