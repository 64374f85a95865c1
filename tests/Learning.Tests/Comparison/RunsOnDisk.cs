using HilRig.Learning.Agents;
using HilRig.Learning.Health;
using HilRig.Learning.Training;

namespace HilRig.Learning.Tests.Comparison;

/// <summary>Folders of finished runs, written as the trainer writes them.</summary>
internal sealed class RunsOnDisk : IDisposable
{
    /// <summary>The folder above them.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("hilrig-compare-").FullName;

    /// <summary>Adds a run of PegInsert3.</summary>
    /// <param name="algorithm">How it learned.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="final">Final success of 300 starts.</param>
    /// <param name="curve">Success each 2000 steps, the imitation policy first.</param>
    /// <param name="change">What of its options is changed.</param>
    /// <param name="isDone">Whether it has a result.</param>
    /// <returns>Its folder.</returns>
    public string Add(
        LearningAlgorithm algorithm,
        ulong seed,
        double final,
        double[] curve,
        Func<AgentOptions, AgentOptions>? change = null,
        bool isDone = true)
    {
        AgentOptions agent = AgentPresets.Create(algorithm, "cpu");
        var options = new TrainingOptions
        {
            Task = "PegInsert3",
            Seed = seed,
            Steps = algorithm == LearningAlgorithm.Bc ? 0 : 12_000,
            Preset = "cpu",
            Demonstrations = 5,
            Agent = change is null ? agent : change(agent),
        };
        RunFolder folder = RunFolder.Create(
            System.IO.Path.Combine(Path, Guid.NewGuid().ToString("n")), options);
        if (isDone)
        {
            folder.WriteResult(Result(folder, final, curve));
        }

        return folder.Path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static TrainingResult Result(RunFolder folder, double final, double[] curve) => new()
    {
        Algorithm = folder.Options.Agent.Algorithm.ToString().ToLowerInvariant(),
        Task = folder.Options.Task,
        Seed = folder.Options.Seed,
        Steps = folder.Options.Steps,
        FinalSuccess = final,
        FinalInterval = WilsonInterval.Of((long)Math.Round(300 * final), 300),
        FinalStarts = 300,
        ImitationSuccess = folder.Options.Agent.UsesImitation ? 0.5 : null,
        StepsTo85 = null,
        Curve =
        [
            .. curve.Select((success, k) => new CurvePoint
            {
                Steps = 2000 * k,
                Success = success,
                Starts = 100,
                SuccessSteps = null,
                CriticUpdates = 0,
                CpuSeconds = 0,
                WallSeconds = 0,
            }),
        ],
        CpuSeconds = 60,
        WallSeconds = 120,
        Policy = null,
        Preset = "cpu",
        Demonstrations = 5,
        Episodes = 0,
        CriticUpdates = 0,
        ConfigSha256 = folder.ConfigSha256,
        Health = new HealthMonitor(folder.Options.Agent).Read(0, 10),
        Run = folder.Path,
    };
}
