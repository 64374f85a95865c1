using System.Diagnostics;
using System.Text.Json;

namespace HilRig.Clients.Tests;

/// <summary>The C++ example, built from Debian's packages, on a virtual rig.</summary>
[Platform("Linux")]
[NonParallelizable]
public sealed class CppClientTests
{
    private const string Example = "clients/cpp";

    private string _build = "";
    private Process? _rig;
    private string _endpoint = "";

    [OneTimeSetUp]
    public void Build_it_and_start_a_rig()
    {
        PeerProgram.RequirePython();
        PeerProgram.RequireTool("cxx", "make");
        PeerProgram.RequireTool("cxx", "g++");
        _build = Directory.CreateTempSubdirectory("hilrig-cpp-").FullName;
        (int code, string output) = PeerProgram.Run(
            Repository.File(Example),
            "make", "-j2", "BUILD=" + _build, "CXXFLAGS=-O1 -Wall -Werror");
        Assert.That(code, Is.Zero, output);
        _rig = PeerProgram.Start(
            Repository.Root,
            PeerProgram.Python, "-m", "hilrig", "virtual", "rigs/so101-virtual.yaml");
        string? ready = _rig.StandardOutput.ReadLine();
        Assert.That(ready, Is.Not.Null, "the virtual rig did not start");
        _endpoint = JsonDocument.Parse(ready!).RootElement.GetProperty("endpoint").GetString()!;
    }

    [OneTimeTearDown]
    public void End_the_rig()
    {
        _rig?.StandardInput.Close();
        _rig?.WaitForExit();
        _rig?.Dispose();
        Directory.Delete(_build, recursive: true);
    }

    [Test]
    [CancelAfter(60_000)]
    public void It_moves_one_joint_and_leaves_the_rig_in_its_safe_posture()
    {
        (int wrong, string refusal) = Sine("elbow_flexx", "1");
        Assert.That(wrong, Is.EqualTo(1));
        Assert.That(refusal, Does.Contain("no joint \"elbow_flexx\""));

        (int code, string output) = Sine("shoulder_pan", "1.5");

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("HEALTH_STOPPED, STOP_REQUESTED, confirmed"));
        Assert.That(Furthest(output), Is.InRange(0.05, 0.15));

        // The end of a run that was asked for takes no re-arm.
        (int again, string second) = Sine("shoulder_pan", "1");
        Assert.That(again, Is.Zero, second);
    }

    [Test]
    public void An_endpoint_that_is_none_and_a_wrong_command_line_are_said()
    {
        string program = Path.Combine(_build, "sine");

        Assert.That(PeerProgram.Run(_build, program).ExitCode, Is.EqualTo(64));
        (int code, string output) = PeerProgram.Run(_build, program, "nowhere", "a", "1", "1");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("expected tcp://127.0.0.1:PORT"));
    }

    private (int ExitCode, string Output) Sine(string joint, string seconds) => PeerProgram.Run(
        _build, Path.Combine(_build, "sine"), _endpoint, joint, "0.1", seconds);

    private static double Furthest(string output)
    {
        const string label = "furthest from home: ";
        string rest = output[(output.IndexOf(label, StringComparison.Ordinal) + label.Length)..];
        return double.Parse(
            rest.Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
