using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Comparison;

namespace HilRig.Learning.Tests.Comparison;

public sealed class ComparisonTests
{
    private RunsOnDisk _runs = null!;

    [SetUp]
    public void MakeFolder() => _runs = new RunsOnDisk();

    [TearDown]
    public void RemoveFolder() => _runs.Dispose();

    [Test]
    public void A_row_has_what_its_seeds_came_to()
    {
        _runs.Add(LearningAlgorithm.Ibrl, 1, 0.9, [0.5, 0.4, 0.86, 0.9, 0.95, 0.9, 0.9]);
        _runs.Add(LearningAlgorithm.Ibrl, 2, 0.95, [0.6, 0.4, 0.7, 0.8, 0.86, 0.9, 0.95]);
        _runs.Add(LearningAlgorithm.Ibrl, 3, 0.8, [0.4, 0.4, 0.5, 0.6, 0.7, 0.8, 0.8]);
        TaskRow row = Compare().Tasks.Single();
        Assert.Multiple(() =>
        {
            Assert.That(row.Seeds, Is.EqualTo(new ulong[] { 1, 2, 3 }));
            Assert.That(row.FinalSuccess.Value, Is.EqualTo(795 / 900.0).Within(1e-12));
            Assert.That(row.FinalSuccess.Low, Is.EqualTo(0.8607).Within(1e-4));
            Assert.That(row.FinalSuccess.High, Is.EqualTo(0.9027).Within(1e-4));

            // 4000, 8000 and never; 6000, 10 000 and never.
            Assert.That(row.StepsTo85, Is.EqualTo(8000));
            Assert.That(row.StepsTo90, Is.EqualTo(10_000));
            Assert.That(row.DipSteps, Is.EqualTo(2000));
            Assert.That(row.Area!.Value, Is.InRange(row.Area.Low!.Value, row.Area.High!.Value));
        });
    }

    [Test]
    public void Most_seeds_that_never_get_there_are_beyond_the_budget()
    {
        _runs.Add(LearningAlgorithm.Rlpd, 1, 0.9, [0, 0.9, 0.9, 0.9, 0.9]);
        _runs.Add(LearningAlgorithm.Rlpd, 2, 0.1, [0, 0.1, 0.1, 0.1, 0.1]);
        _runs.Add(LearningAlgorithm.Rlpd, 3, 0.1, [0, 0.1, 0.1, 0.1, 0.1]);
        RunComparison comparison = Compare();
        Assert.That(comparison.Tasks.Single().StepsTo85, Is.Null);
        Assert.That(comparison.Tasks.Single().DipSteps, Is.Null);
        Assert.That(ComparisonText.Write(comparison), Does.Contain("> 12 000"));
    }

    [Test]
    public void Methods_are_told_apart_by_the_options_that_their_runs_changed()
    {
        _runs.Add(LearningAlgorithm.Rlpd, 1, 0.8, [0, 0.8]);
        _runs.Add(
            LearningAlgorithm.Rlpd,
            1,
            0.6,
            [0, 0.6],
            options => options with { ActorDropout = 0.5 });
        _runs.Add(
            LearningAlgorithm.Ibrl,
            1,
            0.9,
            [0.5, 0.9],
            options => options with { WarmUpEpisodes = 30 });
        RunComparison comparison = Compare();
        Assert.That(
            comparison.Methods.Select(row => row.Method),
            Is.EqualTo(new[] { "ibrl", "rlpd", "rlpd actorDropout=0.5" }));
        Assert.That(
            comparison.Pairs.Select(pair => (pair.Method, pair.Other, pair.Probability.Value)),
            Is.EqualTo(new[]
            {
                ("ibrl", "rlpd", 1.0),
                ("ibrl", "rlpd actorDropout=0.5", 1.0),
                ("rlpd", "rlpd actorDropout=0.5", 1.0),
            }));
    }

    [Test]
    public void The_same_run_twice_is_refused_and_an_unfinished_one_is_named()
    {
        _runs.Add(LearningAlgorithm.Ibrl, 1, 0.9, [0.5, 0.9]);
        string unfinished = _runs.Add(LearningAlgorithm.Ibrl, 2, 0, [], isDone: false);
        Assert.That(
            RunCollection.Find([_runs.Path]).Unfinished, Is.EqualTo(new[] { unfinished }));
        _runs.Add(LearningAlgorithm.Ibrl, 1, 0.8, [0.5, 0.8]);
        Assert.That(
            () => RunCollection.Find([_runs.Path]),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("ibrl, PegInsert3, seed 1"));
    }

    [Test]
    public void A_folder_without_runs_and_one_without_results_are_refused()
    {
        Assert.That(
            () => RunCollection.Find([_runs.Path]),
            Throws.TypeOf<ScenarioException>().With.Message.Contains(_runs.Path));
        _runs.Add(LearningAlgorithm.Ibrl, 2, 0, [], isDone: false);
        Assert.That(
            () => RunCollection.Find([_runs.Path]),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("No run is done"));
    }

    private RunComparison Compare() =>
        new ComparisonBuilder(RunCollection.Find([_runs.Path]), 1, 500).Build();
}
