using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Replay;
using HilRig.Learning.Snapshots;

namespace HilRig.Learning.Tests.Replay;

public sealed class ReplayMemoryTests
{
    private const float Gamma = 0.9f;

    [Test]
    public void A_success_pays_at_its_last_step_and_ends_there()
    {
        Dictionary<float, Row> rows = RowsOf(ReplayCases.Episode(5, EpisodeVerdict.Success));

        Assert.Multiple(() =>
        {
            Assert.That(rows[0], Is.EqualTo(new Row(0, Gamma * Gamma * Gamma, 3)));
            Assert.That(rows[1], Is.EqualTo(new Row(0, Gamma * Gamma * Gamma, 4)));
            Assert.That(rows[2], Is.EqualTo(new Row(Gamma * Gamma, 0, 5)));
            Assert.That(rows[3], Is.EqualTo(new Row(Gamma, 0, 5)));
            Assert.That(rows[4], Is.EqualTo(new Row(1, 0, 5)));
        });
    }

    [Test]
    public void A_time_out_keeps_the_value_of_its_last_state_discounted_by_the_steps_to_it()
    {
        Dictionary<float, Row> rows = RowsOf(ReplayCases.Episode(5, EpisodeVerdict.Failure));

        Assert.Multiple(() =>
        {
            Assert.That(rows[2], Is.EqualTo(new Row(0, Gamma * Gamma * Gamma, 5)));
            Assert.That(rows[3], Is.EqualTo(new Row(0, Gamma * Gamma, 5)));
            Assert.That(rows[4], Is.EqualTo(new Row(0, Gamma, 5)));
        });
    }

    [Test]
    public void The_reference_lets_a_time_out_end_like_a_terminal()
    {
        Dictionary<float, Row> rows = RowsOf(
            ReplayCases.Episode(5, EpisodeVerdict.Failure), bootstraps: false);

        Assert.That(
            rows.Where(row => row.Value.Discount > 0).Select(row => row.Key),
            Is.EquivalentTo(new[] { 0f, 1f }));
    }

    [Test]
    public void A_failure_by_the_rule_is_an_end_without_reward()
    {
        Dictionary<float, Row> rows = RowsOf(
            ReplayCases.Episode(2, EpisodeVerdict.Failure, EpisodeEnd.FailureRule));

        Assert.That(rows.Values, Is.All.EqualTo(new Row(0, 0, 2)));
    }

    [Test]
    public void A_corrected_verdict_corrects_returns_and_ends()
    {
        ReplayMemory replay = Memory();
        replay.Add(ReplayCases.Episode(2, EpisodeVerdict.Failure), "test");
        replay.Amend(0, EpisodeVerdict.Success, VerdictSource.Correction);

        Assert.That(Draw(replay)[1], Is.EqualTo(new Row(1, 0, 2)));

        replay.Amend(0, EpisodeVerdict.Failure, VerdictSource.Correction);
        Assert.That(Draw(replay)[1], Is.EqualTo(new Row(0, Gamma, 2)));
    }

    [Test]
    public void Discarded_episodes_and_evaluations_are_never_drawn()
    {
        ReplayMemory replay = Memory();
        replay.Add(ReplayCases.Episode(3, EpisodeVerdict.Success, first: 100), "test");
        replay.Add(
            ReplayCases.Episode(
                3, EpisodeVerdict.Success, purpose: EpisodePurpose.Evaluation, first: 200),
            "test");
        replay.Add(ReplayCases.Episode(3, EpisodeVerdict.Failure), "test");
        replay.Amend(0, EpisodeVerdict.Discarded, VerdictSource.Correction);

        Assert.That(replay.RowCount, Is.EqualTo(3));
        Assert.That(Draw(replay).Keys, Is.EquivalentTo(new[] { 0f, 1f, 2f }));

        replay.Amend(0, EpisodeVerdict.Success, VerdictSource.Correction);
        Assert.That(replay.RowCount, Is.EqualTo(6));
    }

    [Test]
    public void Draws_are_uniform_over_steps_not_over_episodes()
    {
        ReplayMemory replay = Memory();
        replay.Add(ReplayCases.Episode(1, EpisodeVerdict.Failure), "test");
        replay.Add(ReplayCases.Episode(9, EpisodeVerdict.Failure, first: 10), "test");
        using var batch = new TransitionBatch(20_000, 2, 1);
        replay.Draw(batch);

        int[] counts = new int[19];
        for (int i = 0; i < batch.RowCount; i++)
        {
            counts[(int)batch.Observations[2 * i]]++;
        }

        // 2000 each with a standard deviation of 42: five of them.
        Assert.That(counts.Where(count => count > 0), Is.All.InRange(1788, 2212));
        Assert.That(counts.Count(count => count > 0), Is.EqualTo(10));
    }

    [Test]
    public void Demonstrations_and_corrections_are_drawn_first_where_they_are_asked_for()
    {
        ReplayMemory replay = Memory();
        Episode corrected = ReplayCases.Episode(3, EpisodeVerdict.Failure, first: 50);
        corrected.Proposers[1] = Proposer.Human;
        replay.Add(corrected, "test");
        replay.Add(
            ReplayCases.Episode(
                2, EpisodeVerdict.Success, purpose: EpisodePurpose.Demonstration),
            "test");
        replay.Add(
            ReplayCases.Episode(
                2,
                EpisodeVerdict.Failure,
                purpose: EpisodePurpose.Demonstration,
                first: 80),
            "test");
        using var batch = new TransitionBatch(400, 2, 1);
        replay.Draw(batch, 200);

        var shown = new HashSet<float>();
        var any = new HashSet<float>();
        for (int i = 0; i < batch.RowCount; i++)
        {
            (i < 200 ? shown : any).Add(batch.Observations[2 * i]);
        }

        Assert.That(shown, Is.EquivalentTo(new[] { 0f, 1f, 51f }));
        Assert.That(any, Is.EquivalentTo(new[] { 0f, 1f, 50f, 51f, 52f, 80f, 81f }));
    }

