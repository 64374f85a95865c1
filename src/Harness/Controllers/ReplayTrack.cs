using HilRig.Core.Errors;
using HilRig.Core.Telemetry;
using HilRig.Recording.ServoLogs;
using HilRig.Recording.Ticks;

namespace HilRig.Harness.Controllers;

/// <summary>The goals of a recording, by joint; times count from its first row.</summary>
public sealed record ReplayTrack
{
    private const string OnlyJoint = "";

    /// <summary>Time of each row, ns; strictly increasing from 0. Shape [row].</summary>
    public required long[] TimeNanoseconds { get; init; }

    /// <summary>
    /// Goals by joint name, rad or m, shape [row]; a log of a single servo has one nameless joint.
    /// </summary>
    public required IReadOnlyDictionary<string, double[]> Goals { get; init; }

    /// <summary>Torque flags by joint name. Shape [row].</summary>
    public required IReadOnlyDictionary<string, bool[]> TorqueEnabled { get; init; }

    /// <summary>Time from the first row to the last, s.</summary>
    public double DurationSeconds => TimeNanoseconds[^1] / 1e9;

    /// <summary>Whether its one joint has no name and may stand for any.</summary>
    public bool IsNameless => Goals.ContainsKey(OnlyJoint);

    /// <summary>Reads a servo log (.csv, .json) or a HilRig recording (.mcap).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RigException">It is absent, damaged or of another layout.</exception>
    public static ReplayTrack Load(string path) =>
        string.Equals(Path.GetExtension(path), ".mcap", StringComparison.OrdinalIgnoreCase)
            ? FromRecording(path)
            : FromServoLog(ServoLogReader.Read(path));

    /// <summary>The goals of a servo log, under the empty name.</summary>
    /// <param name="log">The log.</param>
    public static ReplayTrack FromServoLog(ServoLog log)
    {
        var time = new long[log.RowCount];
        for (int i = 0; i < time.Length; i++)
        {
            time[i] = (long)Math.Round((log.TimeSeconds[i] - log.TimeSeconds[0]) * 1e9);
        }

        return new ReplayTrack
        {
            TimeNanoseconds = time,
            Goals = new Dictionary<string, double[]> { [OnlyJoint] = log.GoalPositionRadians },
            TorqueEnabled = new Dictionary<string, bool[]> { [OnlyJoint] = log.TorqueEnabled },
        };
    }

    private static ReplayTrack FromRecording(string path)
    {
        using TickRecordReader reader = TickRecordReader.Open(path);
        int dofCount = reader.Header.Joints.Count;
        var record = new TickRecord(dofCount);
        var time = new List<long>();
        var goals = new List<double>[dofCount];
        var torque = new List<bool>[dofCount];
        for (int i = 0; i < dofCount; i++)
        {
            goals[i] = [];
            torque[i] = [];
        }

        while (reader.TryRead(record))
        {
            // The measured phase of the first repeat; approach and return belong to that run's rig.
            if (record.ElapsedNanoseconds < 0 || record.Repeat > 0)
            {
                continue;
            }

            if (time.Count > 0 && record.ElapsedNanoseconds <= time[^1])
            {
                break;
            }

            time.Add(record.ElapsedNanoseconds);
            for (int i = 0; i < dofCount; i++)
            {
                goals[i].Add(record.Command.Position[i]);
                torque[i].Add(record.Command.TorqueEnabled[i]);
            }
        }

        if (time.Count < 2)
        {
            throw new ScenarioException("The recording has no measured ticks to replay", path);
        }

        return new ReplayTrack
        {
            TimeNanoseconds = [.. time],
            Goals = reader.Header.Joints.Select((joint, i) => (joint.Name, i))
                .ToDictionary(item => item.Name, item => goals[item.i].ToArray()),
            TorqueEnabled = reader.Header.Joints.Select((joint, i) => (joint.Name, i))
                .ToDictionary(item => item.Name, item => torque[item.i].ToArray()),
        };
    }
}
