using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using HilRig.Sim.Tests.Parity;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Oracle;

/// <summary>Runs states.c against the libmujoco that is installed (Debian: 2.2.2).</summary>
internal static class OlderMujoco
{
    private static readonly Lazy<string> Program = new(Build);

    /// <summary>What it makes of states; null where it does not take the model.</summary>
    /// <param name="folder">Folder for files.</param>
    /// <param name="model">Path of a model it can read.</param>
    /// <param name="fixture">Sizes and states.</param>
    public static List<ParityState> Evaluate(string folder, string model, ParityFixture fixture)
    {
        string input = Path.Combine(folder, "states.bin");
        string output = Path.Combine(folder, "results.bin");
        double[] states =
        [
            fixture.States.Count,
            .. fixture.States.SelectMany(state => (double[])
            [
                .. state.Start.Position, .. state.Start.Velocity, .. state.Start.Activation,
                .. state.Start.Control,
            ]),
        ];
        File.WriteAllBytes(input, MemoryMarshal.AsBytes<double>(states));
        (int code, string text) = Start(Program.Value, [model, input, output]);
        Assert.That(code, Is.Zero, text);
        double[] results =
            MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(output)).ToArray();
        var stream = new FixtureStream(results);
        var read = new List<ParityState>();
        foreach (ParityState state in fixture.States)
        {
            read.Add(ParityState.Read(stream, fixture, state.Start, withSensors: false));
        }

        Assert.That(stream.AtEnd, "numbers are left over");
        return read;
    }

    private static string Build()
    {
        string source = Path.Combine(TestFiles.Root, "tests", "Sim.Tests", "Oracle", "states.c");
        string program =
            Path.Combine(Directory.CreateTempSubdirectory("hilrig-oracle-").FullName, "states");
        AppDomain.CurrentDomain.ProcessExit +=
            (_, _) => Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        (int code, string text) = Start(
            "cc", ["-O1", "-Wall", "-Wextra", "-Werror", "-o", program, source, "-lmujoco"]);
        if (code != 0)
        {
            Requirement.Unmet("mujoco", "libmujoco-dev is not installed: " + text);
        }

        return program;
    }

    private static (int Code, string Text) Start(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using Process process = Process.Start(info)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{program} did not end within a minute");
            }

            return (process.ExitCode, output.Result + errors.Result);
        }
        catch (Win32Exception)
        {
            Requirement.Unmet("mujoco", $"{program} is not installed");
            throw;
        }
    }
}
