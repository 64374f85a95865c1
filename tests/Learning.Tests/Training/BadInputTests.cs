using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Environments;
using HilRig.Learning.Training;
using HilRig.Recording.Episodes;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Training;

public sealed class BadInputTests
{
    private static readonly IRobotTask Peg = TaskCatalogue.Find("PegInsert3");

    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("bad").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Demonstrations_of_a_file_are_taken()
    {
        string file = Write(LogHeader.Of(Peg.Description), 3);
        TrainingOptions options = TinyRun.Options(LearningAlgorithm.Bc) with { Demonstrations = 3 };
        RunFolder folder = RunFolder.Create(In("run"), options);
        using var trainer = new Trainer(folder, Peg, file, new TinyRun.Progress());

        Assert.That(
            EpisodeLog.Read(folder.Demonstrations).Episodes.Select(each => each.Episode.Actions),
            Is.EqualTo(EpisodeLog.Read(file).Episodes.Select(each => each.Episode.Actions)));
    }

    [Test]
    public void Demonstrations_of_another_task_size_rate_or_scale_are_named()
    {
        EpisodeLogHeader good = LogHeader.Of(Peg.Description);
        Assert.Multiple(() =>
        {
            Refuses(good with { Task = "Other" }, "another task");
            Refuses(good with { PeriodSeconds = 0.1 }, "another period");
            Refuses(good with { Action = [.. good.Action.Skip(1)] }, "another action size");
            Refuses(
                good with { Action = [good.Action[0] with { Scale = 9 }, .. good.Action.Skip(1)] },
                "another meaning of action");
        });

        void Refuses(EpisodeLogHeader header, string words)
        {
            string file = Write(header, 0);
            Assert.That(
                () => DemonstrationSource.Fill(
                    RunFolder.Create(
                        In(Path.GetRandomFileName()), TinyRun.Options(LearningAlgorithm.Bc)),
                    Peg,
                    file),
                Throws.TypeOf<ScenarioException>()
                    .With.Message.Contains(words).And.Message.Contains(file));
        }
    }

    [Test]
    public void Too_few_successful_demonstrations_are_counted()
    {
        string file = Write(LogHeader.Of(Peg.Description), 1);
        RunFolder folder = RunFolder.Create(In("run"), TinyRun.Options(LearningAlgorithm.Bc));
        Assert.That(
            () => DemonstrationSource.Fill(folder, Peg, file),
            Throws.TypeOf<ScenarioException>()
                .With.Message.Contains("Expected: 2").And.Message.Contains("Found: 1"));
    }

    [Test]
    public void Demonstrations_that_were_all_discarded_leave_an_empty_replay_that_is_named()
    {
        RunFolder folder = RunFolder.Create(In("run"), TinyRun.Options(LearningAlgorithm.Bc));
        DemonstrationSource.Fill(folder, Peg, null);
        for (int i = 0; i < 2; i++)
        {
            EpisodeLog.Relabel(
                folder.Demonstrations,
                new VerdictAmendment(
                    Guid.NewGuid(),
                    i,
                    EpisodeVerdict.Discarded,
                    VerdictSource.Correction,
                    "test",
                    "bad",
                    DateTimeOffset.UnixEpoch));
        }

        using var trainer = new Trainer(folder, Peg, null, new TinyRun.Progress());
        Assert.That(
            () => trainer.Run(CancellationToken.None),
            Throws.TypeOf<RecordingException>().With.Message.Contains("The replay is empty"));
    }

    [Test]
    public void A_loss_that_is_no_number_ends_the_run_by_name_and_it_can_be_resumed()
    {
        string path = In("run");
        (int code, string error) = LearnProcess.Run(
            [.. Arguments(path), "--set", "learningRate=1e30"]);
        Assert.That(code, Is.EqualTo(30), error);
        Assert.That(error, Does.Contain("is not a finite number").Or.Contain("have diverged"));
        Assert.That(error, Does.Contain(path));

        (code, error) = LearnProcess.Run("resume", path);
        Assert.That(code, Is.EqualTo(30), error);
        Assert.That(error, Does.Contain("Goes on after"));
    }

    [Test]
    public void Values_far_from_every_return_end_the_run_by_name()
    {
        TrainingOptions options = TinyRun.Options(LearningAlgorithm.Ibrl);
        options = options with
        {
            Agent = options.Agent with { LearningRate = 0.5, DivergenceLimit = 1.5 },
        };
        Assert.That(
            () => TinyRun.Run(
                In("run"), options, new TinyRun.Progress(), CancellationToken.None),
            Throws.TypeOf<LearningException>().With.Message.Contains("have diverged"));
    }

    [Test]
    [Platform("Linux")]
    public void A_full_disk_is_named_and_the_run_goes_on_once_there_is_room()
    {
        string disk = Directory.CreateDirectory(In("disk")).FullName;
        (int code, string error) = LearnProcess.RunOther(
            "mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", disk);
        if (code != 0)
        {
            Requirement.Unmet("mount", error);
        }

        try
        {
            string path = Path.Combine(disk, "run");
            (code, error) = LearnProcess.Run(Arguments(path));
            Assert.That(code, Is.EqualTo(50), error);
            Assert.That(error, Does.Contain("space").And.Contain(path));

            LearnProcess.RunOther("mount", "-o", "remount,size=10m", disk);
            (code, error) = LearnProcess.Run("resume", path);
            Assert.That(code, Is.Zero, error);
            string whole = In("whole");
            Assert.That(LearnProcess.Run(Arguments(whole)).Code, Is.Zero);
            Assert.That(TinyRun.Read(path), Is.EqualTo(TinyRun.Read(whole)));
        }
        finally
        {
            LearnProcess.RunOther("umount", disk);
        }
    }

    [Test]
    public void A_folder_without_a_run_and_a_task_that_is_not_there_are_command_line_errors()
    {
        Assert.That(LearnProcess.Run("resume", _folder).Code, Is.EqualTo(64));
        (int code, string error) = LearnProcess.Run("ibrl", "--task", "Juggling");
        Assert.That(code, Is.EqualTo(64));
        Assert.That(error, Does.Contain("PegInsert3").And.Contain("Juggling"));
    }

    private static string[] Arguments(string path) =>
    [
        "ibrl", "--task", "PegInsert3", "--seed", "2", "--steps", "500", "--demos", "2",
        "--out", path, "--set", "imitationUpdates=20", "--set", "hiddenCount=16",
        "--set", "imitationHiddenCount=16", "--set", "batchSize=16", "--set", "warmUpEpisodes=2",
        "--set", "evaluationStarts=4", "--set", "finalStarts=4",
    ];

    private string In(string name) => Path.Combine(_folder, name);

    private string Write(EpisodeLogHeader header, int count)
    {
        string file = In(Path.GetRandomFileName() + ".episodes");
        using EpisodeLog log = EpisodeLog.Open(file, header);
        foreach (Episode episode in count == 0
            ? []
            : DemonstrationRecorder.Record(Peg, 99, count))
        {
            log.Append(episode);
        }

        return file;
    }
}
