using HilRig.Core.Errors;
using HilRig.Harness.Reporting;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;
using HilRig.Rig.Files;

namespace HilRig.Rig.Running;

/// <summary>`hilrig run`: checks every scenario first, then runs one after the other.</summary>
public sealed class RunJob
{
    private readonly RunOptions _options;
    private readonly Action<string> _say;

    /// <summary>Makes a job.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="say">Takes one line for people at a time.</param>
    public RunJob(RunOptions options, Action<string> say)
    {
        options.Validate();
        _options = options;
        _say = say;
    }

    /// <summary>Runs the scenarios.</summary>
    /// <param name="stop">Ends the current run in order and starts no other.</param>
    /// <exception cref="ScenarioException">A file is wrong; nothing has moved.</exception>
    /// <exception cref="ModelException">A model is wrong; nothing has moved.</exception>
    public SuiteSummary Run(CancellationToken stop)
    {
        List<PreparedRun> prepared = [.. _options.Scenarios.Select(Prepare)];
        var results = new List<RunResult>();
        foreach (PreparedRun run in prepared)
        {
            results.Add(stop.IsCancellationRequested
                ? NotRun(run, Verdict.Aborted, "the job was stopped before this scenario")
                : RunOne(run, stop));
        }

        return SuiteSummary.From(results, _options.InconclusiveExitCode);
    }

    private PreparedRun Prepare(string path)
    {
        Scenario scenario = Scenario.Load(path);
        if (_options.Repeat is { } repeats)
        {
            scenario = scenario with { Repeats = repeats };
        }

        if (scenario.Recorded is not null)
        {
            if (_options.Rig is not null)
            {
                throw new ScenarioException(
                    "A scenario that plays a recording has no rig to replace",
                    scenario.DisplayPath,
                    remedy: "run it without --rig");
            }

            if ((_options.Agent ?? scenario.AgentAddress) is { } agent)
            {
                throw new ScenarioException(
                    "A scenario that plays a recording has no agent",
                    scenario.DisplayPath,
                    "neither '--agent' nor 'agent:'",
                    agent,
                    "run it without them, or drive a rig instead of a recording");
            }

            return RecordedPlants.Prepare(scenario, _options.EffectiveRecordingFolder);
        }

        string rig = _options.Rig ?? scenario.RigPath!;
        if (_options.Unattended)
        {
            UnattendedRule.Require(RigFile.Load(rig));
        }

        return RigPlants.Prepare(
            scenario,
            rig,
            _options.Agent,
            _options.EffectiveRecordingFolder);
    }

    private RunResult RunOne(PreparedRun run, CancellationToken stop)
    {
        if (run.SkipReason is { } reason)
        {
            Verdict verdict = Requirements.Has("data") ? Verdict.RigError : Verdict.Inconclusive;
            _say($"{run.Scenario.DisplayPath}: {reason}");
            return NotRun(run, verdict, reason);
        }

        RunDirectory place = RunDirectory.Create(
            _options.Out, run.Scenario.Name, TimeProvider.System.GetUtcNow());
        _say($"{run.Scenario.DisplayPath} on {run.RigName}");
        RunResult result = new ScenarioJob(run, place).Run(stop);
        result = RunFolder.Write(
            place.FullPath,
            result,
            new ReportSources(run.Scenario.Text, run.RigText.Length == 0 ? null : run.RigText));
        _say($"  {result.Verdict}: {result.Reason}");
        _say($"  {result.Report}");
        return result;
    }

    private static RunResult NotRun(PreparedRun run, Verdict verdict, string reason) =>
        run.WithoutLoop(verdict, reason, TimeProvider.System.GetUtcNow());
}
