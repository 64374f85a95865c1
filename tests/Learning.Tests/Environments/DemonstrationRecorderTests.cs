using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Learning.Environments;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Environments;

public sealed class DemonstrationRecorderTests
{
    [Test]
    public void Only_successes_are_kept_each_of_its_own_start()
    {
        IReadOnlyList<Episode> episodes =
            DemonstrationRecorder.Record(TaskCatalogue.Find("PegInsert3"), 3, 5);
        Assert.Multiple(() =>
        {
            Assert.That(episodes.Select(episode => episode.Verdict),
                Is.All.EqualTo(EpisodeVerdict.Success));
            Assert.That(episodes.Select(episode => episode.StartIndex), Is.Unique);
            Assert.That(episodes.SelectMany(episode => episode.Proposers),
                Is.All.EqualTo(Proposer.Script));
            Assert.That(episodes.Select(episode => episode.Reward(episode.StepCount - 1)),
                Is.All.EqualTo(1));
        });
    }

    [Test]
    public void A_demonstrator_that_never_succeeds_is_said_so() =>
        Assert.That(
            () => DemonstrationRecorder.Record(new IdleTask(), 1, 2),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("fails too often"));

    /// <summary>PegInsert3, shown by somebody who does nothing.</summary>
    private sealed class IdleTask : IRobotTask, IDemonstrator
    {
        private readonly IRobotTask _peg = TaskCatalogue.Find("PegInsert3");

        public TaskDescription Description => _peg.Description;

        public void DrawStart(ulong seed, long index, Span<double> start) =>
            _peg.DrawStart(seed, index, start);

        public void Place(
            ReadOnlySpan<double> start, Span<double> position, Span<double> objects) =>
            _peg.Place(start, position, objects);

        public void Observe(in TaskState state, Span<float> observation) =>
            _peg.Observe(state, observation);

        public void Act(in TaskState state, ReadOnlySpan<float> action, Span<double> goal) =>
            _peg.Act(state, action, goal);

        public TaskOutcome Judge(in TaskState state) => _peg.Judge(state);

        public IDemonstrator CreateDemonstrator(ulong seed, long index) => this;

        public void Act(in TaskState state, Span<float> action) => action.Clear();
    }
}
