using System.ComponentModel;
using System.Diagnostics;

namespace HilRig.Sim.Tests.Support;

/// <summary>Runs Fixtures/generate.mjs, where Node and its one package can be had.</summary>
internal static class FixtureScript
{
    private static readonly Lock Gate = new();
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>
    /// Whether Node and the package are here or are demanded by HILRIG_REQUIRE.
    /// </summary>
    public static bool CanRun
    {
        get
        {
            string required = Environment.GetEnvironmentVariable("HILRIG_REQUIRE") ?? "";
            return required.Split(',').Contains("node") || Directory.Exists(Package);
        }
    }

    private static string Package =>
        Path.Combine(TestFiles.Fixtures, "node_modules", "@mujoco", "mujoco");

    /// <summary>Runs the script; skips or fails the test when it cannot run.</summary>
    /// <param name="outFolder">Where the small own fixtures go, or null.</param>
    /// <param name="arguments">As generate.mjs says; nothing for all own models, small.</param>
    public static void Run(string? outFolder, params string[] arguments)
    {
        Install();
        (int code, string text) = Start("node", outFolder, ["generate.mjs", .. arguments]);
        Assert.That(code, Is.Zero, text);
    }

    /// <summary>Runs another script of the folder; skips or fails where it cannot.</summary>
    /// <param name="script">File in Fixtures.</param>
    /// <param name="arguments">Its arguments.</param>
    public static void RunScript(string script, params string[] arguments)
    {
        Install();
        (int code, string text) = Start("node", null, [script, .. arguments]);
        Assert.That(code, Is.Zero, text);
    }

    private static void Install()
    {
        lock (Gate)
        {
            if (Directory.Exists(Package))
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
