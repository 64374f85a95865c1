using HilRig.Learning.Agents;
using HilRig.Learning.Health;
using HilRig.Learning.Training;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Training;

/// <summary>Runs of PegInsert3 with networks so small that a run takes a second.</summary>
internal static class TinyRun
{
    public static TrainingOptions Options(LearningAlgorithm algorithm) => new()
    {
        Task = "PegInsert3",
        Seed = 3,
        Steps = algorithm == LearningAlgorithm.Bc ? 0 : 700,
        Preset = "cpu",
        Demonstrations = 2,
        EvaluationSteps = 250,
        EvaluationStarts = 4,
        FinalStarts = 4,
        SnapshotSteps = 150,
        Agent = AgentPresets.Create(algorithm, "cpu") with
        {
            HiddenCount = 16,
            ImitationHiddenCount = 16,
            BatchSize = 16,
            WarmUpEpisodes = 2,
            PretrainingUpdates = 5,
            ImitationUpdates = 20,
            ActorPretrainingUpdates = algorithm == LearningAlgorithm.Rft ? 20 : 0,
        },
    };

    /// <summary>Runs in this process until it is done or stopped.</summary>
    public static TrainingResult? Run(
        string path, TrainingOptions options, ITrainingProgress progress, CancellationToken stop)
    {
        RunFolder folder = RunFolder.Create(path, options);
        using var trainer = new Trainer(
            folder, TaskCatalogue.Find(options.Task), null, progress);
        try
        {
            return trainer.Run(stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>All that must be the same however often a run was cut off.</summary>
    public static (byte[] State, byte[] Log, string Curve) Read(string path)
    {
        RunFolder folder = RunFolder.Open(path);
        string snapshots = Path.Combine(path, "snapshots");
        string newest = Directory.GetDirectories(snapshots).Order(StringComparer.Ordinal).Last();
        return (
            File.ReadAllBytes(Path.Combine(newest, "state.bin")),
            File.ReadAllBytes(folder.Replay),
            string.Join(
                "; ",
                folder.ReadCurve().Select(point => FormattableString.Invariant(
                    $"{point.Steps}: {point.Success} {point.SuccessSteps}, ")
                    + point.CriticUpdates)));
    }

    /// <summary>A progress that listens to nothing but its steps.</summary>
    public sealed class Progress(Action<string, long>? onAdvance = null) : ITrainingProgress
    {
        public List<string> Said { get; } = [];

        public void Say(string sentence) => Said.Add(sentence);

        public void Advance(string phase, long done, long total) =>
            onAdvance?.Invoke(phase, done);

        public void Score(CurvePoint point, HealthFigures health)
        {
        }
    }
}
