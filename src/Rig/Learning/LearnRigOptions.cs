using HilRig.Core.Errors;
using HilRig.Harness.Policies;
using HilRig.Tasks;

namespace HilRig.Rig.Learning;

/// <summary>What `hilrig learn ALGORITHM --rig RIG` does; kept in the run's folder.</summary>
public sealed record LearnRigOptions
{
    /// <summary>Name of the simulated operator.</summary>
    public const string SimulatedOperator = "simulated";

    /// <summary>bc, td3, ibrl, rlpd or rft.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Absolute path of the rig file.</summary>
    public required string RigPath { get; init; }

    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Seed of starts, scripts, exploration, learner and simulated operator.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Successful demonstrations before anything is learnt.</summary>
    public int Demonstrations { get; init; } = 10;

    /// <summary>Episodes that the learner may see after them, warm-up included.</summary>
    public int Episodes { get; init; } = 150;

    /// <summary>Of these the first, in which the imitation acts.</summary>
    public int WarmUpEpisodes { get; init; } = 20;

    /// <summary>
    /// Starts on which imitation and final policy are measured at the end, each once on every one.
    /// </summary>
    public int EvaluationStarts { get; init; } = 50;

    /// <summary>Standard deviation of the noise on the actor's action while learning.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>β of the soft choice between proposals while learning.</summary>
    public double Softness { get; init; } = 10;

    /// <summary>Rate of the control loop, Hz; a multiple of the task's.</summary>
    public double LoopHertz { get; init; } = 100;

    /// <summary>Part of the joints' velocity limits that resets use, (0, 1].</summary>
    public double ResetSpeed { get; init; } = 0.5;

    /// <summary>Time between a verified scene and the first step, s.</summary>
    public double ReadySeconds { get; init; } = 0.1;

    /// <summary>"simulated", or the name of the person at the terminal.</summary>
    public string Operator { get; init; } = SimulatedOperator;

    /// <summary>Seconds that the simulated operator takes in the median.</summary>
    public double OperatorSeconds { get; init; } = 0.2;

    /// <summary>
    /// Stops of the rig that the operator may clear in one go; after that many more, or one that
    /// does not pass by itself, the run ends and can be resumed.
    /// </summary>
    public int RearmMax { get; init; } = 10;

    /// <summary>Whether the actor is kept near the imitation; see <see cref="Safety"/>.</summary>
    public bool IsSafetyOn { get; init; } = true;

    /// <summary>Changes to the task's <see cref="SafetyDefaults"/>, name=value.</summary>
    public IReadOnlyList<string> Safety { get; init; } = [];

    /// <summary>Options of the learner, name=value.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>
    /// Episodes (of those the learner sees) after which the learner's process is killed, as a
    /// fault.
    /// </summary>
    public IReadOnlyList<int> KillLearnerAfter { get; init; } = [];

    /// <summary>What keeps an actor near the imitation on this run's rig.</summary>
    /// <param name="task">The run's task.</param>
    /// <exception cref="ScenarioException">A change is no rule.</exception>
    internal SelectionSafety SafetyOf(TaskDescription task) => IsSafetyOn
        ? SafetyDefaults.Changed(SafetyDefaults.Of(task), Safety)
        : SelectionSafety.None;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ScenarioException">Some are out of range; all are named.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Check(Demonstrations >= 1, "demonstrations at least 1");
        Check(Episodes >= 0, "episodes at least 0");
        Check(WarmUpEpisodes >= 0 && WarmUpEpisodes <= Episodes, "warm-up 0 to the episodes");
        Check(EvaluationStarts >= 0, "evaluation starts at least 0");
        Check(Noise >= 0 && Softness > 0, "noise at least 0, softness above 0");
        Check(LoopHertz is >= 1 and <= 1000, "loop rate 1 to 1000 Hz");
        Check(ResetSpeed is > 0 and <= 1, "speed of resets above 0 to 1");
        Check(ReadySeconds is >= 0 and <= 60, "seconds before an episode 0 to 60");
        Check(OperatorSeconds is >= 0 and <= 3600, "operator's seconds 0 to 3600");
        Check(RearmMax is >= 0 and <= 1000, "stops that may be cleared 0 to 1000");
        Check(IsSafetyOn || Safety.Count == 0, "rules of safety only where it is on");
        Check(
            Safety.Count == 0 || Algorithm is not ("rlpd" or "td3"),
            "no rules of safety where there is no imitation to fall back on");
        Check(Operator.Length > 0, "an operator's name");
        Check(
            KillLearnerAfter.All(episode => episode >= 0 && episode < Episodes),
            "kills of the learner after one of the episodes");
        if (faults.Count > 0)
        {
            throw new ScenarioException(
                "The options of learning on a rig are out of range",
                expected: string.Join("; ", faults));
        }

        void Check(bool holds, string rule)
        {
            if (!holds)
            {
                faults.Add(rule);
            }
        }
    }
}
