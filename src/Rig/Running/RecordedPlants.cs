using System.Security.Cryptography;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Harness.Scenarios;
using HilRig.Recording.ServoLogs;
using HilRig.Rig.Plants;
using HilRig.Sim;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;

namespace HilRig.Rig.Running;

/// <summary>Prepares a scenario whose plant is the recording of a real servo.</summary>
internal static class RecordedPlants
{
    /// <summary>Checks the scenario against its recording.</summary>
    /// <param name="scenario">A scenario with a recorded plant.</param>
    /// <param name="folder">Folder of recordings; null when none was named.</param>
    /// <exception cref="RigException">Anything does not fit.</exception>
    public static PreparedRun Prepare(Scenario scenario, string? folder)
    {
        RecordedPlantSource source = scenario.Recorded!;
        string? path = folder is null ? null : Path.Combine(folder, source.Log);
        PlantDescription description = Describe(scenario, source);
        if (path is null || !File.Exists(path))
        {
            return Skip(scenario, source, description, path);
        }

        ServoLog log = ServoLogReader.Read(path);
        ScenarioPlan plan = ScenarioPlan.Make(scenario, new Surroundings
        {
            Joints = JointBounds.From(description),
            RecordedLogPath = Path.GetFullPath(path),
            DataFolder = Path.GetFullPath(folder!),
        });
        Model? twin = scenario.Twin is { Enabled: true, ModelPath: { } model }
            ? MjcfLoader.Load(model)
            : null;
        return new PreparedRun
        {
            Scenario = scenario,
            Plan = plan,
            Joints = plan.Setting.Joints,
            RigName = source.Log,
            RigSha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
            TwinModel = twin is null ? null : Path.GetFileName(twin.Path),
            Open = (_, _) => new PlantSet(
                new RecordedPlant(description, Rows(log), RigClock.Create()),
                twin is null ? null : new SimulatedPlant(description, twin, [source.Joint]),
                owner: null),
        };
    }

    /// <summary>A recording is what it is: no limit applies to what has happened.</summary>
    private static PlantDescription Describe(Scenario scenario, RecordedPlantSource source) => new(
        scenario.Name,
        [
            new JointDescription(source.Joint, JointKind.Revolute, new JointLimits(
                double.NegativeInfinity,
                double.PositiveInfinity,
                double.PositiveInfinity,
                double.PositiveInfinity)),
        ]);

    private static PreparedRun Skip(
        Scenario scenario, RecordedPlantSource source, PlantDescription description, string? path)
    {
        string reason = path is null
            ? $"skipped: the recording '{source.Log}' needs a folder of recordings; "
                + $"name it with --data or {RunOptions.RecordingVariable}"
            : $"skipped: there is no recording '{path}'";
        return new PreparedRun
        {
            Scenario = scenario,
            Plan = null,
            Joints = JointBounds.From(description),
            RigName = source.Log,
            RigSha256 = "",
            Open = (_, _) => throw new ScenarioException(reason, source.Where),
            SkipReason = reason,
        };
    }

    private static RecordedRows Rows(ServoLog log) => new(
        [.. log.TimeSeconds.Select(seconds => (long)Math.Round(seconds * 1e9))],
        log.PositionRadians,
        log.VelocityRadiansPerSecond);
}
