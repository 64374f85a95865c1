using System.Text.Json;

namespace HilRig.Rig.Tests.Processes;

/// <summary>The processes of a virtual rig, each started by hand, as in two terminals.</summary>
internal sealed class HandStartedRig : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private readonly string _folder = Directory.CreateTempSubdirectory("hilrig-test-").FullName;
    private readonly HilrigRun _emulator;
    private readonly HilrigRun _agent;
    private readonly HilrigRun _guardian;

    public HandStartedRig()
    {
        RigPath = PatientRig();
        _emulator = HilrigRun.Start("emulate", RigPath);
        string port = EndpointOf(_emulator);
        string[] rest = [RigPath, "--port", "servo=" + port, "--state", _folder];
        _agent = HilrigRun.Start(["agent", .. rest]);
        AgentAddress = EndpointOf(_agent);
        _guardian = HilrigRun.Start(["guardian", .. rest]);
        ReadyOf(_guardian);
    }

    /// <summary>The virtual rig, with a deadman that a busy machine does not trip.</summary>
    public string RigPath { get; }

    public string AgentAddress { get; }

    public int AgentPid => _agent.Pid;

    public static string EndpointOf(HilrigRun process) =>
        ReadyOf(process).GetProperty("endpoint").GetString()!;

    public HilrigRun StartBridge(out string endpoint)
    {
        HilrigRun bridge = HilrigRun.Start("bridge", AgentAddress);
        endpoint = EndpointOf(bridge);
        return bridge;
    }

    public HilrigRun StartHost(string address) => HilrigRun.Start(
        "run",
        Repository.File("scenarios/so101/step-response.yaml"),
        "--rig",
        RigPath,
        "--agent",
        address,
        "--out",
        _folder);

    public void Dispose()
    {
        foreach (HilrigRun process in new[] { _agent, _guardian, _emulator })
        {
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string PatientRig()
    {
        string models = Repository.File("models");
        string servos = Repository.File("rigs/servos");
        string text = File.ReadAllText(Repository.File("rigs/so101-virtual.yaml"))
            .Replace("deadman: 250 ms", "deadman: 1 s", StringComparison.Ordinal)
            .Replace("../models", models, StringComparison.Ordinal)
            .Replace("servos: servos", "servos: " + servos, StringComparison.Ordinal);
        string path = Path.Combine(_folder, "patient.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    private static JsonElement ReadyOf(HilrigRun process)
    {
        Assert.That(
            SpinWait.SpinUntil(() => process.Output.Contains('}'), Patience),
            Is.True,
            "not ready: " + process.Error);
        return JsonDocument.Parse(process.Output.Split('\n')[0]).RootElement;
    }
}
