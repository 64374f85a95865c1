using System.CommandLine;
using System.Globalization;
using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.Driving;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.Topics;
using HilRig.Cli.Errors;
using HilRig.Cli.Running;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Isaac;

/// <summary>
/// `hilrig isaac drive`: takes what an Isaac sends and says once a second what came. Generation 1
/// can move its camera and effector; joints move under `hilrig run` only, which has limits.
/// </summary>
internal sealed class IsaacDrive
{
    private const double PeriodSeconds = 1 / 60.0;
    private readonly IsaacOptions _options = new();

    private readonly Option<double[]> _velocity = Numbers(
        "--camera-velocity", "Generation 1: velocities of the camera mount, rad/s.");

    private readonly Option<double?> _focalLength = new("--focal-length")
    {
        Description = "Generation 1: needed with --camera-velocity; Isaac would set it to 0.",
    };

    private readonly Option<double[]> _effector = Numbers(
        "--effector", "Generation 1: where the arm's effector is to go, m.");

    private readonly Option<bool?> _adaptive = new("--adaptive-rate")
    {
        Description = "Generation 1: the setting; without effect in Isaac.",
    };

    private readonly Option<string?> _save = new("--save")
    {
        Description = "Generation 1: write the last picture here, PPM.",
    };

    private readonly Option<string[]> _joints = new("--joints")
    {
        Description = "Generation 2: names of the joints to watch.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var drive = new IsaacDrive();
        var command = new Command("drive", "Take what an Isaac Sim sends, and command it.")
        {
            drive._velocity, drive._focalLength, drive._effector, drive._adaptive, drive._save,
            drive._joints,
        };
        drive._options.AddTo(command);
        command.SetAction(drive.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        using StopSignals signals = StopSignals.OfForeground();
        long end = _options.Seconds(parsed) is { } seconds
            ? MonotonicClock.NowNanoseconds + (long)(seconds * 1e9)
            : long.MaxValue;
        bool IsOver() =>
            signals.Stop.IsCancellationRequested || MonotonicClock.NowNanoseconds >= end;
        return _options.Generation(parsed) switch
        {
            IsaacGeneration.One => DriveFirst(parsed, IsOver),
            IsaacGeneration.Two => WatchSecond(parsed, IsOver),
        };
    }

    private int DriveFirst(ParseResult parsed, Func<bool> isOver)
    {
        double[] velocity = parsed.GetRequiredValue(_velocity);
        double[] effector = parsed.GetRequiredValue(_effector);
        IsaacImageSize size = _options.Size(parsed);
        IsaacCameraCommand? camera = velocity.Length == 0
            ? null
            : new IsaacCameraCommand(velocity, parsed.GetValue(_focalLength) ?? double.NaN);
        IsaacEffectorCommand? goal =
            effector.Length == 0 ? null : new IsaacEffectorCommand(effector);
        using IsaacDriver driver = IsaacDriver.Open(new IsaacDriverOptions
        {
            Ports = _options.Ports(parsed),
            ImageSize = size,
        });
        driver.CameraCommand = camera;
        driver.EffectorCommand = goal;
        driver.AdaptiveRate = parsed.GetValue(_adaptive);
        Console.Out.WriteLine("waiting for Isaac");
        string? file = parsed.GetValue(_save);
        byte[] picture = [];
        long next = MonotonicClock.NowNanoseconds + 1_000_000_000;
        long frames = 0;
        long bytes = 0;
        while (!isOver())
        {
            if (driver.TryTakeFrame(TimeSpan.FromMilliseconds(50), out IsaacFrame? frame)
                && file is not null && !frame.Color.IsEmpty)
            {
                picture = frame.Color.ToArray();
            }

            if (MonotonicClock.NowNanoseconds >= next)
            {
                next += 1_000_000_000;
                IsaacDriverCounters now = driver.Counters;
                Console.Out.WriteLine(Describe(now, frame, now.Frames - frames, now.Bytes - bytes));
                (frames, bytes) = (now.Frames, now.Bytes);
            }
        }

        Save(file, picture, size);
        return driver.Counters.Frames > 0 ? ExitCode.Success : ExitCode.RigError;
    }

    private static string Describe(
        IsaacDriverCounters now, IsaacFrame? frame, long frames, long bytes)
    {
        double time = frame?.Clock?.SimulatedSeconds ?? double.NaN;
        long refused = now.Malformed + now.Foreign + now.WrongSize;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{frames} frames/s, {bytes / 1e6:F0} MB/s, simulated {time:F2} s, "
            + $"{frame?.Boxes.Count ?? 0} boxes, {refused} refused, {now.Restarts} restarts, "
            + $"{now.CommandsSent} commands");
    }

    private int WatchSecond(ParseResult parsed, Func<bool> isOver)
    {
        string[] names = parsed.GetRequiredValue(_joints);
        if (names.Length == 0)
        {
            throw new ScenarioException(
                "generation 2 needs the names of the joints", "--joints", "one or more names");
        }

        using IsaacPlant plant = IsaacPlant.Open(new IsaacPlantOptions
        {
            Description = new PlantDescription("isaac", [.. names.Select(Unlimited)]),
            JointNames = names,
            Period = TimeSpan.FromSeconds(PeriodSeconds),
            Ports = _options.Ports(parsed),
            Numbers = IsaacFieldNumbers.Load(_options.Fields(parsed)),
        });
        var state = new JointState(names.Length);
        Console.Out.WriteLine("waiting for Isaac");
        plant.Start(state);
        long next = 0;
        while (!isOver() && plant.WaitNext(out Tick tick) == TickStatus.Due)
        {
            while (plant.TryRead(state) == PlantStatus.Ok)
            {
            }

            if (tick.WokeNanoseconds >= next)
            {
                next = tick.WokeNanoseconds + 1_000_000_000;
                IEnumerable<string> values = names.Select((name, dof) => string.Create(
                    CultureInfo.InvariantCulture, $"{name} {state.Position[dof]:F3}"));
                Console.Out.WriteLine(
                    $"{plant.Counters.States} states, {plant.Counters.Lost} lost; "
                    + string.Join(", ", values));
            }
        }

        return plant.Diagnosis is { } fault
            ? throw new DeviceException(fault)
            : ExitCode.Success;
    }

    private static JointDescription Unlimited(string name) =>
        new(name, JointKind.Revolute, new JointLimits(
            double.NegativeInfinity,
            double.PositiveInfinity,
            double.PositiveInfinity,
            double.PositiveInfinity));

    private static void Save(string? path, byte[] rgba, IsaacImageSize size)
    {
        if (path is null || rgba.Length == 0)
        {
            return;
        }

        try
        {
            using FileStream file = File.Create(path);
            file.Write(System.Text.Encoding.ASCII.GetBytes(
                FormattableString.Invariant($"P6\n{size.Width} {size.Height}\n255\n")));
            for (int i = 0; i < rgba.Length; i += 4)
            {
                file.Write(rgba, i, 3);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                "the picture cannot be written", path, found: error.Message.TrimEnd('.'),
                inner: error);
        }
    }

    private static Option<double[]> Numbers(string name, string description) => new(name)
    {
        Description = description,
        Arity = new ArgumentArity(3, 3),
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };
}
