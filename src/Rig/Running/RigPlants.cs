using HilRig.Bridge.Host;
using HilRig.Bridge.Isaac.Topics;
using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Core.Rigs;
using HilRig.Harness.Faults;
using HilRig.Harness.Scenarios;
using HilRig.Rig.Files;
using HilRig.Rig.Isaac;
using HilRig.Rig.PacketClocked;
using HilRig.Rig.Plants;
using HilRig.Rig.Processes;
using HilRig.Sim;
using HilRig.Sim.Models;

namespace HilRig.Rig.Running;

/// <summary>Prepares a scenario on a rig: a real arm or a virtual one, and its twin.</summary>
internal static class RigPlants
{
    /// <summary>Checks the scenario against its rig and the rig against its models.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="rigPath">Rig file.</param>
    /// <param name="agent">
    /// Address of an agent that runs already; null: as scenario or rig file say.
    /// </param>
    /// <param name="recordingFolder">
    /// Folder of recordings that a replay names; null for none.
    /// </param>
    /// <exception cref="RigException">Anything does not fit.</exception>
    public static PreparedRun Prepare(
        Scenario scenario, string rigPath, string? agent, string? recordingFolder)
    {
        RigDescription rig = RigFile.Load(rigPath);
        ScenarioPlan plan = ScenarioPlan.Make(scenario, new Surroundings
        {
            Joints = JointBounds.From(rig),
            Capabilities = rig.Capabilities,
            IsVirtualRig = rig.Isaac is null
                && rig.Buses.All(bus => bus.Port == RigProcesses.VirtualPort),
            HasVirtualEmergencyStop = rig.EmergencyStop?.Kind == EmergencyStopKind.Virtual,
            DataFolder = recordingFolder,
        });
        Model? twin = scenario.Twin.Enabled ? LoadTwin(scenario, rig) : null;
        if (rig.Virtual is not null)
        {
            VirtualRigFiles.Require(rig);
        }

        if (rig.IsPacketClocked)
        {
            PacketRig.RequireSupported(plan);
        }

        TimeSpan period = TimeSpan.FromTicks(plan.PeriodNanoseconds / 100);
        string? address = AddressOf(scenario, rig, agent);
        RequirePeriodWithinDeadman(scenario, rig, period);
        RequireNoFaultsInIsaac(scenario, rig);
        return new PreparedRun
        {
            Scenario = scenario,
            Plan = plan,
            Joints = plan.Setting.Joints,
            RigName = rig.Name,
            RigSha256 = rig.Sha256,
            RigText = File.ReadAllText(rig.Path),
            TwinModel = twin?.Path is { } path ? Path.GetFileName(path) : null,
            Open = (logFolder, faults) => address is null
                ? Open(rig, twin, period, logFolder, faults)
                : OpenHosted(rig, twin, period, address),
        };
    }

    private static PlantSet Open(
        RigDescription rig,
        Model? twin,
        TimeSpan period,
        string logFolder,
        FaultSchedule faults)
    {
        if (rig.IsPacketClocked)
        {
            PacketRig controlled = PacketRig.Start(rig, period, logFolder, faults);
            return new PlantSet(controlled.Plant, TwinOf(rig, twin), controlled)
            {
                Diagnose = controlled.Diagnose,
                ObserveStop = controlled.ObserveStop,
                ObserveDeviceClock = controlled.ObserveDeviceClock,
                MeasureStop = controlled.MeasureStop,
            };
        }

        if (rig.Isaac is not null)
        {
            IsaacPlant isaac = IsaacPlants.Open(rig, period);
            return new PlantSet(isaac, TwinOf(rig, twin), owner: null)
            {
                Diagnose = () => isaac.Diagnosis,
            };
        }

        RigProcesses processes = RigProcesses.Start(rig, period, logFolder, faults);
        return new PlantSet(processes.Plant, TwinOf(rig, twin), processes)
        {
            Bridge = () => BridgeSummary.Of(processes.Plant),
            Diagnose = processes.Diagnose,
            ObserveStop = processes.ObserveStop,
            Aftermath = () => processes.Aftermath,
            MeasureStop = processes.MeasureStop,
            Unguarded = processes.Unguarded,
            AgentRemarks = processes.AgentRemarks,
        };
    }

    private static PlantSet OpenHosted(
        RigDescription rig, Model? twin, TimeSpan period, string address)
    {
        RemotePlant plant = HostedAgent.Connect(rig, address, period);
        return new PlantSet(plant, TwinOf(rig, twin), null)
        {
            Bridge = () => BridgeSummary.Of(plant),
            Diagnose = () => HostedAgent.Diagnose(rig, plant),
            ObserveStop = () => StopDiagnosis.Observe(plant.Report, null),
        };
    }

    // Faults are injected into processes that this one starts.
    private static string? AddressOf(Scenario scenario, RigDescription rig, string? agent)
    {
        string? address = agent ?? scenario.AgentAddress ?? rig.AgentAddress;
        if (address is null)
        {
            return null;
        }

        HostedAgent.Require(address, agent is not null ? "--agent" : scenario.DisplayPath);
        return scenario.Faults.Count == 0 ? address : throw new ScenarioException(
            "A scenario with faults starts its own processes",
            scenario.DisplayPath,
            "no agent that runs already",
            address,
            "run it without '--agent' and without 'agent:'");
    }

    private static SimulatedPlant? TwinOf(RigDescription rig, Model? twin) =>
        twin is null ? null : new SimulatedPlant(
            new PlantDescription("twin", [.. rig.Joints.Select(joint => joint.Describe())]),
            twin,
            [.. rig.Joints.Select(joint => joint.ModelJoint)]);

    private static Model LoadTwin(Scenario scenario, RigDescription rig)
    {
        if (rig.Arms.Count != 1)
        {
            throw new ScenarioException(
                "The twin of a rig with several arms is not built yet",
                rig.Path,
                "one arm",
                $"{rig.Arms.Count} arms",
                "'twin: { enabled: false }' in the scenario");
        }

        return TwinModel.Load(scenario.Twin.ModelPath ?? rig.Arms[0].ModelPath, rig.Arms[0]);
    }

    private static void RequireNoFaultsInIsaac(Scenario scenario, RigDescription rig)
    {
        if (rig.Isaac is not null && scenario.Faults.Count > 0)
        {
            throw new ScenarioException(
                "Faults cannot be put into an arm that Isaac simulates",
                scenario.DisplayPath,
                "no 'faults'",
                $"{scenario.Faults.Count}");
        }
    }

    private static void RequirePeriodWithinDeadman(
        Scenario scenario, RigDescription rig, TimeSpan period)
    {
        if (period.TotalSeconds * 2 > rig.DeadmanSeconds)
        {
            throw new ScenarioException(
                "The scenario's rate is too low for the rig's deadman",
                scenario.DisplayPath,
                FormattableString.Invariant($"at least {2 / rig.DeadmanSeconds:0.##} Hz"),
                FormattableString.Invariant($"{scenario.RateHertz:0.##} Hz"),
                "a higher 'rate', or a longer 'deadman' in the rig file");
        }
    }
}
