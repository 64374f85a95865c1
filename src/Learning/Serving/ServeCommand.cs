using System.CommandLine;
using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Commands;
using HilRig.Learning.Training;
using HilRig.Tasks;

namespace HilRig.Learning.Serving;

/// <summary>`hilrig-learn serve`: the process that learns beside a rig.</summary>
internal sealed class ServeCommand
{
    private const string Role = "learn";

    private readonly Option<string> _run = new("--run")
    {
        Description = "Its folder; one that holds a run of the same configuration goes on.",
        Required = true,
    };

    private readonly Option<string> _endpoint = new("--endpoint")
    {
        Description = "Where the session listens, such as tcp://127.0.0.1:40122.",
        Required = true,
    };

    private readonly Option<string> _config = new("--config-sha256")
    {
        Description = "What the session calls the run.",
        Required = true,
    };

    private readonly Option<string> _task = new("--task")
    {
        Description = "Name of the task, such as PegInsert3.",
        Required = true,
    };

    private readonly Option<LearningAlgorithm> _algorithm = new("--algorithm")
    {
        Description = "How it learns.",
        DefaultValueFactory = _ => LearningAlgorithm.Ibrl,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "Seed of weights and of all chance.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _demos = new("--demos")
    {
        Description = "Successful demonstrations after which the imitation is learnt.",
        DefaultValueFactory = _ => 10,
    };

    private readonly Option<int> _offer = new("--offer-updates")
    {
        Description = "Updates of the critics between two policies.",
        DefaultValueFactory = _ => 50,
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

    private readonly Option<bool> _supervised = new("--supervised")
    {
        Description = "Say in one line of JSON when ready, and end with standard input.",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var self = new ServeCommand();
        var command = new Command("serve", "Learn beside a rig; its session starts this.")
        {
            self._run, self._endpoint, self._config, self._task, self._algorithm, self._seed,
            self._demos, self._offer, self._preset, self._set, self._supervised,
        };
        command.SetAction(self.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (!parsed.GetValue(_supervised))
        {
            return Serve(parsed, CancellationToken.None);
        }

        using var parent = new ParentPipe();
        try
        {
            return Serve(parsed, parent.Ended);
        }
        catch (RigException error) when (error is not LearningException)
        {
            Say(new
            {
                role = Role,
                error = new
                {
                    kind = error.GetType().Name,
                    what = error.What,
                    where = error.Where,
                    expected = error.Expected,
                    found = error.Found,
                    remedy = error.Remedy,
                },
            });
            throw;
        }
    }

    private int Serve(ParseResult parsed, CancellationToken stop)
    {
        using var server = new LearnerServer(Read(parsed));
        foreach (string remark in server.Remarks)
        {
            Console.Error.WriteLine("hilrig learn: " + remark);
        }

        Say(new { role = Role, pid = Environment.ProcessId });
        server.Run(stop);
        return ExitCode.Success;
    }

    private ServeOptions Read(ParseResult parsed)
    {
        int offerUpdates = parsed.GetValue(_offer);
        if (offerUpdates < 1)
        {
            throw new ScenarioException(
                "Policies cannot be offered so often",
                "--offer-updates",
                "1 or more",
                FormattableString.Invariant($"{offerUpdates}"));
        }

        string task = TaskCatalogue.Find(parsed.GetRequiredValue(_task)).Description.Name;
        string preset = parsed.GetValue(_preset)!;
        TrainingOptions options = OptionText.Set(
            new TrainingOptions
            {
                Task = task,
                Seed = parsed.GetValue(_seed),
                Steps = 0,
                Preset = preset,
                Demonstrations = parsed.GetValue(_demos),
                SnapshotSteps = 200,
                Agent = AgentPresets.CreateForRig(parsed.GetValue(_algorithm), preset),
            },
            parsed.GetValue(_set) ?? []);
        return new ServeOptions
        {
            Folder = RunFolder.Create(parsed.GetRequiredValue(_run), options),
            Endpoint = parsed.GetRequiredValue(_endpoint),
            ConfigSha256 = parsed.GetRequiredValue(_config),
            OfferUpdates = offerUpdates,
        };
    }

    private static void Say(object line)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(line));
        Console.Out.Flush();
    }
}
