using System.Net;
using System.Net.Sockets;
using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.StandIn;
using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Harness.Results;
using HilRig.Rig.Files;
using HilRig.Rig.Isaac;
using HilRig.Rig.Running;

namespace HilRig.Rig.Tests.Isaac;

[CancelAfter(240_000)]
public sealed class IsaacRigTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() =>
        _folder = Directory.CreateTempSubdirectory("hilrig-isaac-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_scenario_drives_an_arm_behind_Isaacs_wire(CancellationToken cancel)
    {
        IsaacPorts ports = FreePorts();
        string scenario = WriteScenario(ports);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var isaac = new IsaacStandInJob(
            new IsaacStandInJobOptions
            {
                ModelPath = Repository.File("models/so101.xml"),
                Generation = IsaacGeneration.Two,
                SendImages = false,
                StandIn = new IsaacStandInOptions { Ports = ports },
            },
            TestContext.Out.WriteLine);
        Task simulating = Task.Run(() => isaac.Run(end.Token), cancel);
        SuiteSummary summary = new RunJob(
            new RunOptions { Scenarios = [scenario], Out = Path.Combine(_folder, "runs") },
            TestContext.Out.WriteLine).Run(cancel);
        end.Cancel();
        simulating.Wait(cancel);
        RunSummary run = summary.Runs[0];
        Assert.That(run.Verdict, Is.EqualTo(Verdict.Pass), "see the reason above");
        Assert.That(run.Divergence["joint/elbow_flex/position"].Rmse, Is.LessThan(0.2));
    }

    [Test]
    public void The_shipped_rig_is_read()
    {
        RigDescription rig = RigFile.Load(Repository.File("rigs/so101-isaac.yaml"));
        Assert.That(rig.Isaac!.StreamPort, Is.EqualTo(5561));
        Assert.That(rig.Buses, Is.Empty);
    }

    [Test]
    public void Isaac_and_servos_do_not_go_together()
    {
        string text = File.ReadAllText(Repository.File("rigs/so101-isaac.yaml"));
        string path = Path.Combine(_folder, "rig.yaml");
        File.WriteAllText(path, text.Replace("policy: hold", "policy: torque-off")
            + "buses: { servo: { port: virtual, baud: 1000000, protocol: feetech-sts } }\n");
        ScenarioException? error = Assert.Throws<ScenarioException>(() => RigFile.Load(path));
        Assert.That(
            error!.Message, Does.Contain("no buses").And.Contain("only be told to hold"));
    }

    private string WriteScenario(IsaacPorts ports)
    {
        string rig = File.ReadAllText(Repository.File("rigs/so101-isaac.yaml"));
        string models = Repository.File("models");
        File.WriteAllText(
            Path.Combine(_folder, "rig.yaml"),
            "deadman: 5 s\n" + rig.Replace("../models", models).Replace(
                "generation: 2",
                $"generation: 2, stream: {ports.Stream}, commands: {ports.Control}"));
        string path = Path.Combine(_folder, "scenario.yaml");
        File.WriteAllText(path, """
            schema: 1
            name: isaac-reach
            description: A reach behind Isaac's wire.
            rig: rig.yaml
            rate: 60 Hz
            approach: { pose: { elbow_flex: 0.6 rad } }
            controller:
              type: stimulus
              joints:
                elbow_flex:
                  - { type: ramp, at: 0.2 s, to: 0.9 rad, time: 0.8 s }
            duration: 3 s
            budgets:
              divergence:
                joint/*/position: { rmse: 0.3 rad }
              missedTicks: 50 %
            """);
        return path;
    }

    private static IsaacPorts FreePorts() => new()
    {
        Stream = FreePort(),
        Control = FreePort(),
        Settings = 0,
        Effector = 0,
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
