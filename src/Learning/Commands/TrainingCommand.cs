using System.CommandLine;
using HilRig.Learning.Agents;
using HilRig.Learning.Training;
using HilRig.Tasks;

namespace HilRig.Learning.Commands;

/// <summary>`hilrig learn bc|td3|ibrl|rlpd|rft`: learns a task in simulation.</summary>
internal sealed class TrainingCommand
{
    private readonly LearningAlgorithm _algorithm;

    private readonly Option<string> _task = new("--task")
    {
        Description = "Name of the task, such as PegInsert3.",
        Required = true,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of demonstrations, starts, weights and all chance.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<long?> _steps = new("--steps")
    {
        Description = "Steps of the environment, warm-up included. Default: by task.",
    };

    private readonly Option<int?> _demos = new("--demos")
    {
        Description = "Demonstrations. Default: by task.",
    };

    private readonly Option<string?> _demosFrom = new("--demos-from")
    {
        Description = "Log of episodes to take the demonstrations from. Default: the script shows.",
    };

    private readonly Option<string> _preset = new("--preset")
    {
        Description = "cpu or reference.",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "name=value of any option of config.json; may be repeated.",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder of the run. Default: runs/ALGORITHM-TASK-SEED.",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print the result as one JSON object.",
    };

    private TrainingCommand(LearningAlgorithm algorithm) => _algorithm = algorithm;

    /// <summary>Makes the command of an algorithm.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="description">One line.</param>
    public static Command Create(LearningAlgorithm algorithm, string description)
    {
        var self = new TrainingCommand(algorithm);
        var command = new Command(algorithm.ToString().ToLowerInvariant(), description)
        {
            self._task, self._seed, self._steps, self._demos, self._demosFrom, self._preset,
            self._set, self._out, self._json,
        };
        command.SetAction(self.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        IRobotTask task = TaskCatalogue.Find(parsed.GetRequiredValue(_task));
        string name = task.Description.Name;
        TaskDefaults defaults = TaskDefaults.Of(name);
        ulong seed = parsed.GetValue(_seed);
        string preset = parsed.GetValue(_preset)!;
        TrainingOptions options = OptionText.Set(
            new TrainingOptions
            {
                Task = name,
                Seed = seed,
                Steps = _algorithm == LearningAlgorithm.Bc
                    ? 0
                    : parsed.GetValue(_steps) ?? defaults.Steps,
                Preset = preset,
                Demonstrations = parsed.GetValue(_demos) ?? defaults.Demonstrations,
                Agent = AgentPresets.Create(_algorithm, preset),
            },
            parsed.GetValue(_set) ?? []);
        string algorithm = _algorithm.ToString().ToLowerInvariant();
        string path = parsed.GetValue(_out)
            ?? Path.Combine(
                "runs", FormattableString.Invariant($"{algorithm}-{name}-{seed}"));
        return TrainingRun.Run(
            RunFolder.Create(path, options), parsed.GetValue(_demosFrom), parsed.GetValue(_json));
    }
}
