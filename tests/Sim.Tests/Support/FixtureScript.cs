using System.ComponentModel;
using System.Diagnostics;

namespace HilRig.Sim.Tests.Support;

/// <summary>Runs Fixtures/generate.mjs, where Node and its one package can be had.</summary>
internal static class FixtureScript
{
    private static readonly Lock Gate = new();
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs the script; skips or fails the test when it cannot run.</summary>
    /// <param name="outFolder">Where the own fixtures go, or null.</param>
    /// <param name="arguments">Model and target, or nothing for all own models.</param>
    public static void Run(string? outFolder, params string[] arguments)
    {
        Install();
        (int code, string text) = Start("node", outFolder, ["generate.mjs", .. arguments]);
        Assert.That(code, Is.Zero, text);
    }

    private static void Install()
    {
        lock (Gate)
        {
            string package = Path.Combine(TestFiles.Fixtures, "node_modules", "@mujoco", "mujoco");
            if (Directory.Exists(package))
            {
                return;
            }

            (int code, string text) = Start("npm", null, ["ci", "--no-audit", "--no-fund"]);
            if (code != 0)
            {
                Requirement.Unmet("node", "npm ci does not work here: " + text);
            }
        }
    }

    private static (int Code, string Text) Start(
        string program, string? outFolder, string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = TestFiles.Fixtures,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        if (outFolder is not null)
        {
            info.Environment["HILRIG_FIXTURE_OUT"] = outFolder;
        }

        try
        {
            using Process process = Process.Start(info)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{program} did not end within {Patience}");
            }

            return (process.ExitCode, output.Result + errors.Result);
        }
        catch (Win32Exception)
        {
            Requirement.Unmet("node", $"{program} is not installed");
            throw;
        }
    }
}
