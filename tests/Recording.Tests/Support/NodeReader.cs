using System.Diagnostics;
using System.Text.Json;

namespace HilRig.Recording.Tests.Support;

/// <summary>Runs Node/read.mjs, the reference implementation of MCAP, on a recording.</summary>
internal static class NodeReader
{
    public static async Task<JsonElement> ReadAsync(string recording, CancellationToken cancel)
    {
        string folder = FindFolder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Requirement.Unmet(
                "node",
                "node_modules is missing; run 'npm ci --ignore-scripts' in "
                    + "tests/Recording.Tests/Node");
        }

        using Process process = Start(folder, recording);
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancel);
        string errors = await process.StandardError.ReadToEndAsync(cancel);
        string text = await output;
        await process.WaitForExitAsync(cancel);
        Assert.That(process.ExitCode, Is.Zero, $"read.mjs failed: {errors}");
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static Process Start(string folder, string recording)
    {
        var start = new ProcessStartInfo("node", ["read.mjs", recording])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Requirement.Unmet("node", "there is no 'node' program on the path");
            throw;
        }
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HilRig.sln")))
        {
            folder = folder.Parent;
        }

        Assert.That(folder, Is.Not.Null, "the tests run outside the repository");
        return Path.Combine(folder!.FullName, "tests", "Recording.Tests", "Node");
    }
}
