using System.Diagnostics;
using System.Text.RegularExpressions;

namespace HilRig.Sim.Tests.Dynamics.Inlining;

/// <summary>What the JIT of another process made of the kernels of a step.</summary>
internal sealed partial class JitListing
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly List<ListedCall> _calls = [];
    private readonly HashSet<string> _methods = [];

    private JitListing(string scalar, IEnumerable<string> lines)
    {
        Scalar = scalar;
        string caller = "";
        string method = "";
        bool isOurs = false;
        foreach (string line in lines)
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                caller = heading.Groups["class"].Value;
                method = heading.Groups["method"].Value;
                isOurs = OfScalar(caller);
                if (isOurs)
                {
                    _methods.Add($"{ListedCall.Shorten(caller)}.{method}");
                }
            }
            else if (isOurs && Call().Match(line) is { Success: true } call)
            {
                _calls.Add(new(caller, method, call.Groups["target"].Value));
            }
        }
    }

    /// <summary>The number that was stepped with.</summary>
    public string Scalar { get; }

    /// <summary>Calls in machine code of that number.</summary>
    public IReadOnlyList<ListedCall> Calls => _calls;

    /// <summary>Methods in it, as class.method.</summary>
    public IReadOnlySet<string> Methods => _methods;

    /// <summary>Steps models in a process that compiles each method once, optimized.</summary>
    /// <param name="backend">Back end.</param>
    /// <param name="models">Model files.</param>
    /// <param name="trackedLocals">The JIT's limit of locals, hexadecimal, or null.</param>
    public static JitListing Take(string backend, string[] models, string? trackedLocals = null)
    {
        string folder = Directory.CreateTempSubdirectory("hilrig-jit-").FullName;
        try
        {
            string file = Path.Combine(folder, "listing.txt");
            var start = new ProcessStartInfo(
                "dotnet", ["exec", typeof(StepProgram).Assembly.Location, backend, .. models])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            start.Environment["DOTNET_TieredCompilation"] = "0";
            start.Environment["DOTNET_JitStdOutFile"] = file;
            start.Environment["DOTNET_JitDisasm"] =
                ListedCall.Kernels + "*:* HilRig.Sim.Scalars.*:* Plan*";
            if (trackedLocals is not null)
            {
                start.Environment["DOTNET_JitMaxLocalsToTrack"] = trackedLocals;
            }

            string said = Run(start);
            string scalar = said.Split('\n', 2)[0].Split(' ')[^1].Trim();
            return new(scalar == "double" ? "F64" : scalar, File.ReadLines(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"the process that steps did not end within {Patience}");
        }

        Assert.That(process.ExitCode, Is.Zero, output.Result + errors.Result);
        return output.Result;
    }

    // Kernels of the number, its own functions, and pieces of plans.
    private bool OfScalar(string caller) =>
        caller == "(dynamicClass)"
        || caller.Contains($"[HilRig.Sim.Scalars.{Scalar}", StringComparison.Ordinal)
        || caller.EndsWith($".{Scalar}", StringComparison.Ordinal);

    [GeneratedRegex(@"^; Assembly listing for method (?<class>.+?):(?<method>[\w<>.]+)[(\[]")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s+(call|tail\.jmp)\s+(?<target>\S.*)$")]
    private static partial Regex Call();
}
