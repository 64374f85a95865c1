using System.Text.Json;

namespace HilRig.Scenarios.Tests.Fakes;

/// <summary>A shell script in the place of <c>hilrig</c>, and the folder it lives in.</summary>
internal sealed class FakeProgram : IDisposable
{
    private FakeProgram(string folder) => Folder = folder;

    public string Folder { get; }

    public string Path => System.IO.Path.Combine(Folder, "hilrig");

    /// <summary>Writes a script that does this.</summary>
    public static FakeProgram Of(string body)
    {
        var program = new FakeProgram(Directory.CreateTempSubdirectory("hilrig-fake-").FullName);
        File.WriteAllText(program.Path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                program.Path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return program;
    }

    /// <summary>
    /// Writes a script that prints the contract's object and ends with this code.
    /// </summary>
    public static FakeProgram Printing(string verdict, int exitCode, string? runJson = null)
    {
        FakeProgram program = Of($"cat \"$(dirname \"$0\")/out.json\"; exit {exitCode}");
        program.Write("out.json", program.Contract(verdict, exitCode));
        program.Write("report.html", "<html></html>");
        if (runJson is not null)
        {
            program.Write("run.json", runJson);
        }

        return program;
    }

    public void Write(string name, string text) =>
        File.WriteAllText(System.IO.Path.Combine(Folder, name), text);

    /// <summary>The contract's object, with the report in this folder.</summary>
    public string Contract(string verdict, int exitCode) => $$"""
        {
          "verdict": "{{verdict}}", "exitCode": {{exitCode}},
          "runs": [{
            "scenario": "a.yaml", "verdict": "{{verdict}}", "reason": "because of the elbow",
            "latency": { "endToEnd": { "count": 500, "p50_us": 812.5, "p999_us": null } },
            "divergence": { "joint/elbow_flex/position": { "unit": "rad", "rmse": 0.0125 } },
            "missedTicks": 3, "recording": null,
            "report": {{JsonSerializer.Serialize(System.IO.Path.Combine(Folder, "report.html"))}}
          }]
        }
        """;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
