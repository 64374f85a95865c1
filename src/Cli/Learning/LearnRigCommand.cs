using System.CommandLine;
using HilRig.Cli.Errors;
using HilRig.Cli.Running;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Terminal;
using HilRig.Rig.Learning;

namespace HilRig.Cli.Learning;

/// <summary>
/// `hilrig learn ALGORITHM --rig RIG` and `hilrig learn resume` of such a run: learning on a rig,
/// with the learner beside it in a process of its own.
/// </summary>
internal sealed class LearnRigCommand
{
    private const string Resume = "resume";
    private static readonly string[] Algorithms = ["bc", "td3", "ibrl", "rlpd", "rft"];

    private readonly Option<string> _rig = new("--rig")
    {
        Description = "Rig file.",
        Required = true,
    };

    private readonly Option<string> _task = new("--task")
    {
        Description = "Name of the task, such as PegInsert3.",
        Required = true,
    };

    private readonly Option<ulong> _seed = Number<ulong>("--seed", "Seed of all chance.", 1);

    private readonly Option<int> _demos =
        Number("--demos", "Successful demonstrations before anything is learnt.", 10);

    private readonly Option<int> _episodes =
        Number("--episodes", "Episodes that the learner sees after them, warm-up included.", 150);

    private readonly Option<int> _warmUp =
        Number("--warm-up", "Of these the first, in which the imitation acts.", 20);

    private readonly Option<int> _starts = Number(
        "--evaluation", "Starts on which imitation and final policy are measured at the end.", 50);

    private readonly Option<string> _operator = new("--operator")
    {
        Description = "'simulated', or the name of the person at the terminal.",
        DefaultValueFactory = _ => LearnRigOptions.SimulatedOperator,
    };

    private readonly Option<double> _operatorSeconds = Number(
        "--operator-seconds", "Seconds that the simulated operator takes, median.", 0.2);

    private readonly Option<int> _rearms = Number(
        "--rearms", "Stops of the rig that the operator may clear before the run ends.", 10);

    private readonly Option<double> _loop =
        Number("--loop", "Rate of the control loop, Hz; a multiple of the task's.", 100.0);

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "name=value of any option of the learner; may be repeated.",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _noSafety = new("--no-safety")
    {
        Description = "Let the actor go as far from the imitation as the choice says.",
    };

    private readonly Option<string[]> _safety = new("--safety")
    {
        Description = "name=value of a rule that keeps the actor near the imitation; repeatable.",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int[]> _kill = new("--kill-learner")
    {
        Description = "Kill the learner's process after this episode, as a fault; repeatable.",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder of the run. Default: runs/ALGORITHM-TASK-rig-SEED.",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print the result as one JSON object.",
    };

    private LearnRigCommand()
    {
    }

    /// <summary>Whether a command line means learning on a rig.</summary>
    /// <param name="arguments">The command line.</param>
    public static bool Takes(string[] arguments) => arguments switch
    {
        ["learn", Resume, .. var rest] =>
            rest.Any(item => !item.StartsWith('-') && LearnRigJob.CanResume(item)),
        ["learn", .. var rest] => rest.Any(item =>
            item == "--rig" || item.StartsWith("--rig=", StringComparison.Ordinal)),
        _ => false,
    };

    /// <summary>The command, with one for each algorithm.</summary>
    public static Command Create()
    {
        var command = new Command("learn", "Learn a task on a rig.");
        foreach (string algorithm in Algorithms)
        {
            var self = new LearnRigCommand();
            var one = new Command(algorithm, $"Learn by {algorithm} on a rig.")
            {
                self._rig, self._task, self._seed, self._demos, self._episodes, self._warmUp,
                self._starts, self._operator, self._operatorSeconds, self._rearms, self._loop,
                self._set, self._noSafety, self._safety, self._kill, self._out, self._json,
            };
            one.SetAction(parsed => self.Run(algorithm, parsed));
            command.Add(one);
        }

        command.Add(CreateResume());
        return command;
    }

    private static Command CreateResume()
    {
        var folder = new Argument<string>("run") { Description = "Folder of the run." };
        var json = new Option<bool>("--json")
        {
            Description = "Print the result as one JSON object.",
        };
        var resume = new Command(Resume, "Go on with a run on a rig.") { folder, json };
        resume.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            return Execute(path, LearnRigJob.OptionsOf(path), parsed.GetValue(json));
        });
        return resume;
    }

    private int Run(string algorithm, ParseResult parsed)
    {
        string task = parsed.GetRequiredValue(_task);
        ulong seed = parsed.GetValue(_seed);
        var options = new LearnRigOptions
        {
            Algorithm = algorithm,
            RigPath = Path.GetFullPath(parsed.GetRequiredValue(_rig)),
            Task = task,
            Seed = seed,
            Demonstrations = parsed.GetValue(_demos),
            Episodes = parsed.GetValue(_episodes),
            WarmUpEpisodes = Math.Min(parsed.GetValue(_warmUp), parsed.GetValue(_episodes)),
            EvaluationStarts = parsed.GetValue(_starts),
            LoopHertz = parsed.GetValue(_loop),
            Operator = parsed.GetValue(_operator)!,
            OperatorSeconds = parsed.GetValue(_operatorSeconds),
            RearmMax = parsed.GetValue(_rearms),
            IsSafetyOn = !parsed.GetValue(_noSafety),
            Safety = parsed.GetValue(_safety) ?? [],
            Set = parsed.GetValue(_set) ?? [],
            KillLearnerAfter = parsed.GetValue(_kill) ?? [],
        };
        string folder = parsed.GetValue(_out) ?? Path.Combine(
            "runs", FormattableString.Invariant($"{algorithm}-{task}-rig-{seed}"));
        return Execute(folder, options, parsed.GetValue(_json));
    }

    private static int Execute(string folder, LearnRigOptions options, bool isJson)
    {
        using StopSignals signals = StopSignals.OfForeground();
        TerminalOperator? person = options.Operator == LearnRigOptions.SimulatedOperator
            ? null
            : OperatorConsole.Start(options.Operator);
        ISessionView view = person is null ? new EpisodeLines(Console.Error) : person;
        LearnRigJob job = LearnRigJob.Begin(
            folder,
            options,
            LearnProgram.Locate(),
            Console.Error.WriteLine,
            person,
            [view]);
        LearnRigResult result = job.Run(signals.Stop);
        if (isJson)
        {
            Console.Out.WriteLine(result.Encode());
        }
        else
        {
            LearnRigText.Write(result, Console.Out);
        }

        return result.Session.Ending switch
        {
            SessionEnding.Completed => ExitCode.Success,
            SessionEnding.OperatorQuit or SessionEnding.Cancelled => 40,
            _ => ExitCode.RigError,
        };
    }

    private static Option<T> Number<T>(string name, string description, T value) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
    };
}