    [Test]
    public void States_are_stacked_newest_first_with_zeros_before_the_episode()
    {
        ReplayMemory replay = Memory(history: 3);
        replay.Add(ReplayCases.Episode(3, EpisodeVerdict.Failure, first: 7), "test");
        using var batch = new TransitionBatch(64, 6, 1);
        replay.Draw(batch);

        for (int i = 0; i < batch.RowCount; i++)
        {
            float[] seen = batch.Observations.Slice(6 * i, 6).ToArray();
            float[] next = batch.NextObservations.Slice(6 * i, 6).ToArray();
            float[] expected = seen[0] switch
            {
                7 => [7, 0, 0, 0, 0, 0],
                8 => [8, -1, 7, 0, 0, 0],
                _ => [9, -2, 8, -1, 7, 0],
            };
            Assert.That(seen, Is.EqualTo(expected));
            Assert.That(next, Is.EqualTo(new float[] { 10, -3, 9, -2, 8, -1 }));
        }
    }

    [Test]
    public void A_restored_counter_draws_the_same_rows_again()
    {
        ReplayMemory replay = Memory();
        replay.Add(ReplayCases.Episode(9, EpisodeVerdict.Success), "test");
        using var first = new TransitionBatch(32, 2, 1);
        using var second = new TransitionBatch(32, 2, 1);
        replay.Draw(first);
        var writer = new StateWriter();
        replay.VisitState(writer);
        replay.Draw(first);
        replay.VisitState(new StateReader(writer.Bytes.ToArray(), "test"));
        replay.Draw(second);

        Assert.That(second.Observations.ToArray(), Is.EqualTo(first.Observations.ToArray()));
        replay.Draw(second);
        Assert.That(second.Observations.ToArray(), Is.Not.EqualTo(first.Observations.ToArray()));
    }

    [Test]
    public void An_empty_replay_is_named()
    {
        ReplayMemory replay = Memory();
        using var batch = new TransitionBatch(4, 2, 1);
        Assert.That(
            () => replay.Draw(batch),
            Throws.TypeOf<RecordingException>().With.Message.Contains("The replay is empty"));

        replay.Add(ReplayCases.Episode(3, EpisodeVerdict.Failure), "test");
        Assert.That(
            () => replay.Draw(batch, 2),
            Throws.TypeOf<RecordingException>().With.Message.Contains("demonstration"));
    }

    [Test]
    public void Episodes_of_another_task_or_size_and_unnormalised_actions_are_named()
    {
        ReplayMemory replay = Memory();
        Episode good = ReplayCases.Episode(2, EpisodeVerdict.Failure);
        Assert.Multiple(() =>
        {
            Refuses(good with { Task = "Other" }, "another task");
            Refuses(good with { Actions = [0, 0, 0, 0] }, "other sizes");
            Refuses(good with { Observations = new float[9] }, "other sizes");
            Refuses(good with { Actions = [0, 1.01f] }, "not normalised");
            Refuses(good with { Observations = [0, 0, 0, 0, 0, float.NaN] }, "not finite");
        });
        Assert.That(replay.EpisodeCount, Is.Zero);

        void Refuses(Episode bad, string words) => Assert.That(
            () => replay.Add(bad, "a.episodes, record 3"),
            Throws.TypeOf<RecordingException>()
                .With.Message.Contains(words).And.Message.Contains("a.episodes, record 3"));
    }

    [Test]
    public void A_verdict_of_a_missing_episode_is_named()
    {
        ReplayMemory replay = Memory();
        replay.Add(ReplayCases.Episode(2, EpisodeVerdict.Failure), "test");
        Assert.That(
            () => replay.Amend(1, EpisodeVerdict.Success, VerdictSource.Correction),
            Throws.TypeOf<RecordingException>().With.Message.Contains("not there"));
    }

    private static ReplayMemory Memory(bool bootstraps = true, int history = 1) => new(
        ReplayCases.Task,
        new ObservationScaling(ReplayCases.Task, history),
        new ReplayOptions
        {
            ReturnSteps = 3,
            Discount = Gamma,
            BootstrapsAtTruncation = bootstraps,
        },
        seed: 5);

    private static Dictionary<float, Row> RowsOf(Episode episode, bool bootstraps = true)
    {
        ReplayMemory replay = Memory(bootstraps);
        replay.Add(episode, "test");
        return Draw(replay);
    }

    /// <summary>Rows by their first number seen, which is the step.</summary>
    private static Dictionary<float, Row> Draw(ReplayMemory replay)
    {
        using var batch = new TransitionBatch(256, 2, 1);
        replay.Draw(batch);
        var rows = new Dictionary<float, Row>();
        for (int i = 0; i < batch.RowCount; i++)
        {
            float step = batch.Observations[2 * i];
            rows[step] = new(batch.Returns[i], batch.Discounts[i], batch.NextObservations[2 * i]);
            Assert.That(batch.Actions[i], Is.EqualTo(-0.01f * batch.Observations[(2 * i) + 1]));
        }

        return rows;
    }

    private sealed record Row(float Return, float Discount, float Next)
    {
        // γ³ as the replay computes it and as the test does differ by a rounding.
        public bool Equals(Row? other) => other is not null
            && Math.Abs(Return - other.Return) < 1e-6
            && Math.Abs(Discount - other.Discount) < 1e-6
            && Next == other.Next;

        public override int GetHashCode() => 0;
    }
}
